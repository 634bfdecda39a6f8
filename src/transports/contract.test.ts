import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../routing/messages.js';
import type { Address } from '../routing/types.js';
import { encodeFrame } from './frame.js';
import { hub as hubKind } from './hub/index.js';
import { startHub } from './hub/start.js';
import { transportKind, transportKindNames } from './index.js';
import { placesSockets } from './placing.js';
import { redis as redisKind } from './redis/index.js';
import { startEmbedded, startServerOn } from './redis/start.js';
import { intrudeHub } from './testing/intruder.js';
import { openSockets, pick, range } from './testing/messages.js';
import { encodeRequest, RawConnection } from './testing/rawConnection.js';
import { Relay } from './testing/relay.js';
import { describeKinds, describeWith, findServer } from './testing/servers.js';
import { address, type Control, chat, outcomes, Stage, settings, type Way } from './testing/stage.js';

const redis = {
  intrude: ({ url }, channel, bytes) => command(Number(new URL(url).port), 'PUBLISH', settings.prefix + channel, bytes),
  cutListeners: (port) => command(port, 'CLIENT', 'KILL', 'TYPE', 'pubsub'),
} satisfies Omit<Control, 'start'>;
const embedded: Control = { ...redis, start: (launch, id, port) => startEmbedded(id, launch, port) };
const spawned = (program: string): Control => ({ ...redis, start: (launch, id, port) => startServerOn(port, id, launch, program) });
const hub: Control = { start: (launch, id, port) => startHub(id, launch, port, 'the-secret-of-the-contract'), intrude: intrudeHub };

const transportKinds = await Promise.all(transportKindNames.map(transportKind));

describe('transportKind', () => {
  it('knows every kind by its own name', async () => {
    expect(transportKinds.map(({ kind }) => kind)).toEqual(transportKindNames);
    for (const kind of transportKinds) expect(await transportKind(kind.kind)).toBe(kind);
  });

  it('says of every kind without loading it whether it places the sockets', () => {
    for (const { kind, fork } of transportKinds) expect([kind, placesSockets(kind)]).toEqual([kind, fork !== undefined]);
  });

  it('names the kinds there are when asked for another, or for what every object has', async () => {
    await expect(transportKind('pigeon')).rejects.toThrow(/"pigeon".*redis/);
    await expect(transportKind('constructor')).rejects.toThrow(/"constructor".*redis/);
  });
});

const three = ['r1', 'r2', 'r3'];
describe('redis on the embedded broker', () => contract({ kind: redisKind, brokers: three, control: embedded }));
describeWith(findServer('redis-server'), 'redis on redis-server', (program) =>
  contract({ kind: redisKind, brokers: three, control: spawned(program) }),
);
describe('hub', () => contract({ kind: hubKind, brokers: three, control: hub }));
// Those that write to sockets by themselves, or say of a publish only whether anybody took it, have suites of their own.
for (const kind of transportKinds) {
  const { delivers, receiptMeaningful } = kind.facts;
  if (kind.insideNodes !== true && delivers !== true && receiptMeaningful !== 'zero')
    describeKinds([kind], `${kind.kind}, started as for a run`, () => contract({ kind, brokers: ['r1'] }));
}

