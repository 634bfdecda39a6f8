import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import redisSharded from '../../../strategies/redis-sharded.js';
import type { Message } from '../../routing/messages.js';
import { slotOf } from '../../routing/slots.js';
import type { Address, BrokerId, Routing, Topic } from '../../routing/types.js';
import { transportKind } from '../index.js';
import { visit } from '../redis/visit.js';
import { describeWith, findServer } from '../testing/servers.js';
import { PublishError, type Transport, type TransportKind } from '../types.js';
import { prefix, Stage } from './testing/stage.js';

const ids = ['r1', 'r2', 'r3'] as const;
const classic = transportKind('redis-cluster');
const sharded = transportKind('redis-sharded');

/** The same message for everybody, or one channel for a topic, which only one primary takes. */
const all = (broker: BrokerId): Address => ({ broker, channel: 'all' });
const topology = { version: 1, nodes: ['n1'], brokers: redisSharded.brokers({ ...size(), brokers: 3 }) };
const routing: Routing = redisSharded.route(topology);
const owned = (topic: Topic): Address => {
  const [address] = routing.subscribe(topic, 'n1');
  if (address === undefined) throw new Error(`no address of ${topic}`);
  return address;
};

describeWith(findServer('redis-server'), 'redis-cluster', () => {
  const stage = stageOf(classic);

  it('hands every message, published on any instance, to every listener on any instance exactly once, in the order of its instance', async () => {
    const ears = await Promise.all(ids.map(async (id) => listening(await stage().node(`on-${id}`), all(id))));
    const [node] = await stage().node('n1');
    for (const from of ids) await Promise.all(range(200).map((number) => node.publish(all(from), chat(from, number))));
    await Promise.all(ears.map(([transport]) => transport.settle()));
    for (const [index, [, ear]] of ears.entries()) {
      for (const from of ids) {
        expect(ear.ids.filter((name) => name.startsWith(from))).toEqual(range(200).map((number) => `${from}-${number}`));
      }
      expect(ear.ids.length).toBe(600);
      expect(new Set(ear.heard.map(({ address }) => address.broker))).toEqual(new Set([ids[index]]));
    }
  });

  it('counts in its own words what was published on each instance, and a copy for each other instance', async () => {
    const [node] = await stage().node('n1');
    const before = await countersOf(classic, stage());
    for (const [index, id] of ids.entries()) {
      await Promise.all(range(100 * (index + 1)).map((number) => node.publish(all(id), chat(id, number))));
    }
    await node.settle();
    const after = await countersOf(classic, stage());
    const between = (figure: 'in' | 'relayed') => ids.map((_, index) => (after[index]?.[figure] ?? 0) - (before[index]?.[figure] ?? 0));
    expect(between('in')).toEqual([100, 200, 300]);
    expect(between('relayed')).toEqual([200, 400, 600]);
    expect(after.map(({ out }) => out)).toEqual([null, null, null]);
    const received = (counters: typeof after) => counters.map(({ raw }) => Number(raw.cluster_publish_received));
    expect(received(after).map((count, index) => count - (received(before)[index] ?? 0))).toEqual([500, 400, 300]);
  });

  it('answers a publish with nothing: only one instance would count its listeners', async () => {
    const [node] = await stage().node('n1');
    await node.subscribe(all('r2'));
    expect(await node.publish(all('r1'), chat('n1', 1))).toBeNull();
    expect(await stage().ask('r1', 'PUBLISH', `${prefix}all`, 'as a stranger')).toBe(0);
    expect(await stage().ask('r2', 'PUBLISH', `${prefix}all`, 'as a stranger')).toBe(1);
  });

  it('is settled only when nothing is under way from one instance to another', async () => {
    const [from] = await stage().node('n1');
    const [to, ear] = await stage().node('n2');
    await to.subscribe(all('r3'));
    stage().signal('r3', 'SIGSTOP');
    // More than the system keeps for a connection: when r3 goes on, it answers a PING long before it has read all of it.
    const body = Buffer.alloc(1_000);
    await Promise.all(range(20_000).map((number) => from.publish(all('r1'), { ...chat('n1', number), body })));
    const settled = to.settle().then(() => ear.heard.length);
    stage().signal('r3', 'SIGCONT');
    expect(await settled).toBe(20_000);
  });

  it('reports what strangers publish on any instance as junk', async () => {
    const [node, ear] = await stage().node('n1');
    await node.subscribe(all('r2'));
    for (const id of ids) for (const bytes of ['', '\xff'.repeat(70_000)]) await stage().ask(id, 'PUBLISH', `${prefix}all`, bytes);
    await node.settle();
    expect(ear.junkFrom).toEqual(range(6).map(() => 'r2'));
    expect(ear.ids).toEqual([]);
  });

  it('is heard from all others by a listener that subscribed again at an instance that was killed', async () => {
    const [from, fromEar] = await stage().node('n1');
    const [to, ear] = await stage().node('n2');
    await Promise.all([to.subscribe(all('r1')), to.subscribe(all('r2'))]);
    const restart = await stage().kill('r2');
    await Promise.all([ear, fromEar].map((each) => each.until('lost r2')));
    expect(ear.changes).not.toContain('lost r1');
    await expect(from.publish(all('r2'), chat('n1', 1))).rejects.toMatchObject({
      outcome: 'rejected',
      message: expect.stringContaining('[r2]'),
    });
    await expect(to.subscribe({ broker: 'r2', channel: 'other' })).rejects.toThrow('[r2]');
    await to.subscribe({ broker: 'r1', channel: 'other' });
    await restart();
    await ear.until('reconnected r2');
    await to.subscribe(all('r2'));
    for (const id of ['r1', 'r3']) await from.publish(all(id), chat(id, 2));
    await Promise.all(['r1', 'r2'].map((id) => untilHeard(ear, id, 2)));
    expect(ear.heard.map(({ address, message }) => `${message.id} at ${address.broker}`).sort()).toEqual([
      'r1-2 at r1',
      'r1-2 at r2',
      'r3-2 at r1',
      'r3-2 at r2',
    ]);
    await expect(to.settle()).rejects.toThrow(/\[r2\] was lost for a while/);
  });

  it('confirms no subscription at an instance that came back before the others have found it again', async () => {
    const [from, fromEar] = await stage().node('n1');
    const [to, ear] = await stage().node('n2');
    const forgotten = String(await stage().ask('r2', 'CLUSTER', 'MYID'));
    const restart = await stage().kill('r2');
    for (const id of ['r1', 'r3']) await stage().ask(id, 'CLUSTER', 'FORGET', forgotten);
    await restart();
    await Promise.all([ear, fromEar].map((each) => each.until('reconnected r2')));
    let confirmed = false;
    const subscribed = to.subscribe(all('r2')).then(() => {
      confirmed = true;
    });
    await expect.poll(() => stage().ask('r2', 'PUBSUB', 'NUMSUB', `${prefix}all`)).toEqual([`${prefix}all`, 1]);
    await from.publish(all('r1'), chat('r1', 1));
    expect(confirmed).toBe(false);
    for (const id of ['r1', 'r3']) await stage().introduce(id, 'r2');
    await subscribed;
    for (const id of ['r1', 'r3']) await from.publish(all(id), chat(id, 2));
    await untilHeard(ear, 'r2', 2);
    expect([...ear.ids].sort()).toEqual(['r1-2', 'r3-2']);
  });

  common(classic, stage, () => all('r1'));
});

