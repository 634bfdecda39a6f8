import type { Broker, Size } from './types.js';

/** The Redis of a run, r1 to rR: none knows of the others. */
export function redises({ brokers }: Pick<Size, 'brokers'>): readonly Broker[] {
  return Array.from({ length: brokers }, (_, index) => ({ id: `r${index + 1}`, kind: 'redis' }));
}
