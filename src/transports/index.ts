import { usage } from '../error.js';
import { adapterKinds } from './adapters/index.js';
import { redisCluster, redisSharded } from './cluster/index.js';
import { hub } from './hub/index.js';
import { nats } from './nats/index.js';
import { node } from './node/index.js';
import { rabbitmq, rabbitmqHash } from './rabbitmq/index.js';
import { redis } from './redis/index.js';
import type { TransportKind } from './types.js';

/** Every kind of broker that bench can start and speak to. A chat node delivers to itself without any of them. */
export const transportKinds: readonly TransportKind[] = [
  redis,
  redisCluster,
  redisSharded,
  hub,
  node,
  rabbitmq,
  rabbitmqHash,
  nats,
  ...adapterKinds,
];

export function transportKind(kind: string): TransportKind {
  const found = transportKinds.find((candidate) => candidate.kind === kind);
  if (found !== undefined) return found;
  throw usage(
    `no transport speaks to brokers of kind "${kind}"; a strategy may list brokers of these kinds: ${transportKinds.map((known) => known.kind).join(', ')}`,
  );
}
