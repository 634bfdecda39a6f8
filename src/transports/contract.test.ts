import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../routing/messages.js';
import type { Address, BrokerId, Topic } from '../routing/types.js';
import { encodeFrame } from './frame.js';
import { transportKind, transportKinds } from './index.js';
import { startEmbedded, startServerOn } from './redis/start.js';
import { Ear } from './testing/ear.js';
import { TestLaunch } from './testing/launch.js';
import { Listener } from './testing/listener.js';
import { encodeRequest, RawConnection } from './testing/rawConnection.js';
import { Relay } from './testing/relay.js';
import { describeWith, findServer } from './testing/servers.js';
import { type BrokerPlace, PublishError, type Started, type Transport, type TransportKind, type TransportSettings } from './types.js';

/** One way to run the brokers of one kind of transport. A kind of one's own goes through the same tests with a line more in `ways`. */
interface Way {
  readonly kind: TransportKind;
  start(launch: TestLaunch, id: BrokerId, port: number): Promise<Started>;
  /** Puts bytes on a channel, as a stranger with the broker's own client would; resolves when the broker has taken them. */
  intrude(port: number, channel: string, bytes: string): Promise<void>;
  /** Closes, on the broker's side, every connection that listens, and no other. */
  cutListeners(port: number): Promise<void>;
}

const redis = {
  kind: transportKind('redis'),
  intrude: (port: number, channel: string, bytes: string) => command(port, 'PUBLISH', channel, bytes),
  cutListeners: (port: number) => command(port, 'CLIENT', 'KILL', 'TYPE', 'pubsub'),
};
const embedded: Way = { ...redis, start: (launch, id, port) => startEmbedded(id, launch, port) };
const spawned = (program: string): Way => ({ ...redis, start: (launch, id, port) => startServerOn(port, id, launch, program) });

const prefix = 'bench:contract:';
const settings: TransportSettings = { prefix, frameKey: 0x5eed, queuedMessages: 50_000, queuedBytes: 2 ** 26 };
const address = (channel: string, broker = 'r1'): Address => ({ broker, channel });

describe('transportKind', () => {
  it('knows every kind by its name, each once', () => {
    expect(new Set(transportKinds.map(({ kind }) => kind)).size).toBe(transportKinds.length);
    for (const kind of transportKinds) expect(transportKind(kind.kind)).toBe(kind);
  });

  it('names the kinds there are when asked for another', () => {
    expect(() => transportKind('pigeon')).toThrow(/"pigeon".*redis/);
  });
});

describe('redis on the embedded broker', () => contract(embedded));
describeWith(findServer('redis-server'), 'redis on redis-server', (program) => contract(spawned(program)));