describeWith(findServer('redis-server'), 'redis-sharded', () => {
  const stage = stageOf(sharded);
  const topics = range(60).map((number): Topic => `u:user-${number}`);

  it('puts every channel where the cluster says that its slot is, whatever the run is called', async () => {
    const owners = await ownersOf(stage());
    await visit('r1', stage().url('r1'), async (redis) => {
      const agrees = async (topic: string, run: string) => {
        const { broker, channel } = owned(topic as Topic);
        const slot = Number(await redis.call('CLUSTER', 'KEYSLOT', `bench:${run}:${channel}`));
        expect(slot).toBe(slotOf(topic));
        expect(broker).toBe(owners(slot));
      };
      const topic = fc.stringMatching(/^[ursn]:[A-Za-z0-9_-]{1,64}$/);
      await fc.assert(fc.asyncProperty(topic, fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/), agrees), { numRuns: 500 });
    });
  });

  it('hands a message to the listeners of its channel exactly once, and answers with their number', async () => {
    const listeners = await Promise.all(range(3).map((index) => stage().node(`l${index}`)));
    const wanted = topics.map((topic, index) => listeners.slice(0, index % 4).map(([transport]) => [transport, owned(topic)] as const));
    await Promise.all(wanted.flat().map(([transport, address]) => transport.subscribe(address)));
    const [node] = await stage().node('n1');
    const receipts = await Promise.all(topics.map((topic, index) => node.publish(owned(topic), chat('n1', index, topic))));
    expect(receipts).toEqual(topics.map((_, index) => index % 4));
    expect(new Set(topics.map((topic) => owned(topic).broker)).size).toBe(3);
    await Promise.all(listeners.map(([transport]) => transport.settle()));
    for (const [index, [, ear]] of listeners.entries()) {
      const due = range(topics.length).filter((number) => number % 4 > index);
      expect([...ear.ids].sort()).toEqual(due.map((number) => `n1-${number}`).sort());
    }
  });

  it('counts in its own words what was published on each instance, and relays nothing', async () => {
    const [node] = await stage().node('n1');
    const before = await countersOf(sharded, stage());
    await Promise.all(topics.map((topic, index) => node.publish(owned(topic), chat('n1', index, topic))));
    const after = await countersOf(sharded, stage());
    const published = ids.map((id) => topics.filter((topic) => owned(topic).broker === id).length);
    expect(after.map((counters, index) => (counters.in ?? 0) - (before[index]?.in ?? 0))).toEqual(published);
    expect(after.map(({ relayed }) => relayed)).toEqual([0, 0, 0]);
  });

  it('keeps the order of the messages of one publisher, and loses none before it is settled', async () => {
    const [from] = await stage().node('n1');
    const [to, ear] = await stage().node('n2');
    await Promise.all(topics.map((topic) => to.subscribe(owned(topic))));
    await Promise.all(range(6_000).map((number) => from.publish(owned(pick(topics, number)), chat('n1', number))));
    await from.settle();
    await to.settle();
    for (const [index, topic] of topics.entries()) {
      const there = ear.heard.filter(({ address }) => address.channel === owned(topic).channel).map(({ message }) => message.id);
      expect(there).toEqual(range(100).map((number) => `n1-${60 * number + index}`));
    }
  });

  it('refuses a channel at a primary that does not own its slot, and counts no publish', async () => {
    const [node] = await stage().node('n1');
    const { broker, channel } = owned('u:ann');
    const wrong = { broker: ids.find((id) => id !== broker) ?? '', channel };
    const before = await countersOf(sharded, stage());
    await expect(node.publish(wrong, chat('n1', 1))).rejects.toMatchObject({
      outcome: 'rejected',
      message: expect.stringMatching(/refused SPUBLISH: MOVED \d+ .*belongs to another primary/),
    });
    await expect(node.subscribe(wrong)).rejects.toThrow(/refused SSUBSCRIBE: MOVED/);
    expect((await countersOf(sharded, stage())).map((counters) => counters.in)).toEqual(before.map((counters) => counters.in));
  });

  it('is not heard after the channel was left', async () => {
    const [from] = await stage().node('n1');
    const [to, ear] = await stage().node('n2');
    await to.subscribe(owned('u:ann'));
    await to.unsubscribe(owned('u:ann'));
    expect(await from.publish(owned('u:ann'), chat('n1', 1))).toBe(0);
    await to.settle();
    expect(ear.ids).toEqual([]);
  });

  it('loses a killed primary and its channels alone, and takes it back', async () => {
    const [from, fromEar] = await stage().node('n1');
    const [to, ear] = await stage().node('n2');
    const [there, elsewhere] = [pickOwned(topics, 'r2'), pickOwned(topics, 'r3')];
    await Promise.all([to.subscribe(there), to.subscribe(elsewhere)]);
    const restart = await stage().kill('r2');
    await Promise.all([ear, fromEar].map((each) => each.until('lost r2')));
    await expect(from.publish(there, chat('n1', 1))).rejects.toMatchObject({ outcome: 'rejected' });
    expect(await from.publish(elsewhere, chat('n1', 2))).toBe(1);
    await restart();
    await Promise.all([ear, fromEar].map((each) => each.until('reconnected r2')));
    await to.subscribe(there);
    expect(await from.publish(there, chat('n1', 3))).toBe(1);
    await to.settle();
    expect(ear.ids).toEqual(['n1-2', 'n1-3']);
    expect(ear.changes.join(', ')).toMatch(/^(lost r2, )+reconnected r2$/);
  });

  common(sharded, stage, () => owned('u:ann'));
});

