/** What a node knows at the end of a turn of its event loop. Times are of one clock, and only their differences count. */
export interface TurnEnd {
  readonly nowMs: number;
  /** How long the event loop has waited for something to do, since the process began. */
  idleMs(): number;
}

export interface GatheringSettings {
  /** Longest time that anything waits so that more comes together; 0: never. */
  readonly batchDelayMsMax: number;
}

/** Begun when the event loop does nothing but work, given up when it would have time to spare; looked at so often. */
const thresholds = { busyFrom: 0.9, busyUntil: 0.3, windowMs: 50 } as const;

/**
 * Whether a node waits for a moment between two turns of its event loop, so that the next one finds more to do at once: fewer reads, writes and
 * wake-ups for the same messages. It does while it is busy and its turns are shorter than the wait; idle it never does. No clock of its own.
 */
export class Gathering {
  readonly #delayMs: number;
  #on = false;
  #windowFromMs: number | undefined;
  #idleFromMs = 0;
  #waitedMs = 0;
  #turnFromMs = 0;

  constructor({ batchDelayMsMax }: GatheringSettings) {
    this.#delayMs = batchDelayMsMax;
  }

  /** How long to wait now. */
  waitMs({ nowMs, idleMs }: TurnEnd): number {
    if (this.#delayMs <= 0) return 0;
    if (this.#windowFromMs === undefined) this.#begin(nowMs, idleMs());
    else if (nowMs - this.#windowFromMs >= thresholds.windowMs) this.#judge(nowMs, idleMs());
    const short = nowMs - this.#turnFromMs < this.#delayMs;
    const waitMs = this.#on && short ? this.#delayMs : 0;
    this.#waitedMs += waitMs;
    this.#turnFromMs = nowMs + waitMs;
    return waitMs;
  }

  #judge(nowMs: number, idleMs: number): void {
    const windowMs = nowMs - (this.#windowFromMs ?? nowMs);
    const busy = 1 - (idleMs - this.#idleFromMs + this.#waitedMs) / windowMs;
    this.#on = busy >= (this.#on ? thresholds.busyUntil : thresholds.busyFrom);
    this.#begin(nowMs, idleMs);
  }

  #begin(nowMs: number, idleMs: number): void {
    this.#windowFromMs = nowMs;
    this.#idleFromMs = idleMs;
    this.#waitedMs = 0;
  }
}