function contract(way: Way): void {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open(way, ['r1', 'r2', 'r3']);
  });
  afterEach(() => stage.closeNodes());
  afterAll(() => stage.close());

  describe('subscribe and publish', () => {
    it('is heard once the subscription is confirmed', async () => {
      const [from, to, ear] = await stage.pair();
      await to.subscribe(address('u:ann'));
      const message = chat(1);
      expect(await from.publish(address('u:ann'), message)).toBe(1);
      await to.settle();
      expect(ear.heard).toEqual([{ address: address('u:ann'), message }]);
    });

    it('is not heard after the subscription was left', async () => {
      const [from, to, ear] = await stage.pair();
      await to.subscribe(address('u:ann'));
      await to.unsubscribe(address('u:ann'));
      expect(await from.publish(address('u:ann'), chat(1))).toBe(0);
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
      expect(await one.publish(address('r:7'), chat(1))).toBe(0);
      await one.subscribe(address('r:7'));
      expect(await one.publish(address('r:7'), chat(2))).toBe(1);
      await two.subscribe(address('r:7'));
      expect(await one.publish(address('r:7'), chat(3))).toBe(2);
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
      const addresses = ['r1', 'r2', 'r3'].flatMap((broker) => [address('all', broker), address('some', broker)]);
      await Promise.all(addresses.map((each) => to.subscribe(each)));
      const message = chat(1);
      expect(await Promise.all(addresses.map((each) => from.publish(each, message)))).toEqual([1, 1, 1, 1, 1, 1]);
      await to.settle();
      const sorted = (list: readonly Address[]) => list.map(({ broker, channel }) => `${broker} ${channel}`).sort();
      expect(sorted(ear.heard.map((each) => each.address))).toEqual(sorted(addresses));
      expect(ear.ids).toEqual(Array.from({ length: 6 }, () => 'n1-1'));
    });

    it('rejects a broker it was not opened with', async () => {
      const [node] = await stage.pair();
      await expect(node.publish(address('u:ann', 'r9'), chat(1))).rejects.toMatchObject({ outcome: 'rejected' });
      await expect(node.subscribe(address('u:ann', 'r9'))).rejects.toThrow('[r9]');
    });
  });

  describe('many messages', () => {
    it.runIf(way.kind.facts.orderKept)('keep their order per address', async () => {
      const [from, to, ear] = await stage.pair();
      const addresses = [address('u:a'), address('u:b'), address('u:a', 'r2')];
      await Promise.all(addresses.map((each) => to.subscribe(each)));
      await Promise.all(range(3_000).map((number) => from.publish(pick(addresses, number), chat(number))));
      await to.settle();
      for (const [index, each] of addresses.entries()) {
        const there = ear.heard.filter((heard) => heard.address.broker === each.broker && heard.address.channel === each.channel);
        expect(there.map(({ message }) => message.id)).toEqual(range(1_000).map((number) => `n1-${3 * number + index}`));
      }
    });

    it('all arrive before settle() resolves', async () => {
      const [from, to, ear] = await stage.pair();
      const addresses = range(30).map((number) => address(`u:${number}`, `r${1 + (number % 3)}`));
      await Promise.all(addresses.map((each) => to.subscribe(each)));
      let answered = 0;
      const sends = range(20_000).map(async (number) => {
        const listeners = await from.publish(pick(addresses, number), chat(number));
        answered += listeners ?? 0;
      });
      await from.settle();
      expect(answered).toBe(20_000);
      await to.settle();
      expect(ear.heard.length).toBe(20_000);
      expect(new Set(ear.ids).size).toBe(20_000);
      await Promise.all(sends);
    });

    it('that the broker has handed out but that are still on their way are waited for, too', async () => {
      const relay = await Relay.open(stage.port('r1'));
      const [from] = await stage.node('n1');
      const [to, ear] = await stage.node('n2', {}, relay.port);
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

    it('are counted by the broker itself', async () => {
      const [from, to] = await stage.pair();
      await to.subscribe(address('u:ann'));
      const before = await way.kind.counters(stage.place('r1'));
      await Promise.all(range(1_000).map((number) => from.publish(address('u:ann'), chat(number))));
      const after = await way.kind.counters(stage.place('r1'));
      expect((after.in ?? 0) - (before.in ?? 0)).toBe(1_000);
      expect(after.channels).toBe(1);
      expect((after.bytesIn ?? 0) - (before.bytesIn ?? 0)).toBeGreaterThan(40_000);
      expect((after.bytesOut ?? 0) - (before.bytesOut ?? 0)).toBeGreaterThan(40_000);
      expect((after.cpuUs ?? 0) - (before.cpuUs ?? 0)).toBeGreaterThan(0);
      expect(after.memoryBytes).toBeGreaterThan(100_000);
    });

    it('beyond the bound are rejected, by messages and by bytes, and the bound is free again afterwards', async () => {
      const [few] = await stage.pair({ queuedMessages: 10 });
      expect(await outcomes(few, range(25))).toEqual({ taken: 10, rejected: 15, unknown: 0 });
      const [small] = await stage.pair({ queuedBytes: 10 * encodeFrame(chat(1_000), settings.frameKey).length });
      expect(await outcomes(small, range(25))).toEqual({ taken: 10, rejected: 15, unknown: 0 });
      for (const node of [few, small]) expect(await outcomes(node, range(10))).toEqual({ taken: 10, rejected: 0, unknown: 0 });
    });
  });

  describe('strangers', () => {
    it('are reported as junk and reach nobody', async () => {
      const [from, to, ear] = await stage.pair();
      const [stranger] = await stage.pair({ frameKey: 0xbad });
      await to.subscribe(address('u:ann'));
      await stranger.publish(address('u:ann'), chat(1));
      for (const bytes of ['', 'hello', '\x01'.repeat(200), '\xff'.repeat(70_000)])
        await way.intrude(stage.port('r1'), `${prefix}u:ann`, bytes);
      await from.publish(address('u:ann'), chat(2));
      await to.settle();
      expect(ear.junkFrom).toEqual(range(5).map(() => 'r1'));
      expect(ear.ids).toEqual(['n1-2']);
    });
  });

  describe('a broker that dies and comes back', () => {
    it('loses nothing silently, sends nothing twice, and is told of', async () => {
      const [from, to, ear] = await stage.pair();
      await Promise.all([to.subscribe(address('u:ann')), to.subscribe(address('u:bob', 'r2'))]);
      await from.publish(address('u:ann'), chat(1));
      await to.settle();

      stage.stop('r1');
      const inFlight = outcomes(from, range(50), 'u:ann');
      await stage.kill('r1');
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

      await stage.start('r1');
      await Promise.all([ear.until('reconnected r1'), stage.ear(from).until('reconnected r1')]);
      expect(await from.publish(address('u:ann'), chat(4))).toBe(0);
      await to.subscribe(address('u:ann'));
      expect(await from.publish(address('u:ann'), chat(5))).toBe(1);
      await to.settle();
      expect(ear.ids).toEqual(['n1-1', 'n1-3', 'n1-5']);
      for (const { changes } of [ear, stage.ear(from)])
        expect(changes.join(', ')).toMatch(/^(lost r1( for publishing)?, )+reconnected r1$/);
    });

    it('counts as lost when only the connection that listens was cut, and publishing goes on', async () => {
      const [from, to, ear] = await stage.pair();
      await Promise.all([to.subscribe(address('u:ann')), from.subscribe(address('u:bob'))]);
      await way.cutListeners(stage.port('r1'));
      await Promise.all([ear.until('lost r1'), stage.ear(from).until('lost r1')]);
      expect(await from.publish(address('u:ann'), chat(1))).toBe(0);
      await Promise.all([ear.until('reconnected r1'), stage.ear(from).until('reconnected r1')]);
      await to.subscribe(address('u:ann'));
      expect(await from.publish(address('u:ann'), chat(2))).toBe(1);
      await to.settle();
      expect(ear.ids).toEqual(['n1-2']);
      expect(ear.changes).toEqual(['lost r1', 'reconnected r1']);
    });

    it('is heard as before when only the connection that publishes was cut, and what is published is rejected', async () => {
      const relay = await Relay.open(stage.port('r1'));
      const [from] = await stage.node('n1');
      const [to, listener] = await stage.listener('n2', relay.port);
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
      const relay = await Relay.open(stage.port('r1'));
      const [from] = await stage.node('n1');
      const [to, listener] = await stage.listener('n2', relay.port);
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

    it('while it is gone, no node opens there', async () => {
      await stage.kill('r3');
      const before = openSockets();
      await expect(stage.node('n9')).rejects.toThrow(/\[r3\].*nothing listens there/);
      expect(openSockets()).toBe(before);
      await stage.start('r3');
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

    it('leaves no socket and no timer', async () => {
      expect(await stage.leave('r2')).toBe('left: ');
    });

    it('leaves no socket and no timer while the broker is gone', async () => {
      expect(await stage.leave('r2', 'killing it')).toBe('left: ');
      await stage.start('r2');
    });
  });
}

/** The brokers of a suite, and the nodes of a test. */
class Stage {
  readonly #way: Way;
  readonly #launch: TestLaunch;
  readonly #ports = new Map<BrokerId, number>();
  readonly #started = new Map<BrokerId, Started>();
  readonly #nodes = new Map<Transport, Ear>();

  static async open(way: Way, brokers: readonly BrokerId[]): Promise<Stage> {
    const stage = new Stage(way, await TestLaunch.open());
    for (const id of brokers) {
      stage.#ports.set(id, await stage.#launch.freePort());
      await stage.start(id);
    }
    return stage;
  }

  private constructor(way: Way, launch: TestLaunch) {
    this.#way = way;
    this.#launch = launch;
  }

  async start(id: BrokerId): Promise<void> {
    this.#started.set(id, await this.#way.start(this.#launch, id, this.port(id)));
  }

  stop(id: BrokerId): void {
    process.kill(this.#broker(id).pid, 'SIGSTOP');
  }

  kill(id: BrokerId): Promise<void> {
    return this.#launch.kill(this.#broker(id).pid);
  }

  port(id: BrokerId): number {
    return this.#ports.get(id) ?? 0;
  }

  place(id: BrokerId): BrokerPlace {
    return { id, url: this.#broker(id).url };
  }

  /** `instead`: the port of a relay in front of the first broker. */
  node(id: string, changed: Partial<TransportSettings> = {}, instead?: number): Promise<[Transport, Ear]> {
    return this.#open(new Ear(id), changed, instead);
  }

  /** A node of which the core decides what is subscribed. */
  async listener(id: string, instead: number): Promise<[Transport, Listener]> {
    const listener = new Listener(id, 'r1');
    const [transport] = await this.#open(listener, {}, instead);
    listener.use(transport);
    return [transport, listener];
  }

  async #open<Heard extends Ear>(ear: Heard, changed: Partial<TransportSettings>, instead?: number): Promise<[Transport, Heard]> {
    const places = [...this.#started.keys()].map((broker) => this.place(broker));
    if (instead !== undefined) places[0] = { id: 'r1', url: `redis://127.0.0.1:${instead}` };
    const transport = await this.#way.kind.open(ear, places, { ...settings, ...changed });
    this.#nodes.set(transport, ear);
    return [transport, ear];
  }

  /** Two nodes, and what the second hears. */
  async pair(changed: Partial<TransportSettings> = {}): Promise<[from: Transport, to: Transport, heard: Ear]> {
    const [from] = await this.node('n1', changed);
    return [from, ...(await this.node('n2', changed))];
  }

  ear(transport: Transport): Ear {
    const ear = this.#nodes.get(transport);
    if (ear === undefined) throw new Error('that node is not on the stage');
    return ear;
  }

  /** What a process that opened and closed a transport says is left of it; it has ended by itself then. */
  async leave(id: BrokerId, how?: 'killing it'): Promise<string> {
    const { url, pid } = this.#broker(id);
    const leaver = await this.#launch.script('testing/leaver', [this.#way.kind.kind, url, ...(how === undefined ? [] : [String(pid)])]);
    const left = await leaver.said((line) => (line.startsWith('left: ') ? line : undefined));
    await expect(leaver.ended).rejects.toThrow('ended with 0');
    return left;
  }

  async closeNodes(): Promise<void> {
    const transports = [...this.#nodes.keys()];
    this.#nodes.clear();
    await Promise.all(transports.map((transport) => transport.close()));
  }

  close(): Promise<void> {
    return this.#launch.close();
  }

  #broker(id: BrokerId): Started {
    const started = this.#started.get(id);
    if (started === undefined) throw new Error(`no broker ${id} on the stage`);
    return started;
  }
}

function chat(number: number, topic: Topic = 'u:ann'): Message<Buffer> {
  return { kind: 'chat', id: `n1-${number}`, view: 1, topics: [topic], body: Buffer.from(`message ${number}`) };
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

function pick<T>(items: readonly T[], number: number): T {
  const item = items[number % items.length];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

/** Publishes all in one turn and counts what became of them. */
async function outcomes(node: Transport, numbers: readonly number[], channel = 'u:nobody') {
  const counts = { taken: 0, rejected: 0, unknown: 0 };
  for (const result of await Promise.allSettled(numbers.map((number) => node.publish(address(channel), chat(1_000 + number))))) {
    if (result.status === 'fulfilled') counts.taken++;
    else if (result.reason instanceof PublishError) counts[result.reason.outcome]++;
    else throw result.reason;
  }
  return counts;
}

function openSockets(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource.startsWith('TCP')).length;
}

async function command(port: number, ...words: string[]): Promise<void> {
  const connection = await RawConnection.open(port);
  connection.send(encodeRequest(words));
  const answer = await connection.until('\r\n');
  connection.close();
  if (answer.startsWith('-')) throw new Error(`${words[0]}: ${answer}`);
}