/** What holds for both. */
function common(kind: TransportKind, stage: () => Stage, somewhere: () => Address): void {
  it('rejects what is beyond the bound, by messages and by bytes, and takes more afterwards', async () => {
    const [few] = await stage().node('n1', { queuedMessages: 10 });
    expect(await outcomes(few, somewhere(), 25)).toEqual({ taken: 10, rejected: 15, unknown: 0 });
    expect(await outcomes(few, somewhere(), 10)).toEqual({ taken: 10, rejected: 0, unknown: 0 });
    const [small] = await stage().node('n2', { queuedBytes: 1_000 });
    expect(await outcomes(small, somewhere(), 100)).toMatchObject({ rejected: expect.toSatisfy((count: number) => count > 0), unknown: 0 });
  });

  it('leaves no connection when it is closed', async () => {
    const before = openSockets();
    const transport = await kind.open((await stage().node('n1'))[1], stage().places, {
      prefix,
      frameKey: 1,
      queuedMessages: 1,
      queuedBytes: 1,
    });
    expect(openSockets()).toBeGreaterThan(before);
    await transport.close();
    await stage().closeNodes();
    expect(openSockets()).toBe(before);
  });
}

function stageOf(kind: TransportKind): () => Stage {
  let stage: Stage | undefined;
  const present = () => {
    if (stage === undefined) throw new Error('the cluster is not started');
    return stage;
  };
  beforeAll(async () => {
    stage = await Stage.open(kind, ids.length);
  }, 60_000);
  afterEach(() => present().closeNodes());
  afterAll(() => present().close());
  return present;
}

