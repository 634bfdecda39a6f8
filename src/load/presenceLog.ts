import { Latency } from '../measure/latency.js';
import { type AnswerRow, type ChangeRow, type PresenceSightings, type Status, statuses } from '../measure/sightings.js';
import { Reasons } from './reasons.js';

/** A question about one user, and when it was meant to be asked and was. */
export interface Question {
  readonly about: number;
  readonly intendedMs: number;
  readonly askedAtMs: number;
}

/** What users were told of who is online; whether that was right, the ledger of all workers says later. */
export class PresenceLog {
  readonly #answers: AnswerRow[] = [];
  readonly #changes: ChangeRow[] = [];
  readonly #refused = new Reasons();
  readonly #latency: Readonly<Record<Status, Latency>> = { online: new Latency(), offline: new Latency(), unknown: new Latency() };

  answered({ about, intendedMs, askedAtMs }: Question, status: Status, atMs: number): void {
    this.#answers.push([about, askedAtMs, atMs, statuses.indexOf(status)]);
    this.#latency[status].add(atMs - intendedMs);
  }

  refused(reason: string): void {
    this.#refused.add(reason);
  }

  /** Told unasked, to somebody who watches. */
  changed(about: number, status: Status, atMs: number): void {
    this.#changes.push([about, statuses.indexOf(status), atMs]);
  }

  sightings(): PresenceSightings {
    const { online, offline, unknown } = this.#latency;
    return {
      answers: this.#answers,
      changes: this.#changes,
      latency: { online: online.toBytes(), offline: offline.toBytes(), unknown: unknown.toBytes() },
      refused: this.#refused.toJSON(),
    };
  }
}
