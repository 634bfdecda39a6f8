import type { Answers, Refusal, Reply, Requests } from '../chat/protocol.js';

/** A client library as the load sees it: one connection per socket of a user. */
export interface Driver {
  /** Resolves when the connect is acknowledged. */
  connect(place: Place, hooks: Hooks): Promise<Connection>;
}

export interface Place {
  readonly url: string;
  readonly token: string;
  /** Longest wait for the connect, and for each answer. */
  readonly timeoutMs: number;
}

/** What a node pushes besides `bye`. */
export const pushes = ['message', 'post', 'probe'] as const;
export type Push = (typeof pushes)[number];

export interface Hooks {
  /** As it came off the wire: not checked. */
  pushed(event: Push, delivery: unknown): void;
  /** Nobody here asked for it. */
  cut(reason: string): void;
}

export interface Connection {
  /** Never rejects: what was not answered is a refusal of outcome `unknown`, what could not be sent one of outcome `rejected`. */
  request<Event extends keyof Requests>(event: Event, payload: Requests[Event]): Promise<Reply<Answers[Event]>>;
  close(): void;
}

export function refusal(error: Refusal['error'], reason: string): Refusal {
  return { ok: false, error, reason };
}
