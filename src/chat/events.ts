import { isId } from './ids.js';
import type { Requests } from './protocol.js';
import type { Reason } from './refused.js';

/** A request that passed: every field has the type that the protocol says. */
export type Request = { [E in keyof Requests]: { readonly event: E; readonly payload: Requests[E] } }[keyof Requests];

/** Socket.IO's acknowledgement; it takes one call and ignores later ones. */
export type Acknowledge = (reply: unknown) => void;

export type Parsed =
  | { readonly request: Request; readonly acknowledge: Acknowledge }
  | { readonly reason: Reason; readonly acknowledge: Acknowledge | undefined };

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

/** What a client sent, as Socket.IO hands it over: the name, the arguments, and last the acknowledgement if the client wants one. Never throws. */
export function parseEvent(args: readonly unknown[], textMax: number): Parsed {
  const last = args.at(-1);
  const acknowledge = isAcknowledge(last) ? last : undefined;
  const check = checkOf.get(args[0]);
  if (check === undefined) return { reason: 'unknown event', acknowledge };
  if (acknowledge === undefined) return { reason: 'no callback', acknowledge };
  if (args.length > 3) return { reason: 'extra arguments', acknowledge };
  const fields = args[1];
  if (!isFields(fields)) return { reason: 'no payload', acknowledge };
  const request = check(fields, textMax);
  return typeof request === 'string' ? { reason: request, acknowledge } : { request, acknowledge };
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
