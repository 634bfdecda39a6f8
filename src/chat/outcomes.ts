import { isDefinite } from '../transports/types.js';
import type { Soon } from './soon.js';

/** What became of something that was said. */
export type Outcome =
  | {
      readonly status: 'taken';
      /** Brokers' receivers and this node itself, if it was reached by a call; null where a transport does not say. */
      readonly receivers: number | null;
    }
  | { readonly status: 'rejected' | 'unknown' };

/** What was done for one message. */
export interface Performed {
  readonly publishes: Promise<number | null>[];
  /** Calls to this node itself: deliveries and questions. */
  calls: number;
}

export function nothingPerformed(): Performed {
  return { publishes: [], calls: 0 };
}

/** Never rejects: rejected is what did not happen anywhere, for certain; unknown what may have happened in part. */
export function outcomeOf(performed: Performed): Soon<Outcome> {
  const { publishes, calls } = performed;
  const [first] = publishes;
  if (first === undefined) return { status: 'taken', receivers: calls };
  return publishes.length === 1 ? outcomeOfOne(first, calls) : outcomeOfAll(performed);
}

async function outcomeOfOne(publish: Promise<number | null>, calls: number): Promise<Outcome> {
  try {
    const receivers = await publish;
    return { status: 'taken', receivers: receivers === null ? null : calls + receivers };
  } catch (error) {
    return { status: calls === 0 && isDefinite(error) ? 'rejected' : 'unknown' };
  }
}

async function outcomeOfAll({ publishes, calls }: Performed): Promise<Outcome> {
  const results = await Promise.allSettled(publishes);
  const failed = results.filter((result) => result.status === 'rejected');
  if (failed.length === 0) return { status: 'taken', receivers: sum(calls, results) };
  const nothingHappened = calls === 0 && failed.length === results.length && failed.every(({ reason }) => isDefinite(reason));
  return { status: nothingHappened ? 'rejected' : 'unknown' };
}

function sum(calls: number, results: readonly PromiseSettledResult<number | null>[]): number | null {
  let receivers: number | null = calls;
  for (const result of results) {
    if (result.status === 'rejected' || result.value === null || receivers === null) receivers = null;
    else receivers += result.value;
  }
  return receivers;
}
