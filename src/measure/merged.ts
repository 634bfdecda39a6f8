import type { Distribution } from './distribution.js';
import { distributionOf, type HistogramBytes, Latency } from './latency.js';

/** What several load workers counted by name, as one. */
export function added(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const total = new Map<string, number>();
  for (const counts of all) for (const [name, value] of Object.entries(counts)) total.set(name, (total.get(name) ?? 0) + value);
  return Object.fromEntries(total);
}

export function mergedOrNull(all: readonly (HistogramBytes | undefined)[]): Distribution | null {
  const latency = new Latency();
  for (const bytes of all) if (bytes !== undefined) latency.merge(Latency.fromBytes(bytes));
  return orNull(latency);
}

export function orNull(latency: Latency): Distribution | null {
  return latency.count === 0 ? null : distributionOf(latency);
}
