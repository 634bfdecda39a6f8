import { World } from '../../../chat/testing/world.js';
import type { Options, Strategy } from '../../../routing/types.js';
import { type RunningServer, startRedisServer } from '../../testing/redisServer.js';
import { Relay } from '../../testing/relay.js';
import { countersOf } from '../counters.js';

const pubSubCommands = ['publish', 'spublish', 'xadd'];

/** What one broker and the nodes at it counted. */
export interface Tally {
  readonly in: number;
  readonly out: number | null;
  readonly published: number;
  readonly received: number;
  readonly delivered: number;
}

/** Chat nodes under an official adapter on a real Redis, the last of them behind a relay that can hold its requests back. */
export class Bay {
  readonly world: World;
  readonly relay: Relay;
  readonly #broker: RunningServer;
  readonly #store: RunningServer;

  static async open(program: string, strategy: Strategy, options: Options, nodes = 3): Promise<Bay> {
    const [broker, store] = await Promise.all([startRedisServer(program), startRedisServer(program)]);
    const relay = await Relay.open(broker.port);
    const size = { nodes, brokers: 1, users: 10, ratePerSecond: 1, seconds: 1, bytes: 1 };
    const [only] = strategy.brokers(size);
    if (only === undefined) throw new Error(`${strategy.name} lists no broker`);
    const world = await World.start({
      nodes,
      brokerPort: broker.port,
      brokerPortOf: (node) => (node === nodes - 1 ? relay.port : broker.port),
      storePort: store.port,
      rooms: 'topic',
      broker: only,
      options,
      route: (topology) => strategy.route(topology, options),
    });
    return new Bay(world, relay, broker, store);
  }

  private constructor(world: World, relay: Relay, broker: RunningServer, store: RunningServer) {
    this.world = world;
    this.relay = relay;
    this.#broker = broker;
    this.#store = store;
  }

  get port(): number {
    return this.#broker.port;
  }

  /** Once nothing is on its way. */
  async tally(): Promise<Tally> {
    await this.world.settle();
    const counters = await this.#counters();
    const snapshots = this.world.nodes.map((node) => node.snapshot());
    const receipts = snapshots.map(({ brokers }) => brokers.r1?.receipts ?? null);
    const kinds = snapshots.flatMap((snapshot) => Object.values(snapshot.kinds));
    const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
    return {
      in: counters.in ?? Number.NaN,
      out: receipts.some((receipt) => receipt === null) ? null : sum(receipts.map(Number)),
      published: sum(kinds.map(({ published }) => published)),
      received: sum(kinds.map(({ received }) => received)),
      delivered: sum(kinds.map(({ deliveredToSockets }) => deliveredToSockets)),
    };
  }

  /** Channels and patterns, by the word of the broker. */
  async channels(): Promise<number | null> {
    return (await this.#counters()).channels;
  }

  #counters() {
    return countersOf(pubSubCommands)({ id: 'r1', url: `redis://127.0.0.1:${this.port}` });
  }

  async close(): Promise<void> {
    await this.world.stop();
    await this.relay.close();
    await Promise.all([this.#broker.stop(), this.#store.stop()]);
  }
}

/** What came to be between two tallies. */
export function between(before: Tally, after: Tally): Tally {
  return {
    in: after.in - before.in,
    out: before.out === null || after.out === null ? null : after.out - before.out,
    published: after.published - before.published,
    received: after.received - before.received,
    delivered: after.delivered - before.delivered,
  };
}