function contract(way: Way): void {
  const { receiptMeaningful, orderKept, subscribeConfirmed } = way.kind.facts;
  /** What a publish resolves to when that many took it. */
  const receipt = (receivers: number) => (receiptMeaningful ? receivers : expect.toSatisfy(isAnyReceipt));
  const last = way.brokers.at(-1) ?? 'r1';
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open(way);
  });
  afterEach(() => stage.closeNodes());
  afterAll(() => stage.close());

  describe.runIf(subscribeConfirmed)('subscribe and publish', () => {
    it('is heard once the subscription is confirmed', async () => {
      const [from, to, ear] = await stage.pair();
      await to.subscribe(address('u:ann'));
      const message = chat(1);
      expect(await from.publish(address('u:ann'), message)).toEqual(receipt(1));
      await to.settle();
      expect(ear.heard).toEqual([{ address: address('u:ann'), message }]);
    });

    it('is not heard after the subscription was left', async () => {
      const [from, to, ear] = await stage.pair();
      await to.subscribe(address('u:ann'));
      await to.unsubscribe(address('u:ann'));
      expect(await from.publish(address('u:ann'), chat(1))).toEqual(receipt(0));
      await to.settle();
      expect(ear.heard).toEqual([]);
    });

    it('is heard again when subscribed again, also while other channels are kept', async () => {
      const [from, to, ear] = await stage.pair();
      await Promise.all([to.subscribe(address('u:ann')), to.subscribe(address('u:bob'))]);
      await Promise.all([to.unsubscribe(address('u:ann')), to.subscribe(address('u:ann'))]);
      await Promise.all([from.publish(address('u:ann'), chat(1)), from.publish(address('u:bob'), chat(2))]);
      await to.settle();
      expect(ear.ids).toEqual(['n1-1', 'n1-2']);
    });

    it('answers with the number of listeners', async () => {
      const [one, two] = await stage.pair();
      expect(await one.publish(address('r:7'), chat(1))).toEqual(receipt(0));
      await one.subscribe(address('r:7'));
      expect(await one.publish(address('r:7'), chat(2))).toEqual(receipt(1));
      await two.subscribe(address('r:7'));
      expect(await one.publish(address('r:7'), chat(3))).toEqual(receipt(2));
    });

    it('carries every byte', async () => {
      const [from, to, ear] = await stage.pair();
      await to.subscribe(address('n:n2'));
      const everyByte = Buffer.from(Array.from({ length: 512 }, (_, index) => index % 256));
      const sent: Message<Buffer>[] = [
        { kind: 'directory', id: 'n1-1', view: 4_000_000_000, topics: ['n:n2'], body: everyByte },
        { kind: 'chat', id: 'n1-2', view: 0, topics: ['u:ann', 'u:bob'], body: Buffer.from('"łódź" 🚣\r\n\0') },
        { kind: 'control', id: 'n1-3', view: 1, topics: [], body: Buffer.alloc(0) },
        { kind: 'chat', id: 'n1-4', view: 1, topics: ['u:ann'], body: Buffer.alloc(100_000, 'long ') },
      ];
      for (const message of sent) await from.publish(address('n:n2'), message);
      await to.settle();
      expect(ear.heard.map(({ message }) => message)).toEqual(sent);
    });

    it('sends one message to many addresses', async () => {
      const [from, to, ear] = await stage.pair();
      const addresses = way.brokers.flatMap((broker) => [address('all', broker), address('some', broker)]);
      await Promise.all(addresses.map((each) => to.subscribe(each)));
      const message = chat(1);
      expect(await Promise.all(addresses.map((each) => from.publish(each, message)))).toEqual(addresses.map(() => receipt(1)));
      await to.settle();
      const sorted = (list: readonly Address[]) => list.map(({ broker, channel }) => `${broker} ${channel}`).sort();
      expect(sorted(ear.heard.map((each) => each.address))).toEqual(sorted(addresses));
      expect(ear.ids).toEqual(addresses.map(() => 'n1-1'));
    });

    it('tells a message of another run from its own', async () => {
      const [from, to, ear] = await stage.pair();
      const [stranger] = await stage.pair({ frameKey: 0xbad });
      await to.subscribe(address('u:ann'));
      await stranger.publish(address('u:ann'), chat(1));
      await from.publish(address('u:ann'), chat(2));
      await to.settle();
      expect(ear.junkFrom).toEqual(['r1']);
      expect(ear.ids).toEqual(['n1-2']);
    });

    it('rejects a broker it was not opened with', async () => {
      const [node] = await stage.pair();
      await expect(node.publish(address('u:ann', 'r9'), chat(1))).rejects.toMatchObject({ outcome: 'rejected' });
      await expect(node.subscribe(address('u:ann', 'r9'))).rejects.toThrow('[r9]');
    });
  });

  describe('many messages', () => {
    it.runIf(orderKept && subscribeConfirmed)('keep their order per address', async () => {
      const [from, to, ear] = await stage.pair();
      const addresses = [address('u:a'), address('u:b'), address('u:c', last)];
      await Promise.all(addresses.map((each) => to.subscribe(each)));
      await Promise.all(range(3_000).map((number) => from.publish(pick(addresses, number), chat(number))));
      await to.settle();
      for (const [index, each] of addresses.entries()) {
        const there = ear.heard.filter((heard) => heard.address.broker === each.broker && heard.address.channel === each.channel);
        expect(there.map(({ message }) => message.id)).toEqual(range(1_000).map((number) => `n1-${3 * number + index}`));
      }
    });

    it.runIf(subscribeConfirmed)('all arrive before settle() resolves', async () => {
      const [from, to, ear] = await stage.pair();
      const addresses = range(30).map((number) => address(`u:${number}`, pick(way.brokers, number)));
      await Promise.all(addresses.map((each) => to.subscribe(each)));
      let answered = 0;
      const sends = range(20_000).map(async (number) => {
        expect(await from.publish(pick(addresses, number), chat(number))).toEqual(receipt(1));
        answered++;
      });
      await from.settle();
      expect(answered).toBe(20_000);
      await to.settle();
      expect(ear.heard.length).toBe(20_000);
      expect(new Set(ear.ids).size).toBe(20_000);
      await Promise.all(sends);
    });

    it('are counted by the broker itself, if it counts', async () => {
      const [from, to] = await stage.pair();
      await to.subscribe(address('u:ann'));
      const before = await way.kind.counters(stage.place('r1'));
      await Promise.all(range(1_000).map((number) => from.publish(address('u:ann'), chat(number))));
      await to.settle();
      const after = await way.kind.counters(stage.place('r1'));
      expect([1_000, null]).toContain(growth(before.in, after.in));
      expect([1_000, null]).toContain(growth(before.out, after.out));
    });

    it('beyond the bound are rejected, by messages and by bytes, and the bound is free again afterwards', async () => {
      const [few] = await stage.pair({ queuedMessages: 10 });
      expect(await outcomes(few, range(25))).toEqual({ taken: 10, rejected: 15, unknown: 0 });
      const [small] = await stage.pair({ queuedBytes: 10 * encodeFrame(chat(1_000), settings.frameKey).length });
      expect(await outcomes(small, range(25))).toEqual({ taken: 10, rejected: 15, unknown: 0 });
      for (const node of [few, small]) expect(await outcomes(node, range(10))).toEqual({ taken: 10, rejected: 0, unknown: 0 });
    });
  });

  describe('close', () => {
    it('gives what is open an outcome, and takes nothing more', async () => {
      const [from] = await stage.pair();
      const open = outcomes(from, range(5));
      await stage.closeNodes();
      expect((await open).rejected).toBe(0);
      expect(await outcomes(from, range(5))).toEqual({ taken: 0, rejected: 5, unknown: 0 });
    });
  });

  if (way.control !== undefined) outages(() => stage, way, way.control);
}

