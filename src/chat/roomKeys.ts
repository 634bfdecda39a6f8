import type { ChainableCommander } from 'ioredis';

/** Keys live so long after they were last written: those of a run that was killed go by themselves, and no run is that long. */
export const keysLiveSeconds = 7 * 24 * 3600;

/** The names by which a run keeps its rooms in the store. */
export interface Keys {
  /** The set of all the keys made. */
  readonly keys: string;
  readonly channel: string;
  room(room: string): string;
  roomsOf(user: string): string;
  owner(room: string): string;
}

export function keysOf(run: string): Keys {
  const prefix = `bench:${run}:`;
  return {
    keys: `${prefix}keys`,
    channel: `${prefix}rooms`,
    room: (room) => `${prefix}room:${room}`,
    roomsOf: (user) => `${prefix}rooms-of:${user}`,
    owner: (room) => `${prefix}owner:${room}`,
  };
}

/** Also without anybody who removes them, the keys will go. */
export function mortal(multi: ChainableCommander, keys: readonly string[]): ChainableCommander {
  for (const key of keys) multi.expire(key, keysLiveSeconds);
  return multi;
}
