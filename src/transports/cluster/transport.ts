import { unavailable } from '../../error.js';
import type { Message } from '../../routing/messages.js';
import type { Address, BrokerId } from '../../routing/types.js';
import { classic, sharded } from '../redis/pubSub.js';
import { clientTimes } from '../redis/settings.js';
import { openRedis, type RedisTransport } from '../redis/transport.js';
import type { BrokerPlace, LocalNode, Transport, TransportSettings } from '../types.js';
import { type Relayed, relayedOf, strangersAmong, viewOf } from './view.js';

/** How long nothing may arrive that the instances have for each other, and how long they may take to find each other again. */
const patienceMs = 5_000;

/** Every shard channel is spoken at the primary that owns its slot, which hands it to its listeners and to nobody else: as with one Redis. */
export function openSharded(node: LocalNode, places: readonly BrokerPlace[], settings: TransportSettings): Promise<Transport> {
  return openRedis(node, places, settings, clientTimes, sharded);
}

/** A node has connections to all instances, and speaks on those that its strategy names. */
export async function openClassic(node: LocalNode, places: readonly BrokerPlace[], settings: TransportSettings): Promise<ClassicTransport> {
  const losses: BrokerId[] = [];
  const redis = await openRedis(noting(losses, node), places, settings, clientTimes, classic);
  return new ClassicTransport(redis, losses);
}

/** Classic Pub/Sub on a cluster: messages are under way not only between nodes and instances, but from one instance to another, too. */
export class ClassicTransport implements Transport {
  readonly redis: RedisTransport;
  readonly #losses: readonly BrokerId[];

  constructor(redis: RedisTransport, losses: readonly BrokerId[]) {
    this.redis = redis;
    this.#losses = losses;
  }

  /** The answer counts the listeners at that one instance: of all receivers it says nothing. */
  publish(address: Address, message: Message<Buffer>): Promise<null> {
    return this.redis.publish(address, message).then(() => null);
  }

  /** An instance that came back hears nothing of the others until they are joined again. */
  async subscribe(address: Address): Promise<void> {
    await this.redis.subscribe(address);
    if (this.#losses.length > 0) await this.#joinedAgain();
  }

  unsubscribe(address: Address): Promise<void> {
    return this.redis.unsubscribe(address);
  }

  /** First all has been taken in, then all has been relayed, then all has been handed out. */
  async settle(): Promise<void> {
    await this.redis.settle();
    await this.#relayed();
    await this.redis.settle();
  }

  close(): Promise<void> {
    return this.redis.close();
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
    const counts = await this.redis.askEach('CLUSTER INFO', relayedOf);
    const [lost] = this.#losses;
    if (lost === undefined) return [...counts.values()];
    throw unavailable(`[${lost}] was lost for a while: nobody can say what the instances still have for each other; start anew`);
  }

  /** Among those that are there. */
  async #joinedAgain(): Promise<void> {
    const late = deadline();
    for (;;) {
      const [stranger] = strangersAmong(await this.redis.askEach('CLUSTER NODES', viewOf));
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
