import { setTimeout as pause } from 'node:timers/promises';
import { unavailable, wordsOf } from '../../error.js';
import type { Message } from '../../routing/messages.js';
import { type SlotRange, slotRanges } from '../../routing/slots.js';
import type { Broker, BrokerId } from '../../routing/types.js';
import { missingRedis } from '../redis/missing.js';
import { findRedisServer, onFreePorts, startServerOn } from '../redis/start.js';
import type { Launch, LocalNode, Started, TransportSettings } from '../types.js';
import { type ClassicTransport, openClassic } from './transport.js';
import { strangersAmong, type View, viewOf } from './view.js';

/** A fresh instance waits 2 s before it says that its cluster is ok. */
const joinMs = 20_000;
const betweenLooksMs = 20;
/**
 * News spread among the instances at the pace of this time, so it is short while they meet. Then it is long: without replicas nobody could take
 * over, and the connection to an instance that is late only because the machine is busy would be cut, with all that waits on it.
 */
const nodeTimeoutMs = { meeting: 1_000, joined: 15_000 } as const;

const settings: TransportSettings = { prefix: 'bench:start:', frameKey: 1, queuedMessages: 10_000, queuedBytes: 2 ** 24 };
const proof: Message<Buffer> = { kind: 'control', id: 'start-1', view: 1, topics: [], body: Buffer.alloc(0) };

interface Instance extends Started {
  readonly id: BrokerId;
  readonly port: number;
  readonly busPort: number;
  readonly slots: SlotRange;
}

/** What must be installed; the embedded broker is no cluster. A port of one's own choice for its bus, and ranges of slots, came with Redis 7. */
export function missing(): string | undefined {
  return missingRedis('a Redis Cluster', 7);
}

/** As many primaries as brokers, without replicas; the slots are given out in the order of the brokers, as routing expects. */
export async function startCluster(brokers: readonly Broker[], launch: Launch): Promise<readonly Started[]> {
  const program = findRedisServer();
  if (program === undefined) throw unavailable(missing() ?? '');
  const slots = slotRanges(brokers.length);
  const starting = brokers.map(({ id }, index) => startInstance(id, slots[index] ?? { first: 0, last: -1 }, launch, program));
  const instances = await Promise.all(starting);
  await join(instances);
  return instances.map(({ url, pid, embedded }) => ({ url, pid, embedded }));
}

async function startInstance(id: BrokerId, slots: SlotRange, launch: Launch, program: string): Promise<Instance> {
  return onFreePorts(async () => {
    const [port, busPort] = [await launch.freePort(), await launch.freePort()];
    return { id, port, busPort, slots, ...(await startInstanceOn(port, busPort, id, launch, program)) };
  });
}

/** One that ran on these ports before remembers its cluster. */
export async function startInstanceOn(port: number, busPort: number, id: BrokerId, launch: Launch, program: string): Promise<Started> {
  try {
    return await startServerOn(port, id, launch, program, clusterArguments(port, busPort));
  } catch (error) {
    if (/Bad directive/i.test(wordsOf(error)))
      throw unavailable(`[${id}] ${program} is too old: a Redis Cluster needs redis-server 7 or newer, or valkey-server`, error);
    throw error;
  }
}

function clusterArguments(port: number, busPort: number): string[] {
  const cluster = ['--cluster-enabled', 'yes', '--cluster-port', String(busPort), '--cluster-config-file', `nodes-${port}.conf`];
  return [...cluster, '--cluster-node-timeout', String(nodeTimeoutMs.meeting), '--cluster-require-full-coverage', 'no'];
}

/** Resolves when every instance knows every other one, and a message published on each was heard on each. */
async function join(instances: readonly Instance[]): Promise<void> {
  const witness = new Witness();
  const transport = await openClassic(witness, instances, settings);
  try {
    await giveSlots(instances, transport);
    await introduce(instances, transport);
    await untilJoined(instances, transport);
    await transport.askEach('CONFIG SET', (redis) => redis.call('CONFIG', 'SET', 'cluster-node-timeout', nodeTimeoutMs.joined));
    await prove(instances, transport, witness);
  } finally {
    await transport.close();
  }
}

/** Epochs differ, so that the instances need not agree on them by themselves, which takes time. */
async function giveSlots(instances: readonly Instance[], transport: ClassicTransport): Promise<void> {
  const slots = new Map(instances.map((instance) => [instance.id, instance.slots]));
  const epochs = new Map(instances.map(({ id }, index) => [id, index + 1]));
  await transport.askEach('CLUSTER ADDSLOTSRANGE', (redis, id) =>
    redis.call('CLUSTER', 'ADDSLOTSRANGE', slots.get(id)?.first ?? 0, slots.get(id)?.last ?? 0),
  );
  await transport.askEach('CLUSTER SET-CONFIG-EPOCH', (redis, id) => redis.call('CLUSTER', 'SET-CONFIG-EPOCH', epochs.get(id) ?? 0));
}

/** Each meets all after it; news of the others would spread by itself, but slowly. */
async function introduce(instances: readonly Instance[], transport: ClassicTransport): Promise<void> {
  await transport.askEach('CLUSTER MEET', async (redis, id) => {
    const others = instances.slice(instances.findIndex((instance) => instance.id === id) + 1);
    return Promise.all(others.map(({ port, busPort }) => redis.call('CLUSTER', 'MEET', '127.0.0.1', port, busPort)));
  });
}

async function untilJoined(instances: readonly Instance[], transport: ClassicTransport): Promise<void> {
  const latestMs = performance.now() + joinMs;
  for (;;) {
    const views = await transport.askEach('CLUSTER NODES', viewOf);
    const wrong = instances.flatMap(({ id }) => stateOf(id, views) ?? []);
    if (wrong.length === 0) return;
    if (performance.now() > latestMs) throw unavailable(`${wrong.join('; ')}, ${joinMs / 1000} s after it was to join the cluster`);
    await pause(betweenLooksMs);
  }
}

/** Undefined: all is well. */
function stateOf(id: BrokerId, views: ReadonlyMap<BrokerId, View>): string | undefined {
  const view = views.get(id);
  if (view === undefined) return `[${id}] does not answer`;
  if (!view.ok) return `[${id}] does not say that the cluster is ok`;
  return strangersAmong(views).includes(id) ? `[${id}] is not known to all others` : undefined;
}

async function prove(instances: readonly Instance[], transport: ClassicTransport, { heard }: Witness): Promise<void> {
  const addresses = instances.map(({ id }) => ({ broker: id, channel: 'joined' }));
  await Promise.all(addresses.map((address) => transport.subscribe(address)));
  await Promise.all(addresses.map((address) => transport.publish(address, proof)));
  await transport.settle();
  const deaf = instances.find(({ id }) => heard.get(id) !== instances.length);
  if (deaf !== undefined)
    throw unavailable(`[${deaf.id}] of ${instances.length} messages, one from each instance, ${heard.get(deaf.id) ?? 0} were heard there`);
}

/** Counts the messages that each instance hands out. */
class Witness implements LocalNode {
  readonly id = 'start';
  readonly heard = new Map<BrokerId, number>();

  arrived({ broker }: { readonly broker: BrokerId }): void {
    this.heard.set(broker, (this.heard.get(broker) ?? 0) + 1);
  }

  /** Each of these shows as a message that was not heard, or as an instance that does not answer. */
  junk(): void {}
  lost(): void {}
  reconnected(): void {}
}
