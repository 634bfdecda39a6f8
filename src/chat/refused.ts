/** Why a request, a handshake or a connection was refused: a closed list, for it becomes a label of a metric. */
export type Reason =
  | 'foreign origin'
  | 'draining'
  | 'no token'
  | 'token expired'
  | 'token invalid'
  | 'second sign-in'
  | 'connection closed'
  | 'subscription not confirmed'
  | 'unknown event'
  | 'no callback'
  | 'no payload'
  | 'body too large'
  | 'extra arguments'
  | 'not an id'
  | 'not a text'
  | 'too many events'
  | 'too many copies'
  | 'too many watched'
  | 'not a member'
  | 'room exists'
  | 'too many members'
  | 'room store down'
  | 'room change not confirmed'
  | 'node did not confirm'
  | 'broker refused'
  | 'broker did not confirm'
  | 'server error';

/** A request that is answered with a Refusal. `rejected`: it did not happen. `unknown`: it may have. */
export class Refused extends Error {
  readonly outcome: 'rejected' | 'unknown';
  readonly reason: Reason;

  constructor(outcome: 'rejected' | 'unknown', reason: Reason, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'Refused';
    this.outcome = outcome;
    this.reason = reason;
  }
}

export function rejected(reason: Reason, cause?: unknown): Refused {
  return new Refused('rejected', reason, { cause });
}

export function unknown(reason: Reason, cause?: unknown): Refused {
  return new Refused('unknown', reason, { cause });
}

/** Refusals since the node started, by reason. */
export class Refusals {
  readonly #counts = new Map<Reason, number>();

  count(reason: Reason): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + 1);
  }

  byReason(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }
}
