import { type Entry, entryKey, type Telling } from './directory.js';
import type { BrokerId, Topic } from './types.js';

/** An entry that a place of a directory is told. */
export interface Tell extends Entry {
  readonly place: BrokerId;
}

/** Something to be put to a place; the attempt names it in the answer. */
export interface TellAttempt {
  readonly place: BrokerId;
  readonly telling: Telling;
  readonly attempt: number;
}

interface Told extends Tell {
  on: boolean;
  /** 0: none is under way. */
  attempt: number;
  confirmed: boolean;
}

/** A tell as a map key. Broker ids hold no space. */
export function tellKey(tell: Tell): string {
  return `${tell.place} ${entryKey(tell)}`;
}

/**
 * What a node has told the places of directories about itself. Invariant: a line stands while it is wanted or until its taking back is
 * confirmed, so that nothing stays behind at a place that was lost meanwhile; only the latest attempt can confirm it.
 */
export class Tellings {
  readonly #lines = new Map<string, Told>();
  readonly #open = new Map<number, Told>();
  readonly #nextAttempt: () => number;

  constructor(nextAttempt: () => number) {
    this.#nextAttempt = nextAttempt;
  }

  /** Returns what to tell, if the place was not told already. */
  hold(tell: Tell): TellAttempt | undefined {
    const line = this.#lines.get(tellKey(tell));
    if (line?.on) return undefined;
    return this.#turn(line ?? this.#add(tell), true);
  }

  /** The place comes to know it without being told. */
  assume(tell: Tell): void {
    if (!this.#lines.has(tellKey(tell))) this.#add(tell).confirmed = true;
  }

  /** Returns what to tell, if the place was told before. */
  release(tell: Tell): TellAttempt | undefined {
    const line = this.#lines.get(tellKey(tell));
    return line?.on ? this.#turn(line, false) : undefined;
  }

  /** Returns what a place knows from now on; undefined when this attempt is not the latest, or took something back. */
  confirm(attempt: number): Tell | undefined {
    const line = this.#open.get(attempt);
    if (line === undefined) return undefined;
    this.#close(line);
    line.confirmed = true;
    if (line.on) return line;
    this.#lines.delete(tellKey(line));
    return undefined;
  }

  confirmed(tell: Tell): boolean {
    const line = this.#lines.get(tellKey(tell));
    return line?.on === true && line.confirmed;
  }

  /** What was confirmed there no longer is, and what is under way will not be. */
  lose(place: BrokerId): void {
    for (const line of this.#at(place)) {
      this.#close(line);
      line.confirmed = false;
    }
  }

  /** What a place that is back must be told again. */
  *again(place: BrokerId): Iterable<TellAttempt> {
    for (const line of this.#at(place)) if (!line.confirmed) yield this.#turn(line, line.on);
  }

  /** Nobody asks there any more. */
  leave(stays: (place: BrokerId) => boolean): void {
    for (const [key, line] of this.#lines) {
      if (stays(line.place)) continue;
      this.#close(line);
      this.#lines.delete(key);
    }
  }

  /** Entries told, by the first letter of their topics: one for each place. */
  count(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { topic, on } of this.#lines.values()) if (on) counts[letterOf(topic)] = (counts[letterOf(topic)] ?? 0) + 1;
    return counts;
  }

  #add({ place, topic, address }: Tell): Told {
    const line = { place, topic, address, on: true, attempt: 0, confirmed: false };
    this.#lines.set(tellKey(line), line);
    return line;
  }

  #turn(line: Told, on: boolean): TellAttempt {
    this.#close(line);
    line.on = on;
    line.confirmed = false;
    line.attempt = this.#nextAttempt();
    this.#open.set(line.attempt, line);
    const { place, topic, address, attempt } = line;
    return { place, telling: { topic, address, on }, attempt };
  }

  #close(line: Told): void {
    this.#open.delete(line.attempt);
    line.attempt = 0;
  }

  *#at(place: BrokerId): Iterable<Told> {
    for (const line of this.#lines.values()) if (line.place === place) yield line;
  }
}

function letterOf(topic: Topic): string {
  return topic.charAt(0);
}
