import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Status, StatusChange } from '../../chat/protocol.js';
import type { Client } from '../../chat/testing/client.js';
import { type RoomForm, roomForms } from '../../plan/types.js';
import type { Strategy } from '../../routing/types.js';
import { transportKind } from '../../transports/index.js';
import type { TransportKind } from '../../transports/types.js';
import { leaving } from './leaving.js';
import { describeStrategy, pathDependsOnDraw } from './strategies.js';
import { Town } from './town.js';

const numbers = Array.from({ length: 20 }, (_, number) => number);
const all = numbers.map((number) => `text ${number}`);

/** How long a change may take to be told on a machine that has much else to do: only that of a killed node has a limit of its own. */
const soon = { timeout: 20_000 };

/** Of the strategy whose turn it is. */
let town: Town;
/** Of its brokers. */
let kinds: readonly TransportKind[];

/** The nodes there are, from any number on. */
function node(index: number): string {
  const { nodes } = town.membership.topology;
  return nodes[index % nodes.length] ?? '';
}

/** What all brokers of the strategy promise. */
function facts(fact: 'orderKept' | 'subscribeConfirmed'): boolean {
  return kinds.every((kind) => kind.facts[fact]);
}

/** Sent without waiting in between, as a busy client does; every one must be taken. */
async function sendAll(from: Client, to: string): Promise<void> {
  const answers = await Promise.all(all.map((text) => from.ask('message', { to, text })));
  expect(answers.filter(({ ok }) => !ok)).toEqual([]);
}

function sorted(texts: readonly string[]): string[] {
  return [...texts].sort();
}

/** The last status that a client was told of each user, from the answer to `watch` on; `changes` of the client has every one. */
async function watch(client: Client, users: readonly string[]): Promise<ReadonlyMap<string, Status>> {
  const known = new Map<string, Status>();
  client.socket.on('status', ({ user, status }: StatusChange) => known.set(user, status));
  const answer = await client.ask('watch', { users });
  if (!answer.ok) throw new Error(answer.reason);
  for (const { user, status } of answer.statuses) if (!known.has(user)) known.set(user, status);
  return known;
}

function messages(strategy: Strategy): void {
  it('a direct message reaches each socket of its recipient once, on whatever node, and nobody else', async () => {
    const [ann, bob, again, cid] = [
      await town.client('ann', node(0)),
      await town.client('bob', node(1)),
      await town.client('bob', node(2), '1'),
      await town.client('cid', node(1)),
    ];
    await sendAll(ann, 'bob');
    expect(sorted(await town.texts(bob))).toEqual(sorted(all));
    expect(sorted(await town.texts(again))).toEqual(sorted(all));
    expect(await town.texts(cid)).toEqual([]);
    expect(await town.texts(ann)).toEqual([]);
  });

  it('messages of one sender keep their order where that is promised', async () => {
    const [dan, eve] = [await town.client('dan', node(0)), await town.client('eve', node(1))];
    await sendAll(dan, 'eve');
    const texts = await town.texts(eve);
    const promised = facts('orderKept') && !pathDependsOnDraw(strategy, town.plan.topology, town.plan.strategy.options);
    expect(promised ? texts : sorted(texts)).toEqual(promised ? all : sorted(all));
  });

  it('a message sent as soon as a connect is acknowledged is not lost where that is promised', async () => {
    const sender = await town.client('fay', node(0));
    const texts: string[] = [];
    for (const number of numbers) {
      const fresh = await town.client(`fresh-${number}`, node(number));
      expect(await sender.ask('message', { to: `fresh-${number}`, text: `hello ${number}` })).toMatchObject({ ok: true });
      texts.push(...(await town.texts(fresh)));
      fresh.close();
    }
    if (facts('subscribeConfirmed')) expect(texts).toEqual(numbers.map((number) => `hello ${number}`));
    else expect(new Set(texts).size).toBe(texts.length);
  });
}

