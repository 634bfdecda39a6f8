import slotOfKey from 'cluster-key-slot';
import type { Broker } from './types.js';

/** Slots of a Redis Cluster: https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#key-distribution-model */
export const slotCount = 16_384;

/** The slots of one primary, both ends included. */
export interface SlotRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The slot of every key and channel whose hash tag, the text between its first `{` and the next `}`, is this text;
 * whatever stands before the tag, such as the name of a run, plays no part. As Redis clients reckon it.
 */
export function slotOf(tag: string): number {
  return slotOfKey(tag);
}

/** The slots in one row, cut into equal parts: the first is for the first primary, and so on. This is how a cluster is started, too. */
export function slotRanges(primaries: number): readonly SlotRange[] {
  const first = (index: number) => Math.ceil((index * slotCount) / primaries);
  return Array.from({ length: primaries }, (_, index) => ({ first: first(index), last: first(index + 1) - 1 }));
}

/** The primary that a slot belongs to, of primaries in the order in which the slots were given out. Throws when there is none. */
export function ownerOf(slot: number, primaries: readonly Broker[]): Broker {
  const owner = primaries[Math.floor((slot * primaries.length) / slotCount)];
  if (owner === undefined) throw new RangeError(`no primary of ${primaries.length} owns slot ${slot}`);
  return owner;
}
