import { afterEach, describe, expect, it } from 'vitest';
import { counters } from '../hub/counters.js';
import { serverLimits } from '../hub/settings.js';
import { Unanswered } from '../hub/wire.js';
import { Ear } from '../testing/ear.js';
import { intrudeHub, letIn } from '../testing/intruder.js';
import { Keeper } from '../testing/keeper.js';
import { TestLaunch } from '../testing/launch.js';
import { openSockets, range } from '../testing/messages.js';
import { noise } from '../testing/noise.js';
import { RawConnection } from '../testing/rawConnection.js';
import { Relay } from '../testing/relay.js';
import { address, chat, outcomes, settings } from '../testing/stage.js';
import type { BrokerPlace, TransportSettings } from '../types.js';
import { node as kind } from './index.js';
import { type MeshTransport, openNode } from './transport.js';

const at = (node: string) => address(`n:${node}`, node);
const entry = { topic: 'u:ann', address: at('n1') } as const;

let nodes: MeshTransport[] = [];
afterEach(async () => {
  await Promise.all(nodes.map((node) => node.close()));
  nodes = [];
});

async function open(ear: Ear, changed: Partial<TransportSettings> = {}): Promise<MeshTransport> {
  const node = await openNode(ear, [], { ...settings, ...changed });
  nodes.push(node);
  return node;
}

/** All join all. */
async function meshOf<Heard extends Ear>(ears: readonly Heard[]): Promise<readonly MeshTransport[]> {
  const mesh = await Promise.all(ears.map((ear) => open(ear)));
  await Promise.all(mesh.map((node) => node.rejoin(mesh.map(({ place }) => place))));
  return mesh;
}

function pairOf<T>(items: readonly T[]): [T, T] {
  const [one, two] = items;
  if (one === undefined || two === undefined) throw new RangeError('fewer than two');
  return [one, two];
}