function rooms(form: RoomForm): void {
  it(`a post reaches each member once and nobody else (${form})`, async () => {
    const people = await Promise.all(
      ['gil', 'hal', 'ivy', 'joe', 'outsider'].map(async (name, index) => town.client(`${name}-${form}`, node(index))),
    );
    const [gil, , , , outsider] = people;
    const members = ['gil', 'hal', 'ivy', 'joe'].map((name) => `${name}-${form}`);
    const again = await town.client(`hal-${form}`, node(0), '1');
    const room = `den-${form}`;
    expect(await gil?.ask('room:create', { room, members })).toMatchObject({ ok: true });
    await town.settle();
    const posted = await Promise.all(all.map((text) => gil?.ask('post', { room, text })));
    expect(posted.filter((answer) => answer?.ok !== true)).toEqual([]);
    for (const member of [...people.slice(0, 4), again]) expect(sorted(await town.texts(member))).toEqual(sorted(all));
    expect(outsider === undefined ? [] : await town.texts(outsider)).toEqual([]);
  });

  it(`a post sent as soon as somebody was taken out does not reach them (${form})`, async () => {
    const [kim, lee] = [await town.client(`kim-${form}`, node(0)), await town.client(`lee-${form}`, node(1))];
    const room = `lair-${form}`;
    await kim.ask('room:create', { room, members: [`lee-${form}`] });
    await town.settle();
    expect(await kim.ask('post', { room, text: 'both' })).toMatchObject({ ok: true });
    // What is still under way when somebody is taken out may miss them: a cluster's instances copy a message after it was acknowledged.
    await town.settle();
    expect(await kim.ask('room:remove', { room, user: `lee-${form}` })).toMatchObject({ ok: true });
    expect(await kim.ask('post', { room, text: 'kim alone' })).toMatchObject({ ok: true });
    expect(await town.texts(lee)).toEqual(['both']);
    expect(await town.texts(kim)).toEqual(['both', 'kim alone']);
  });
}

function presence(): void {
  it('says who is online, of everybody on every node, and never by silence', async () => {
    const max = await town.client('max', node(0));
    const ned = await town.client('ned', node(1));
    await town.settle();
    const ask = async (user: string) => max.ask('presence', { user });
    expect(await ask('ned')).toMatchObject({ status: 'online' });
    expect(await ask('max')).toMatchObject({ status: 'online' });
    expect(await ask('nobody')).toMatchObject({ status: 'offline' });
    ned.close();
    await vi.waitFor(async () => expect(await ask('ned')).toMatchObject({ status: 'offline' }), soon);
  });

  it('tells who watches of every change, also when the user has several sockets or moves to another node', async () => {
    const ona = await town.client('ona', node(0));
    const known = await watch(ona, ['pam']);
    expect(known.get('pam')).toBe('offline');
    const becomes = (status: Status) => vi.waitFor(() => expect(known.get('pam')).toBe(status), soon);
    const first = await town.client('pam', node(1));
    await becomes('online');
    const second = await town.client('pam', node(2), '1');
    first.close();
    await town.settle();
    expect(known.get('pam')).toBe('online');
    second.close();
    await becomes('offline');
    await town.client('pam', node(0));
    await becomes('online');
  });

  it('costs messages that nodes and brokers count alike, every one', async () => {
    const before = await town.counted();
    const rea = await town.client('rea', node(0));
    const known = await watch(rea, ['sid', 'tia']);
    const sid = await town.client('sid', node(1));
    expect(await rea.ask('presence', { user: 'sid' })).toMatchObject({ status: 'online' });
    await vi.waitFor(() => expect(known.get('sid')).toBe('online'), soon);
    sid.close();
    await vi.waitFor(() => expect(known.get('sid')).toBe('offline'), soon);
    const { equations, published } = await town.accountsSince(before, 'presence');
    const mute = new Set(town.plan.topology.brokers.filter((_, index) => kinds[index]?.silent?.out !== undefined).map(({ id }) => id));
    expect(equations.filter(({ place, holds }) => holds === false || (holds === null && !mute.has(place)))).toEqual([]);
    expect(published > 0).toBe(town.plan.topology.nodes.length > 1);
  });
}

function changes(): void {
  it('a node is added while messages are under way: none is lost or doubled, and the new node has its part', async () => {
    const [quin, ray] = [await town.client('quin', node(0)), await town.client('ray', node(1))];
    let sent = 0;
    const stopped = new AbortController();
    const sending = (async () => {
      while (!stopped.signal.aborted) expect(await quin.ask('message', { to: 'ray', text: `text ${sent++}` })).toMatchObject({ ok: true });
    })();
    await town.membership.join('n9');
    stopped.abort();
    await sending;
    expect(sorted(await town.texts(ray))).toEqual(sorted(Array.from({ length: sent }, (_, number) => `text ${number}`)));
    const sue = await town.client('sue', 'n9');
    await sendAll(quin, 'sue');
    await sendAll(sue, 'ray');
    expect(sorted(await town.texts(sue))).toEqual(sorted(all));
    expect((await town.texts(ray)).length).toBe(sent + all.length);
  });
}