/** What needs a broker that can be stopped, killed, restarted or held back. */
function outages(stage: () => Stage, way: Way, { cutListeners }: Control): void {
  describe('the figures of its own', () => {
    it('are all there', async () => {
      const [from, to] = await stage().pair();
      await to.subscribe(address('u:ann'));
      const before = await way.kind.counters(stage().place('r1'));
      await Promise.all(range(1_000).map((number) => from.publish(address('u:ann'), chat(number))));
      const after = await way.kind.counters(stage().place('r1'));
      expect(growth(before.in, after.in)).toBe(1_000);
      expect(after.channels).toBe(1);
      expect(growth(before.bytesIn, after.bytesIn)).toBeGreaterThan(40_000);
      expect(growth(before.bytesOut, after.bytesOut)).toBeGreaterThan(40_000);
      expect(growth(before.cpuUs, after.cpuUs)).toBeGreaterThan(0);
      expect(after.memoryBytes).toBeGreaterThan(100_000);
    });
  });

  describe('strangers', () => {
    it('are reported as junk and reach nobody', async () => {
      const [from, to, ear] = await stage().pair();
      const [stranger] = await stage().pair({ frameKey: 0xbad });
      await to.subscribe(address('u:ann'));
      await stranger.publish(address('u:ann'), chat(1));
      for (const bytes of ['', 'hello', '\x01'.repeat(200), '\xff'.repeat(70_000)]) await stage().intrude('u:ann', bytes);
      await from.publish(address('u:ann'), chat(2));
      await to.settle();
      expect(ear.junkFrom).toEqual(range(5).map(() => 'r1'));
      expect(ear.ids).toEqual(['n1-2']);
    });
  });

  describe('a broker that dies and comes back', () => {
    it('loses nothing silently, sends nothing twice, and is told of', async () => {
      const [from, to, ear] = await stage().pair();
      await Promise.all([to.subscribe(address('u:ann')), to.subscribe(address('u:bob', 'r2'))]);
      await from.publish(address('u:ann'), chat(1));
      await to.settle();

      stage().stop('r1');
      const inFlight = outcomes(from, range(50), 'u:ann');
      await stage().kill('r1');
      expect(await inFlight).toEqual({ taken: 0, rejected: 0, unknown: 50 });
      await ear.until('lost r1');
      await expect(from.publish(address('u:ann'), chat(2))).rejects.toMatchObject({
        outcome: 'rejected',
        message: expect.stringContaining('[r1]'),
      });
      await expect(to.subscribe(address('u:eve'))).rejects.toThrow('[r1]');
      await to.unsubscribe(address('u:ann'));
      expect(await from.publish(address('u:bob', 'r2'), chat(3))).toBe(1);
      await Promise.all([from.settle(), to.settle()]);

      await stage().start('r1');
      await Promise.all([ear.until('reconnected r1'), stage().ear(from).until('reconnected r1')]);
      expect(await from.publish(address('u:ann'), chat(4))).toBe(0);
      await to.subscribe(address('u:ann'));
      expect(await from.publish(address('u:ann'), chat(5))).toBe(1);
      await to.settle();
      expect(ear.ids).toEqual(['n1-1', 'n1-3', 'n1-5']);
      for (const { changes } of [ear, stage().ear(from)])
        expect(changes.join(', ')).toMatch(/^(lost r1( for publishing)?, )+reconnected r1$/);
    });

    it('while it is gone, no node opens there', async () => {
      await stage().kill('r3');
      const before = openSockets();
      await expect(stage().node('n9')).rejects.toThrow(/\[r3\].*nothing listens there/);
      expect(openSockets()).toBe(before);
      await stage().start('r3');
    });
  });

  describe('close', () => {
    it('leaves no socket and no timer', async () => {
      expect(await stage().leave('r2')).toBe('left: ');
    });

    it('leaves no socket and no timer while the broker is gone', async () => {
      expect(await stage().leave('r2', 'killing it')).toBe('left: ');
      await stage().start('r2');
    });
  });

  if (cutListeners !== undefined) listeningApart(stage, cutListeners);
}

