import { isId } from './ids.js';
import type { Requests } from './protocol.js';
import type { Reason } from './refused.js';

/** A request that passed: every field has the type that the protocol says. */
export type Request = { [E in keyof Requests]: { readonly event: E; readonly payload: Requests[E] } }[keyof Requests];

/** Socket.IO's acknowledgement; it takes one call and ignores later ones. */
export type Acknowledge = (reply: unknown) => void;

export interface Received {
  /** The event's name and its arguments. */
  readonly args: readonly unknown[];
  /** Undefined: the client wants none. */
  readonly acknowledge: Acknowledge | undefined;
}

type Fields = Readonly<Record<string, unknown>>;
type Check = (fields: Fields, textMax: number) => Request | Reason;

const checks: { readonly [E in keyof Requests]: Check } = {
  message: ({ to, text }, textMax) =>
    isId(to) ? (isText(text, textMax) ? { event: 'message', payload: { to, text } } : 'not a text') : 'not an id',
  probe: ({ to, text }, textMax) =>
    isId(to) ? (isText(text, textMax) ? { event: 'probe', payload: { to, text } } : 'not a text') : 'not an id',
  post: ({ room, text }, textMax) =>
    isId(room) ? (isText(text, textMax) ? { event: 'post', payload: { room, text } } : 'not a text') : 'not an id',
  'probe:post': ({ room, text }, textMax) =>
    isId(room) ? (isText(text, textMax) ? { event: 'probe:post', payload: { room, text } } : 'not a text') : 'not an id',
  'room:create': ({ room, members }) =>
    isId(room) && areIds(members) ? { event: 'room:create', payload: { room, members } } : 'not an id',
  'room:add': ({ room, user }) => (isId(room) && isId(user) ? { event: 'room:add', payload: { room, user } } : 'not an id'),
  'room:remove': ({ room, user }) => (isId(room) && isId(user) ? { event: 'room:remove', payload: { room, user } } : 'not an id'),
  'room:list': () => ({ event: 'room:list', payload: {} }),
  'room:members': ({ room }) => (isId(room) ? { event: 'room:members', payload: { room } } : 'not an id'),
  presence: ({ user }) => (isId(user) ? { event: 'presence', payload: { user } } : 'not an id'),
  watch: ({ users }) => (areIds(users) ? { event: 'watch', payload: { users } } : 'not an id'),
  unwatch: ({ users }) => (areIds(users) ? { event: 'unwatch', payload: { users } } : 'not an id'),
  sync: () => ({ event: 'sync', payload: {} }),
};
const checkOf: ReadonlyMap<unknown, Check> = new Map(Object.entries(checks));

/** What Socket.IO hands over: the name, the arguments, and last the acknowledgement if the client wants one. */
export function receivedOf(all: readonly unknown[]): Received {
  const acknowledge = all.at(-1);
  return isAcknowledge(acknowledge) ? { args: all.slice(0, -1), acknowledge } : { args: all, acknowledge: undefined };
}

/** What a client asks for, or why it is none of what it may. Never throws. */
export function parseEvent({ args, acknowledge }: Received, textMax: number): Request | Reason {
  const check = checkOf.get(args[0]);
  if (check === undefined) return 'unknown event';
  if (acknowledge === undefined) return 'no callback';
  if (args.length > 2) return 'extra arguments';
  const fields = args[1];
  return isFields(fields) ? check(fields, textMax) : 'no payload';
}

/** JSON has no functions: one can only be Socket.IO's own. */
function isAcknowledge(value: unknown): value is Acknowledge {
  return typeof value === 'function';
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value);
}

function isText(value: unknown, max: number): value is string {
  return typeof value === 'string' && value.length <= max;
}

function areIds(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isId);
}
