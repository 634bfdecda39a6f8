import type { ClientTransport } from '../plan/types.js';
import type { HistogramBytes } from './latency.js';

/** What an asked node can answer of a user. */
export const statuses = ['online', 'offline', 'unknown'] as const;
export type Status = (typeof statuses)[number];

/** A room message as its recipients at one worker saw it: first and last arrival of message n at index n - 1, ms from the start; null: none. */
export type SpreadRow = readonly [from: number, room: number, firstMs: readonly (number | null)[], lastMs: readonly (number | null)[]];
/** Whom somebody asked about, when, when the answer came, and the index of what it was. */
export type AnswerRow = readonly [about: number, askedAtMs: number, atMs: number, status: number];
/** Whose change of status was told to somebody who watches, the index of what it is now, and when. */
export type ChangeRow = readonly [about: number, status: number, atMs: number];

export interface PresenceSightings {
  readonly answers: readonly AnswerRow[];
  readonly changes: readonly ChangeRow[];
  /** Answer - intended question. */
  readonly latency: Readonly<Record<Status, HistogramBytes>>;
  /** Questions that were refused or never answered, by reason. */
  readonly refused: Readonly<Record<string, number>>;
}

export interface ComingSightings {
  /** Disconnects, and sockets that were away in the end. */
  readonly left: number;
  readonly away: number;
  readonly connected: number;
  /** Connects that failed, by reason. */
  readonly failed: Readonly<Record<string, number>>;
  /** Acknowledged - intended. */
  readonly connectMs: HistogramBytes;
  readonly firstLeftAtMs: number | null;
  readonly lastBackAtMs: number | null;
}

export interface HttpSightings {
  readonly messages: number;
  readonly asks: number;
  /** Answers by HTTP status. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly unanswered: number;
  readonly seconds: number;
  /** Answer - request. */
  readonly messageMs: HistogramBytes;
  readonly askMs: HistogramBytes;
}

/** What one load worker saw that answers what a scenario asks; plain data for the control connection. Instants are Unix ms; absent: nothing of the kind was played. */
export interface Sightings {
  readonly startMs: number;
  readonly spread: readonly SpreadRow[];
  /** Received - intended, by how the recipient connects; absent: all alike. */
  readonly responseBy?: Readonly<Partial<Record<ClientTransport, HistogramBytes>>>;
  readonly presence?: PresenceSightings;
  readonly comings?: ComingSightings;
  readonly http?: HttpSightings;
}