/** The first node is the one that a replicated directory is copied from, and a place of its own; the last one may have joined late. */
type Doomed = 'first' | 'last';

function killed(which: Doomed): void {
  it(`the ${which} node is killed: each of its users is offline for every watcher within lease + 1 s, and nobody else ever is`, async () => {
    const { nodes } = town.membership.topology;
    const [doomed = '', ...others] = which === 'first' ? nodes : nodes.toReversed();
    const users = new Map<string, Client>();
    for (const user of ['tom', 'uma']) users.set(user, await town.client(user, doomed));
    for (const [index, user] of ['val', 'wes', 'xia'].entries())
      users.set(user, await town.client(user, others[index % others.length] ?? ''));
    const watchers = await Promise.all(others.map(async (id) => watcherOf(await town.client(`watcher-${id}`, id), [...users.keys()])));
    for (const { known } of watchers) expect(new Set(known.values())).toEqual(new Set(['online']));
    town.kill(doomed);
    await heardFrom(users);
    expect(connected(users)).toContain(false);
    if (town.placesClients) expect(connected(users)).toEqual([false, false, true, true, true]);
    const truth = Object.fromEntries([...users].map(([user, { socket }]) => [user, socket.connected ? 'online' : 'offline']));
    const within = { timeout: town.plan.timing.leaseMs + 1_000, interval: 20 };
    const living = watchers.filter(({ client }) => client.socket.connected);
    expect(living.length).toBeGreaterThan(0);
    await vi.waitFor(() => {
      for (const { known } of living) expect(Object.fromEntries(known)).toEqual(truth);
    }, within);
    expect(town.failures).toEqual([]);
    const [val, wes] = [...users].filter(([, { socket }]) => socket.connected);
    if (val === undefined || wes === undefined) throw new Error('fewer than two were kept');
    await sendAll(val[1], wes[0]);
    expect(sorted(await town.texts(wes[1]))).toEqual(sorted(all));
    const gone = [...users].flatMap(([user, { socket }]) => (socket.connected ? [] : [`${user} offline`]));
    for (const { known, client } of living) {
      await town.texts(client);
      expect(Object.fromEntries(known)).toEqual(truth);
      expect(sorted(client.changes.filter((change) => change.endsWith(' offline')))).toEqual(sorted(gone));
    }
  });
}

interface Watcher {
  readonly client: Client;
  readonly known: ReadonlyMap<string, Status>;
}

async function watcherOf(client: Client, users: readonly string[]): Promise<Watcher> {
  return { client, known: await watch(client, users) };
}

/** Resolves when everyone was answered by a living node, or knows that the connection is gone. */
async function heardFrom(users: ReadonlyMap<string, Client>): Promise<void> {
  await Promise.allSettled([...users.values()].map((client) => client.ask('sync', {})));
}

/** Of each user, in their order, whether the socket is still there. */
function connected(users: ReadonlyMap<string, Client>): boolean[] {
  return [...users.values()].map(({ socket }) => socket.connected);
}

/**
 * What every strategy must do on its real servers and nodes, each a process. `facts` say what a transport does not promise.
 * `file`: where the nodes find one from outside of `strategies/`.
 */
export async function strategySuite(strategy: Strategy, file: string | null = null): Promise<void> {
  await describeStrategy(strategy, () => {
    const forms = strategy.rooms ?? roomForms;
    describe.each(forms)('rooms by %s', (form) => {
      beforeAll(async () => {
        town = await Town.open({ strategy, file }, 3, form);
        kinds = await Promise.all(town.plan.topology.brokers.map(({ kind }) => transportKind(kind)));
      });
      afterAll(() => town?.close());
      rooms(form);
      const changeable = strategy.fixedNodes === undefined;
      if (form !== forms[0]) {
        if (changeable) killed('last');
        return;
      }
      messages(strategy);
      presence();
      leaving(() => town);
      if (changeable) changes();
      if (changeable) killed('first');
    });
  });
}