describe('two nodes', () => {
  it('hand each other messages, in order, and say so', async () => {
    const ears = pairOf([new Ear('n1'), new Ear('n2')]);
    const [one, two] = pairOf(await meshOf(ears));
    const sent = range(2_000).map((number) => chat(number));
    const receipts = await Promise.all([...sent.map((message) => one.publish(at('n2'), message)), two.publish(at('n1'), chat(7))]);
    expect(new Set(receipts)).toEqual(new Set([1]));
    expect(ears[1].heard).toEqual(sent.map((message) => ({ address: at('n2'), message })));
    expect(ears[0].ids).toEqual(['n1-7']);
  });

  it('are settled when everything that was published is answered', async () => {
    const ears = pairOf([new Ear('n1'), new Ear('n2')]);
    const [one] = pairOf(await meshOf(ears));
    const open = outcomes(one, range(500), 'n:n2', 'n2');
    await one.settle();
    expect(ears[1].ids).toHaveLength(500);
    expect(await open).toEqual({ taken: 500, rejected: 0, unknown: 0 });
  });

  it('tell, ask and copy what the other keeps, in order', async () => {
    const keepers = pairOf([new Keeper('n1'), new Keeper('n2')]);
    const [one] = pairOf(await meshOf(keepers));
    const [, asked, , copied] = await Promise.all([
      one.directory.tell('n2', { ...entry, on: true }),
      one.directory.ask('n2', ['u:ann', 'u:bob'], true),
      one.directory.tell('n2', { ...entry, topic: 'u:bob', on: true }),
      one.directory.copy('n2'),
      one.directory.tell('n2', { ...entry, on: false }),
    ]);
    expect(asked).toEqual([entry]);
    expect(copied).toEqual([
      { ...entry, nodes: ['n1'] },
      { ...entry, topic: 'u:bob', nodes: ['n1'] },
    ]);
    const requests = ['n1 told u:ann on', 'n1 asked u:ann u:bob watching', 'n1 told u:bob on', 'n1 copied', 'n1 told u:ann off'];
    expect(keepers[1].requests).toEqual(requests);
  });

  it('confirm a tell when the one who keeps it does', async () => {
    const keepers = pairOf([new Keeper('n1'), new Keeper('n2')]);
    const [one] = pairOf(await meshOf(keepers));
    let confirm = () => {};
    keepers[1].confirms = new Promise((resolve) => {
      confirm = resolve;
    });
    let confirmed = false;
    const told = one.directory.tell('n2', { ...entry, on: true }).then(() => {
      confirmed = true;
    });
    await one.directory.ask('n2', ['u:ann'], false);
    expect(confirmed).toBe(false);
    confirm();
    await told;
  });

  it('pass on an answer before the change that follows it, whichever comes first', async () => {
    const [one, two] = [new Keeper('n1'), new Keeper('n2')];
    const mesh = pairOf(await meshOf([one, two]));
    const { asked } = two.directory;
    const told: Promise<void>[] = [];
    const answering = async (...question: Parameters<typeof asked>) => {
      told.push(mesh[1].directory.tell('n1', { ...entry, on: true }));
      await new Promise((resolve) => setTimeout(resolve, 50));
      return asked(...question);
    };
    two.directory = { ...two.directory, asked: answering };
    await mesh[0].directory.ask('n2', ['u:ann'], true).then(() => one.requests.push('answered'));
    await Promise.all(told);
    expect(one.requests).toEqual(['answered', 'n2 told u:ann on']);
  });

  it('are both lost when one of their connections breaks', async () => {
    const ears = pairOf([new Ear('n1'), new Ear('n2')]);
    const [one, two] = [await open(ears[0]), await open(ears[1])];
    const relay = await Relay.open(Number(new URL(two.place.url).port), () => true);
    await one.rejoin([{ id: 'n2', url: two.place.url.replace(/:\d+$/, `:${relay.port}`) }]);
    await two.rejoin([one.place]);
    await relay.cut('listening');
    await Promise.all([ears[0].until('reconnected n2'), ears[1].until('reconnected n1')]);
    expect([await one.publish(at('n2'), chat(1)), await two.publish(at('n1'), chat(2))]).toEqual([1, 1]);
    expect(ears.map(({ changes }) => changes)).toEqual([
      ['lost n2', 'reconnected n2'],
      ['lost n1', 'reconnected n1'],
    ]);
    await relay.close();
  });

  it('wait for a tell longer than for a sign of life', async () => {
    const keeper = new Keeper('n2');
    const two = await open(keeper);
    const ear = new Ear('n1');
    const one = await openNode(ear, [two.place], settings, {
      connectTimeoutMs: 5_000,
      silenceTimeoutMs: 400,
      retryFirstMs: 50,
      retryLongestMs: 50,
    });
    nodes.push(one);
    keeper.confirms = new Promise((resolve) => setTimeout(resolve, 1_500));
    await one.directory.tell('n2', { ...entry, on: true });
    expect(ear.changes).toEqual([]);
  });

  it('do not take their own standing still for silence of the other', async () => {
    const keeper = new Keeper('n2');
    const two = await open(keeper);
    const times = { connectTimeoutMs: 5_000, silenceTimeoutMs: 400, retryFirstMs: 50, retryLongestMs: 50 };
    const one = await openNode(new Ear('n1'), [two.place], settings, times);
    nodes.push(one);
    let confirm = () => {};
    keeper.confirms = new Promise((resolve) => {
      confirm = resolve;
    });
    const told = one.directory.tell('n2', { ...entry, on: true });
    const until = performance.now() + 1_000;
    while (performance.now() < until);
    confirm();
    await told;
  });

  it('refuse what they do not keep', async () => {
    const [one] = pairOf(await meshOf([new Ear('n1'), new Ear('n2')]));
    await expect(one.directory.ask('n2', ['u:ann'], false)).rejects.toThrow(/\[n2\] refused.*keeps no directory/);
    await expect(one.subscribe(at('n2'))).rejects.toThrow('[n2]');
    await one.subscribe(at('n1'));
  });

  it('count what came to their listeners', async () => {
    const [one, two] = pairOf(await meshOf([new Keeper('n1'), new Keeper('n2')]));
    for (const number of range(50)) await one.publish(at('n2'), chat(number));
    await one.directory.tell('n2', { ...entry, on: true });
    for (const _ of range(3)) await one.directory.ask('n2', ['u:ann'], false);
    await one.directory.copy('n2');
    const figures = await counters(two.place);
    expect(figures).toMatchObject({ in: 50 + 1 + 3, out: 50 + 3, relayed: 0, channels: null, cpuUs: null, memoryBytes: null });
    expect(figures.raw).toMatchObject({
      published: 50,
      handed: 50,
      tells: 1,
      questions: 3,
      answers: 3,
      copies: 1,
      connections: 1,
      junk: 0,
    });
    expect(await counters(one.place)).toMatchObject({ in: 0, out: 0 });
  });

  it('bound what waits for the other', async () => {
    const two = await open(new Ear('n2'));
    const one = await open(new Ear('n1'), { queuedMessages: 10 });
    await one.rejoin([two.place]);
    expect(await outcomes(one, range(25), 'n:n2', 'n2')).toEqual({ taken: 10, rejected: 15, unknown: 0 });
    expect(await outcomes(one, range(10), 'n:n2', 'n2')).toEqual({ taken: 10, rejected: 0, unknown: 0 });
  });
});

