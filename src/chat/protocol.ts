/**
 * What a client and a chat node say to each other over Socket.IO. Every event of a client carries one object and an acknowledgement callback.
 * Ids of users, rooms and devices match `^[A-Za-z0-9_-]{1,64}$`.
 */
export interface Requests {
  /** To one user, on all of the user's sockets. */
  message: { readonly to: string; readonly text: string };
  /** To a room the sender is a member of; every member's sockets get it, the sender's too. */
  post: { readonly room: string; readonly text: string };
  /** Like `message`, accounted as a kind of its own; it tests the path before a load. */
  probe: { readonly to: string; readonly text: string };
  /** Like `post`, accounted as a probe. */
  'probe:post': { readonly room: string; readonly text: string };
  /** The creator becomes a member. Rejected when the room exists. */
  'room:create': { readonly room: string; readonly members: readonly string[] };
  'room:add': { readonly room: string; readonly user: string };
  'room:remove': { readonly room: string; readonly user: string };
  /** The rooms one is a member of. */
  'room:list': Record<string, never>;
  'room:members': { readonly room: string };
  /** Is the user online? */
  presence: { readonly user: string };
  /** From now on the user's `status` is pushed whenever it changes. Answered, in the order asked, with what it is now. */
  watch: { readonly users: readonly string[] };
  unwatch: { readonly users: readonly string[] };
  /** Answered after everything that was written to this socket before. */
  sync: Record<string, never>;
}

export interface Answers {
  message: { readonly id: string };
  post: { readonly id: string };
  probe: { readonly id: string };
  'probe:post': { readonly id: string };
  'room:create': Record<string, never>;
  'room:add': Record<string, never>;
  'room:remove': Record<string, never>;
  'room:list': { readonly rooms: readonly string[] };
  'room:members': { readonly members: readonly string[] };
  presence: { readonly status: Status };
  watch: { readonly statuses: readonly StatusChange[] };
  unwatch: Record<string, never>;
  sync: Record<string, never>;
}

/** `rejected`: it did not happen. `unknown`: it may have. */
export interface Refusal {
  readonly ok: false;
  readonly error: 'rejected' | 'unknown';
  readonly reason: string;
}

export type Reply<T> = ({ readonly ok: true } & T) | Refusal;

/** What a node pushes: event `message`, `post` or `probe`. */
export interface Delivery {
  readonly id: string;
  readonly from: string;
  readonly to?: string;
  readonly room?: string;
  readonly text: string;
}

/** `unknown`: nobody could say, or not in time. */
export type Status = 'online' | 'offline' | 'unknown';

/** What a node pushes to those who watch the user: event `status`. It is `unknown` only while nothing better was ever known. */
export interface StatusChange {
  readonly user: string;
  readonly status: Status;
}

/** A node says `bye` before it drains. */
export interface Bye {
  readonly reason: string;
}

/** The handshake: `auth: { token }`, a JWT signed with the key of the run. `sub` is the user, `sid` the device. */
export const tokenRules = { algorithm: 'HS256', issuer: 'bench', audience: 'bench-chat' } as const;
export const idPattern = /^[A-Za-z0-9_-]{1,64}$/;
