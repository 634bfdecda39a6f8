import { BenchError, wordsOf } from '../error.js';
import { Latency } from '../measure/latency.js';
import type { ComingSightings } from '../measure/sightings.js';
import type { Coming } from '../plan/types.js';
import type { Clock } from './clock.js';
import type { People } from './people.js';
import { Reasons } from './reasons.js';

/**
 * Lets devices come and go in the midst of a load. What is meant for one socket happens in that order: who is still connecting leaves
 * afterwards. A connect that fails is counted and not tried again.
 */
export class Comings {
  readonly #people: People;
  readonly #clock: Clock;
  /** The last thing under way for a socket. */
  readonly #turns = new Map<string, Promise<void>>();
  readonly #away = new Set<string>();
  readonly #failed = new Reasons();
  readonly #connectMs = new Latency();
  #left = 0;
  #firstLeftAtMs: number | null = null;
  #lastBackAtMs: number | null = null;

  constructor(people: People, clock: Clock) {
    this.#people = people;
    this.#clock = clock;
  }

  perform(coming: Coming, intendedMs: number): void {
    const socket = `${coming.user}/${coming.device}`;
    const before = this.#turns.get(socket);
    if (before === undefined && coming.do === 'disconnect') this.#leave(coming, socket);
    else
      this.#queue(socket, before, async () =>
        coming.do === 'connect' ? this.#come(coming, socket, intendedMs) : this.#leave(coming, socket),
      );
  }

  /** Resolves when every connect is acknowledged or has failed. */
  async idle(): Promise<void> {
    while (this.#turns.size > 0) await Promise.all(this.#turns.values());
  }

  sightings(): ComingSightings {
    return {
      left: this.#left,
      away: this.#away.size,
      connected: this.#connectMs.count,
      failed: this.#failed.toJSON(),
      connectMs: this.#connectMs.toBytes(),
      firstLeftAtMs: this.#firstLeftAtMs,
      lastBackAtMs: this.#lastBackAtMs,
    };
  }

  #queue(socket: string, before: Promise<void> | undefined, work: () => Promise<void>): void {
    const turn = (before === undefined ? work() : before.then(work)).finally(() => {
      if (this.#turns.get(socket) === turn) this.#turns.delete(socket);
    });
    this.#turns.set(socket, turn);
  }

  async #come({ user, device }: Coming, socket: string, intendedMs: number): Promise<void> {
    try {
      await this.#people.come(user, device);
    } catch (error) {
      if (!(error instanceof BenchError) || error.fault !== 'unavailable') throw error;
      this.#failed.add(wordsOf(error.cause ?? error));
      return;
    }
    this.#connectMs.add(this.#clock() - intendedMs);
    if (this.#away.delete(socket)) this.#lastBackAtMs = this.#clock();
  }

  #leave({ user, device }: Coming, socket: string): void {
    if (!this.#people.go(user, device)) return;
    this.#left++;
    this.#firstLeftAtMs ??= this.#clock();
    this.#away.add(socket);
  }
}
