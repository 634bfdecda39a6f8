import { unavailable } from '../../error.js';
import type { Message } from '../../routing/messages.js';
import type { Address, BrokerId } from '../../routing/types.js';
import { openLinks } from '../linked.js';
import type { Caller } from '../redis/link.js';
import { classic, sharded } from '../redis/pubSub.js';
import { askEach, openRedis, type RedisLinks, redisLinks } from '../redis/transport.js';
import { connectionTimes } from '../times.js';
import type { BrokerPlace, LocalNode, Transport, TransportSettings } from '../types.js';
import { type Relayed, relayedOf, strangersAmong, viewOf } from './view.js';

/** How long nothing may arrive that the instances have for each other, and how long they may take to find each other again. */
const patienceMs = 5_000;

/** Every shard channel is spoken at the primary that owns its slot, which hands it to its listeners and to nobody else: as with one Redis. */
export function openSharded(node: LocalNode, places: readonly BrokerPlace[], settings: TransportSettings): Promise<Transport> {
  return openRedis(node, places, settings, connectionTimes, sharded);
}

/**
 * A node has connections to all instances, and speaks on those that its strategy names. Each message has a command of its own: nobody answers
 * how often instances handed one out, so no equation could hold commands against each other.
 */
export async function openClassic(node: LocalNode, places: readonly BrokerPlace[], settings: TransportSettings): Promise<ClassicTransport> {
  const losses: BrokerId[] = [];
  const links = redisLinks(noting(losses, node), places, { ...settings, batching: new Set() }, connectionTimes, classic);
  return new ClassicTransport(links, await openLinks(links, settings.frameKey), losses);
}

/** Classic Pub/Sub on a cluster: messages are under way not only between nodes and instances, but from one instance to another, too. */
export class ClassicTransport implements Transport {
  readonly #links: RedisLinks;
  readonly #transport: Transport;
  readonly #losses: readonly BrokerId[];

  constructor(links: RedisLinks, transport: Transport, losses: readonly BrokerId[]) {
    this.#links = links;
    this.#transport = transport;
    this.#losses = losses;
  }

  /** The answer counts the listeners at that one instance: of all receivers it says nothing. */
  async publish(address: Address, message: Message<Buffer>): Promise<null> {
    await this.#transport.publish(address, message);
    return null;
  }

  /** An instance that came back hears nothing of the others until they are joined again. */
  async subscribe(address: Address): Promise<void> {
    await this.#transport.subscribe(address);
    if (this.#losses.length > 0) await this.#joinedAgain();
  }

  unsubscribe(address: Address): Promise<void> {
    return this.#transport.unsubscribe(address);
  }

  /** First all has been taken in, then all has been relayed, then all has been handed out. */
  async settle(): Promise<void> {
    await this.#transport.settle();
    await this.#relayed();
    await this.#transport.settle();
  }

  close(): Promise<void> {
    return this.#transport.close();
  }

  /** Asks every instance the same, each after all that was published there before; those that are gone are missing in the answer. */
  askEach<T>(command: string, give: (redis: Caller, broker: BrokerId) => Promise<T>): Promise<ReadonlyMap<BrokerId, T>> {
    return askEach(this.#links, command, give);
  }

  /**
   * No instance counts a message as received before another has counted it as sent. So when all that were sent are no more than all that had been
   * received by the time before, nothing was under way in between.
   */
  async #relayed(): Promise<void> {
    let received = Number.NaN;
    let late = deadline();
    for (;;) {
      const counts = await this.#counts();
      const sent = sumOf(counts.map((count) => count.sent));
      if (sent === received) return;
      const now = sumOf(counts.map((count) => count.received));
      if (now !== received) late = deadline();
      else if (late()) throw unavailable(`[cluster] of ${sent} messages that instances relayed to each other only ${now} have arrived`);
      received = now;
    }
  }

  /** An instance that starts anew forgets what it counted. */
  async #counts(): Promise<readonly Relayed[]> {
    const counts = await this.askEach('CLUSTER INFO', relayedOf);
    const [lost] = this.#losses;
    if (lost === undefined) return [...counts.values()];
    throw unavailable(`[${lost}] was lost for a while: nobody can say what the instances still have for each other; start anew`);
  }

  /** Among those that are there. */
  async #joinedAgain(): Promise<void> {
    const late = deadline();
    for (;;) {
      const [stranger] = strangersAmong(await this.askEach('CLUSTER NODES', viewOf));
      if (stranger === undefined) return;
      if (late()) throw unavailable(`[${stranger}] is not joined with the other instances again; is the cluster whole?`);
    }
  }
}

function noting(losses: BrokerId[], node: LocalNode): LocalNode {
  return {
    id: node.id,
    arrived: (address, message) => node.arrived(address, message),
    junk: (broker) => node.junk(broker),
    lost: (broker) => {
      losses.push(broker);
      node.lost(broker);
    },
    reconnected: (broker) => node.reconnected(broker),
  };
}

function deadline(): () => boolean {
  const atMs = performance.now() + patienceMs;
  return () => performance.now() > atMs;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
