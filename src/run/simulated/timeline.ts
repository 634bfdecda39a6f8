import { hopsMs } from '../../plan/hopLatency.js';
import { randomOf } from '../../plan/random.js';
import type { HopLatency } from '../../plan/types.js';
import type { Use, Wires } from '../../routing/virtualWires.js';
import { Arrivals } from './arrivals.js';

/** Wires that are kept in mind at most before those that are quiet again are forgotten. */
const rememberedMost = 100_000;

/**
 * Virtual time. Every hop takes as long as the plan's distribution draws for it, and nothing else takes any time;
 * on one wire nothing overtakes, as on a connection.
 */
export class Timeline implements Wires {
  readonly #arrivals = new Arrivals();
  readonly #hopMs: () => number;
  /** When the last thing on each wire arrives; undefined where every hop takes equally long, so that nothing can overtake. */
  readonly #latest: Map<string, number> | undefined;
  #nowMs = 0;
  #sent = 0;
  #forgetAt = rememberedMost;

  constructor(latency: HopLatency, seed: number) {
    this.#hopMs = hopsMs(latency, randomOf(seed, 'hop latency'));
    this.#latest = latency.distribution === 'constant' ? undefined : new Map();
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  /** Hops so far. */
  get hops(): number {
    return this.#sent;
  }

  send(from: string, use: Use, to: string, happen: () => void): void {
    const atMs = this.#nowMs + this.#hopMs();
    this.#add(this.#latest === undefined ? atMs : this.#inOrder(`${from} ${use} ${to}`, atMs), from, happen);
  }

  /** Not on a wire: it happens by itself. */
  at(atMs: number, happen: () => void): void {
    this.#add(Math.max(atMs, this.#nowMs), null, happen);
  }

  /** Happens when all that is under way now has arrived. */
  afterAllUnderWay(happen: () => void): void {
    this.at(this.#arrivals.lastSentMs ?? this.#nowMs, happen);
  }

  cut(from: string): void {
    this.#arrivals.drop(from);
  }

  /** Until then everything happens that is due. */
  runUntil(atMs: number): void {
    for (let first = this.#arrivals.first; first !== undefined && first.atMs <= atMs; first = this.#arrivals.first) this.#next();
    this.#nowMs = Math.max(this.#nowMs, atMs);
  }

  /** Until nothing is under way. */
  drain(): void {
    while (this.#arrivals.size > 0) this.#next();
  }

  #next(): void {
    const arrival = this.#arrivals.take();
    if (arrival === undefined) return;
    this.#nowMs = arrival.atMs;
    arrival.happen();
  }

  #add(atMs: number, from: string | null, happen: () => void): void {
    this.#arrivals.add({ atMs, number: ++this.#sent, from, happen });
  }

  #inOrder(wire: string, atMs: number): number {
    const latest = this.#latest ?? new Map<string, number>();
    const inOrderMs = Math.max(atMs, latest.get(wire) ?? 0);
    latest.set(wire, inOrderMs);
    if (latest.size > this.#forgetAt) this.#forget(latest);
    return inOrderMs;
  }

  /** What has arrived holds up nothing any more. */
  #forget(latest: Map<string, number>): void {
    for (const [wire, atMs] of latest) if (atMs <= this.#nowMs) latest.delete(wire);
    this.#forgetAt = Math.max(rememberedMost, 2 * latest.size);
  }
}