/** Nodes that listen over one connection and publish over another. */
function listeningApart(stage: () => Stage, cutListeners: NonNullable<Control['cutListeners']>): void {
  describe('a listening connection of its own', () => {
    it('is still waited for when it is on its way, even if publishing goes on', async () => {
      const relay = await Relay.open(stage().port('r1'));
      const [from] = await stage().node('n1');
      const [to, ear] = await stage().node('n2', {}, relay.port);
      await to.subscribe(address('u:ann'));
      relay.hold();
      expect(await from.publish(address('u:ann'), chat(1))).toBe(1);
      const settled = to.settle().then(() => ear.ids);
      // Answered after whatever settle() asked on that connection before.
      for (const number of [2, 3]) await to.publish(address('u:nobody'), chat(number));
      expect(ear.ids).toEqual([]);
      relay.release();
      expect(await settled).toEqual(['n1-1']);
      await relay.close();
    });

    it('counts as lost when only the connection that listens was cut, and publishing goes on', async () => {
      const [from, to, ear] = await stage().pair();
      await Promise.all([to.subscribe(address('u:ann')), from.subscribe(address('u:bob'))]);
      await cutListeners(stage().port('r1'));
      await Promise.all([ear.until('lost r1'), stage().ear(from).until('lost r1')]);
      expect(await from.publish(address('u:ann'), chat(1))).toBe(0);
      await Promise.all([ear.until('reconnected r1'), stage().ear(from).until('reconnected r1')]);
      await to.subscribe(address('u:ann'));
      expect(await from.publish(address('u:ann'), chat(2))).toBe(1);
      await to.settle();
      expect(ear.ids).toEqual(['n1-2']);
      expect(ear.changes).toEqual(['lost r1', 'reconnected r1']);
    });

    it('is heard as before when only the connection that publishes was cut, and what is published is rejected', async () => {
      const relay = await Relay.open(stage().port('r1'));
      const [from] = await stage().node('n1');
      const [to, listener] = await stage().listener('n2', relay.port);
      listener.want('u:ann');
      await listener.until('ready u:ann');
      relay.refuse();
      await relay.cut('publishing');
      await listener.until('lost r1 for publishing');
      listener.want('u:bob');
      await listener.until('ready u:bob');
      listener.want('u:ann');
      expect(listener.changes.at(-1)).toBe('ready u:ann');
      expect(await outcomes(to, range(3))).toEqual({ taken: 0, rejected: 3, unknown: 0 });
      expect(await Promise.all([from.publish(address('u:ann'), chat(1)), from.publish(address('u:bob'), chat(2))])).toEqual([1, 1]);
      relay.accept();
      await listener.until('reconnected r1');
      expect(await to.publish(address('u:bob'), chat(3))).toBe(1);
      await to.settle();
      expect(listener.ids).toEqual(['n1-1', 'n1-2', 'n1-3']);
      expect(listener.changes.filter((change) => /lost|reconnected/.test(change))).toEqual(['lost r1 for publishing', 'reconnected r1']);
      await relay.close();
    });

    it.each([
      ['publishing', 'listening', 'lost r1 for publishing', 'ready u:bob'],
      ['listening', 'publishing', 'lost r1', 'unheard u:bob'],
    ] as const)('is listened to again wherever it should be, cut first for %s and then for %s', async (first, second, lost, meanwhile) => {
      const relay = await Relay.open(stage().port('r1'));
      const [from] = await stage().node('n1');
      const [to, listener] = await stage().listener('n2', relay.port);
      listener.want('u:ann');
      await listener.until('ready u:ann');
      relay.refuse();
      await relay.cut(first);
      await listener.until(lost);
      listener.want('u:bob');
      await listener.until(meanwhile);
      await relay.cut(second);
      relay.accept();
      await listener.until('reconnected r1');
      await listener.until('ready u:ann', 2);
      await to.settle();
      expect(await Promise.all([from.publish(address('u:ann'), chat(1)), from.publish(address('u:bob'), chat(2))])).toEqual([1, 1]);
      await to.settle();
      expect(listener.ids).toEqual(['n1-1', 'n1-2']);
      await relay.close();
    });
  });
}

/** Null where the broker does not say. */
function growth(before: number | null, after: number | null): number | null {
  return before === null || after === null ? null : after - before;
}

function isAnyReceipt(value: unknown): boolean {
  return value === null || typeof value === 'number';
}

async function command(port: number, ...words: string[]): Promise<void> {
  const connection = await RawConnection.open(port);
  connection.send(encodeRequest(words));
  const answer = await connection.until('\r\n');
  connection.close();
  if (answer.startsWith('-')) throw new Error(`${words[0]}: ${answer}`);
}
