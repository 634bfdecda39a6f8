/** When a connect was asked for and when it was acknowledged, Unix ms. */
export type Connect = readonly [askedAtMs: number, atMs: number];

/** One time online of a socket. It ends when its disconnect is asked for, or when it is cut. */
export interface Session {
  readonly askedAtMs: number;
  readonly connectedAtMs: number;
  /** Infinity while it lasts. */
  readonly endedAtMs: number;
}

/** `online`: a message had to arrive; `offline`: it could not; `between`: nobody can say. */
export type Presence = 'online' | 'between' | 'offline';

/** Each connect lasts until the first end after it. */
export function sessionsOf(connects: readonly Connect[], endsMs: readonly number[]): readonly Session[] {
  return connects.map(([askedAtMs, connectedAtMs]) => ({
    askedAtMs,
    connectedAtMs,
    endedAtMs: endsMs.reduce((first, end) => (end >= connectedAtMs && end < first ? end : first), Infinity),
  }));
}

/**
 * Presence for everything sent from `firstMs` to the end of the millisecond `lastMs`; undefined when it differs within.
 * A message is under way for `graceMs` at most, and clocks of two workers may differ by as much.
 */
export function presence(sessions: readonly Session[], firstMs: number, lastMs: number, graceMs: number): Presence | undefined {
  const over = lastMs + 1 + graceMs;
  if (sessions.some(({ connectedAtMs, endedAtMs }) => connectedAtMs <= firstMs && endedAtMs >= over)) return 'online';
  if (sessions.every(({ askedAtMs, endedAtMs }) => over <= askedAtMs || firstMs > endedAtMs + graceMs)) return 'offline';
  return firstMs === lastMs ? 'between' : undefined;
}
