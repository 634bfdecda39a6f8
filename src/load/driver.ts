import type { Answers, Refusal, Reply, Requests } from '../chat/protocol.js';
import type { ClientTransport } from '../plan/types.js';

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
  /** Absent: WebSocket. */
  readonly transport?: ClientTransport;
}

/** What a node pushes besides `bye`. */
export const pushes = ['message', 'post', 'probe', 'status'] as const;
export type Push = (typeof pushes)[number];

export interface Hooks {
  /** As it came off the wire: not checked. */
  pushed(event: Push, delivery: unknown): void;
  /** Nobody here asked for it. */
  cut(reason: string): void;
}

export type Answered<Answer = object> = (reply: Reply<Answer>) => void;

export interface Connection {
  /**
   * Calls `answered` once, perhaps before it returns: what was not answered is a refusal of outcome `unknown`, what could not be sent
   * one of outcome `rejected`. A callback, since a promise for each message of a load costs what it measures.
   */
  send<Event extends keyof Requests>(event: Event, payload: Requests[Event], answered: Answered<Answers[Event]>): void;
  close(): void;
}

/** The same for what is no load. Never rejects. */
export function request<Event extends keyof Requests>(
  connection: Connection,
  event: Event,
  payload: Requests[Event],
): Promise<Reply<Answers[Event]>> {
  return new Promise((resolve) => connection.send(event, payload, resolve));
}

export function refusal(error: Refusal['error'], reason: string): Refusal {
  return { ok: false, error, reason };
}

/** Answers come from our own chat server; what is checked is what is relied upon. */
export function isReply<Answer>(reply: unknown): reply is Reply<Answer> {
  if (typeof reply !== 'object' || reply === null || !('ok' in reply)) return false;
  return (
    reply.ok === true ||
    (reply.ok === false && 'error' in reply && (reply.error === 'rejected' || reply.error === 'unknown') && 'reason' in reply)
  );
}

export function isPush(event: unknown): event is Push {
  return event === 'message' || event === 'post' || event === 'probe' || event === 'status';
}

/** What a node says in its `bye`. */
export function farewellOf(bye: unknown): string {
  return typeof bye === 'object' && bye !== null && 'reason' in bye ? String(bye.reason) : 'bye';
}

/** Why the network refused a connect, in the words that Engine.IO and Node have for it. */
export function networkRefusal(words: string): string {
  const advice = words.includes('EMFILE') ? '; raise the limit of open files (ulimit -n), or spread the users over more --workers' : '';
  return `websocket error: ${words}${advice}`;
}