describe('three nodes', () => {
  it('reach each other in a full mesh', async () => {
    const ears = ['n1', 'n2', 'n3'].map((id) => new Ear(id));
    const mesh = await meshOf(ears);
    const sends = mesh.flatMap((node) => ears.filter(({ id }) => id !== node.place.id).map(({ id }) => node.publish(at(id), chat(1))));
    expect(await Promise.all(sends)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(ears.map(({ ids }) => ids.length)).toEqual([2, 2, 2]);
  });

  it('join one more while they run, and leave it again', async () => {
    const ears = ['n1', 'n2', 'n3'].map((id) => new Ear(id));
    const mesh = await meshOf(ears.slice(0, 2));
    const [one, two] = pairOf(mesh);
    const three = await open(ears[2] ?? new Ear('n3'));
    await expect(one.publish(at('n3'), chat(1))).rejects.toMatchObject({ outcome: 'rejected', message: expect.stringContaining('[n3]') });
    const all = [...mesh, three];
    await Promise.all(all.map((node) => node.rejoin(all.map(({ place }) => place))));
    expect(await one.publish(at('n3'), chat(2))).toBe(1);
    await Promise.all(mesh.map((node) => node.rejoin([one.place, two.place])));
    await expect(one.publish(at('n3'), chat(3))).rejects.toMatchObject({ outcome: 'rejected' });
    expect(await one.publish(at('n2'), chat(4))).toBe(1);
    expect([ears[2]?.ids, ears[0]?.changes]).toEqual([['n1-2'], []]);
  });

  it('learn that one was replaced, even before its end was seen', async () => {
    const ear = new Ear('n1');
    const [one, two] = [await open(ear), await open(new Ear('n2'))];
    await one.rejoin([two.place]);
    const again = await open(new Ear('n2'));
    await one.rejoin([again.place]);
    expect(await one.publish(at('n2'), chat(1))).toBe(1);
    expect(ear.changes).toEqual(['lost n2', 'reconnected n2']);
  });

  it('join those that are there when one is not', async () => {
    const [one, two, three] = await Promise.all(['n1', 'n2', 'n3'].map((id) => open(new Ear(id))));
    if (one === undefined || two === undefined || three === undefined) throw new RangeError('fewer than three');
    await three.close();
    await expect(one.rejoin([two.place, three.place])).rejects.toThrow(/^\[n3\] nothing listens there/);
    expect(await one.publish(at('n2'), chat(1))).toBe(1);
  });
});

describe('nodes in processes of their own', () => {
  it('answer each other; one that is killed is lost, and another in its place is joined', async () => {
    const launch = await TestLaunch.open();
    try {
      const ear = new Ear('n1');
      const one = await open(ear);
      const spawned = await peer(launch, 'n2', one.place);
      await one.rejoin([spawned.place]);
      expect(await one.publish(at('n2'), chat(1))).toBe(1);
      await ear.untilHeard(1);
      process.kill(spawned.pid, 'SIGSTOP');
      const inFlight = outcomes(one, range(20), 'n:n2', 'n2');
      await launch.kill(spawned.pid);
      expect(await inFlight).toEqual({ taken: 0, rejected: 0, unknown: 20 });
      await ear.until('lost n2');
      await expect(one.publish(at('n2'), chat(2))).rejects.toMatchObject({ outcome: 'rejected' });
      const again = await peer(launch, 'n2', one.place);
      await one.rejoin([again.place]);
      expect(await one.publish(at('n2'), chat(3))).toBe(1);
      await ear.untilHeard(2);
      expect(ear.ids).toEqual(['n1-1', 'n1-3']);
      expect(ear.changes).toEqual(['lost n2', 'reconnected n2']);
    } finally {
      await launch.close();
    }
  });
});

describe('strangers', () => {
  it('with 10,000 streams of noise reach nobody', async () => {
    const ears = pairOf([new Ear('n1'), new Ear('n2')]);
    const [one, two] = pairOf(await meshOf(ears));
    const port = Number(new URL(two.place.url).port);
    for (const bytes of noise(9_000)) {
      const connection = await RawConnection.open(port);
      connection.send(bytes);
      connection.finish();
      await connection.untilClosed();
    }
    for (const bytes of noise(1_000)) {
      const wire = await letIn(two.place);
      await expect(wire.ask(99, Buffer.from(bytes, 'latin1'))).rejects.toThrow(Unanswered);
    }
    expect(await one.publish(at('n2'), chat(1))).toBe(1);
    expect([ears[1].ids, ears[1].junkFrom, ears[1].changes]).toEqual([['n1-1'], [], []]);
    const { raw } = await counters(two.place);
    expect(raw).toMatchObject({ connections: 1, published: 1 });
    expect(raw.junk).toBeGreaterThan(2_000);
  });

  it('that were let in but send no messages of this run are refused and reported', async () => {
    const ear = new Ear('n2');
    const two = await open(ear);
    await expect(intrudeHub(two.place, 'n:n2', 'hello')).rejects.toThrow('no message of this run');
    const stranger = await open(new Ear('n1'), { frameKey: 0xbad });
    await stranger.rejoin([two.place]);
    await expect(stranger.publish(at('n2'), chat(1))).rejects.toMatchObject({ outcome: 'rejected' });
    expect([ear.ids, ear.junkFrom]).toEqual([[], ['n2', 'n2']]);
    expect(await counters(two.place)).toMatchObject({ in: 0, raw: { junk: 2 } });
  });

  it('need the secret', async () => {
    const two = await open(new Ear('n2'));
    const wrong: BrokerPlace = { id: 'n2', url: two.place.url.replace(/:[^:@]+@/, ':wrong@') };
    await expect(openNode(new Ear('n1'), [wrong], settings)).rejects.toThrow(/^\[n2\] let nobody in/);
  });
});

describe('close', () => {
  it('frees the port and leaves no socket', async () => {
    const [one, two] = pairOf(await meshOf([new Ear('n1'), new Ear('n2')]));
    const inFlight = outcomes(one, range(5), 'n:n2', 'n2');
    await Promise.all([one.close(), two.close()]);
    expect((await inFlight).rejected).toBe(0);
    expect(await outcomes(one, range(5), 'n:n2', 'n2')).toEqual({ taken: 0, rejected: 5, unknown: 0 });
    expect(openSockets()).toBe(0);
  });
});

describe('the kind', () => {
  it('starts nothing, since its brokers are the chat nodes', async () => {
    const launch = await TestLaunch.open();
    try {
      expect(await kind.start([], launch)).toEqual([]);
      await expect(kind.start([{ id: 'n1', kind: 'node' }], launch)).rejects.toMatchObject({ fault: 'bug' });
    } finally {
      await launch.close();
    }
  });

  it('takes in what the limits of a server say, no more', async () => {
    const two = await open(new Ear('n2'));
    const wire = await letIn(two.place);
    await expect(wire.ask(99, Buffer.alloc(serverLimits.frameBytes))).rejects.toThrow(Unanswered);
    expect((await counters(two.place)).raw.junk).toBe(1);
  });
});

/** A node in a process of its own, which sends back to the first whatever it hears. */
async function peer(launch: TestLaunch, id: string, first: BrokerPlace): Promise<{ readonly place: BrokerPlace; readonly pid: number }> {
  const launched = await launch.script('testing/echoingNode', [id, first.id, first.url]);
  const url = await launched.said((line) => /^listens at (.+)$/.exec(line)?.[1]);
  return { place: { id, url }, pid: launched.pid };
}
