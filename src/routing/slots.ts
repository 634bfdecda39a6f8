import type { Broker } from './types.js';

/** Slots of a Redis Cluster: https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#key-distribution-model */
export const slotCount = 16_384;

/** The slots of one primary, both ends included. */
export interface SlotRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The slot of every key and channel whose hash tag, the text between its first `{` and the next `}`, is this ASCII text;
 * whatever stands before the tag, such as the name of a run, plays no part.
 */
export function slotOf(tag: string): number {
  return crc16(tag) % slotCount;
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

/** CRC-16/XMODEM: polynomial 0x1021, begun with 0, bits in order, as the cluster specification says. */
function crc16(text: string): number {
  let crc = 0;
  for (let index = 0; index < text.length; index++) {
    crc ^= text.charCodeAt(index) << 8;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000) === 0 ? crc << 1 : ((crc << 1) ^ 0x1021) & 0xffff;
  }
  return crc;
}
