import { usage } from '../error.js';
import type { TransportKind } from './types.js';

/**
 * Every kind of broker that bench can start and speak to, and where it is. Each is loaded when it is asked for: its client library costs a process
 * a tenth of a second and megabytes, and no run speaks to more than two. A chat node delivers to itself without any of them.
 */
const kinds: ReadonlyMap<string, () => Promise<TransportKind>> = new Map([
  ['redis', async () => (await import('./redis/index.js')).redis],
  ['redis-cluster', async () => (await import('./cluster/index.js')).redisCluster],
  ['redis-sharded', async () => (await import('./cluster/index.js')).redisSharded],
  ['hub', async () => (await import('./hub/index.js')).hub],
  ['node', async () => (await import('./node/index.js')).node],
  ['rabbitmq', async () => (await import('./rabbitmq/index.js')).rabbitmq],
  ['rabbitmq-hash', async () => (await import('./rabbitmq/index.js')).rabbitmqHash],
  ['nats', async () => (await import('./nats/index.js')).nats],
  ['redis-adapter', async () => (await import('./adapters/index.js')).classic],
  ['redis-sharded-adapter', async () => (await import('./adapters/index.js')).sharded],
  ['redis-streams-adapter', async () => (await import('./adapters/index.js')).streams],
  ['node-cluster', async () => (await import('./adapters/index.js')).nodeCluster],
]);

export const transportKindNames: readonly string[] = [...kinds.keys()];

/** undefined: nobody here speaks to such a broker. */
export async function findTransportKind(kind: string): Promise<TransportKind | undefined> {
  return kinds.get(kind)?.();
}

export async function transportKind(kind: string): Promise<TransportKind> {
  const found = await findTransportKind(kind);
  if (found !== undefined) return found;
  throw usage(unknownKind(kind));
}

export function unknownKind(kind: string): string {
  return `no transport speaks to brokers of kind "${kind}"; a strategy may list brokers of these kinds: ${transportKindNames.join(', ')}`;
}
