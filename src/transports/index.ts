import { usage } from '../error.js';
import { adapterKinds } from './adapters/index.js';
import { redis } from './redis/index.js';
import type { TransportKind } from './types.js';

/** Every kind of broker that bench can start and speak to. A chat node delivers to itself without any of them. */
export const transportKinds: readonly TransportKind[] = [redis, ...adapterKinds];

export function transportKind(kind: string): TransportKind {
  const found = transportKinds.find((candidate) => candidate.kind === kind);
  if (found !== undefined) return found;
  throw usage(
    `no transport speaks to brokers of kind "${kind}"; a strategy may list brokers of these kinds: ${transportKinds.map((known) => known.kind).join(', ')}`,
  );
}