async function listening<N extends readonly [Transport, ...unknown[]]>(node: N, address: Address): Promise<N> {
  await node[0].subscribe(address);
  return node;
}

function countersOf(kind: TransportKind, { places }: Stage) {
  return Promise.all(places.map((place) => kind.counters(place)));
}

/** Which broker has a slot, by the cluster's own table. */
async function ownersOf(stage: Stage): Promise<(slot: number) => BrokerId | undefined> {
  const table = await stage.ask('r1', 'CLUSTER', 'SLOTS');
  if (!Array.isArray(table)) throw new Error('CLUSTER SLOTS did not answer with a list');
  const byPort = new Map(stage.places.map(({ id, url }) => [Number(new URL(url).port), id]));
  return (slot) => {
    const row = table.find(([first, last]) => first <= slot && slot <= last);
    return byPort.get(Number(row?.[2]?.[1]));
  };
}

/** Resolves when so many were heard through a broker. */
async function untilHeard(
  ear: { readonly heard: readonly { readonly address: Address }[] },
  broker: BrokerId,
  count: number,
): Promise<void> {
  await expect.poll(() => ear.heard.filter(({ address }) => address.broker === broker).length, { timeout: 5_000 }).toBe(count);
}

async function outcomes(node: Transport, address: Address, count: number) {
  const counts = { taken: 0, rejected: 0, unknown: 0 };
  for (const result of await Promise.allSettled(range(count).map((number) => node.publish(address, chat('n1', number))))) {
    if (result.status === 'fulfilled') counts.taken++;
    else if (result.reason instanceof PublishError) counts[result.reason.outcome]++;
    else throw result.reason;
  }
  return counts;
}

function chat(from: string, number: number, topic: Topic = 'u:ann'): Message<Buffer> {
  return { kind: 'chat', id: `${from}-${number}`, view: 1, topics: [topic], body: Buffer.from(`message ${number}`) };
}

function size() {
  return { nodes: 1, brokers: 1, users: 1, ratePerSecond: 1, seconds: 1, bytes: 1 };
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

function pick<T>(items: readonly T[], number: number): T {
  const item = items[number % items.length];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

function pickOwned(topics: readonly Topic[], broker: BrokerId): Address {
  const found = topics.map(owned).find((address) => address.broker === broker);
  if (found === undefined) throw new Error(`no topic of ${broker}`);
  return found;
}

function openSockets(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource.startsWith('TCP')).length;
}
