import type { Topic } from '../routing/types.js';
import { encodeDelivery } from './bodies.js';
import type { DeliveryEvent } from './deliveryText.js';
import type { Request } from './events.js';
import type { Outcome } from './outcomes.js';
import type { Presence } from './presence.js';
import type { Answers, Delivery } from './protocol.js';
import { rejected, unknown } from './refused.js';
import type { Rooms } from './rooms.js';
import type { Session } from './session.js';
import { type Soon, whenThere } from './soon.js';
import type { StatusWatchers } from './statusWatchers.js';
import type { Saying } from './switchboard.js';

/** What answering requests needs of the node. */
export interface Desk {
  readonly rooms: Rooms;
  readonly presence: Presence;
  readonly watchers: StatusWatchers;
  nextId(): string;
  say(id: string, saying: Saying): Soon<Outcome>;
}

/**
 * What one event of a socket's rate limit pays for; a request for more of it costs more events. With the limits of the plan, all that a
 * socket can save up is half of what may wait for one broker: a single client does not get the messages of others refused.
 */
export const paidByOneEvent = { copies: 25, bytes: 32 * 1024 } as const;

/** Whoever pays for what is said by the events of a connection. */
interface Payer {
  readonly connection: { take(events: number): boolean };
}

/** Somebody without a session, and what one message is named for its draws. */
export interface Sender extends Payer {
  readonly user: string;
  readonly draws: string;
}

type RequestOf<Event extends Request['event']> = Extract<Request, { readonly event: Event }>;
/** What is said to others, and what is not. */
type Spoken = Extract<Request, { readonly event: 'message' | 'probe' | 'post' | 'probe:post' }>;
export type Answer = Answers[keyof Answers];
type Said = { readonly id: string };
/** What is said, once there is an id for it. */
interface Text extends Omit<Delivery, 'id'> {
  readonly event: DeliveryEvent;
}

/**
 * Answers one request of a session, or throws or rejects with a Refused. What a message is named for its draws is decided at once, before anything
 * is waited for: by its place among what the session asked, the same in every run.
 */
export function answer(desk: Desk, session: Session, request: Request): Soon<Answer> {
  const { user } = session;
  const { event, payload } = request;
  switch (event) {
    case 'message':
    case 'probe': {
      const { to, text } = payload;
      const kind = event === 'probe' ? 'probe' : 'chat';
      const draws = session.draws(kind);
      return session.inOrder<readonly Topic[], Said>([`u:${to}`], (topics) =>
        said(desk, session, { kind, topics, draws }, { event, from: user, to, text }),
      );
    }
    case 'post':
    case 'probe:post': {
      const { room, text } = payload;
      const kind = event === 'post' ? 'chat' : 'probe';
      const draws = session.draws(kind);
      return session.inOrder(desk.rooms.topics(room, user), (topics) =>
        said(desk, session, { kind, topics, draws }, { event: event === 'post' ? 'post' : 'probe', from: user, room, text }),
      );
    }
    default:
      return answerOther(desk, session, request);
  }
}

/** Whatever is no message. */
async function answerOther(desk: Desk, session: Session, { event, payload }: Exclude<Request, Spoken>): Promise<Answer> {
  const { user } = session;
  switch (event) {
    case 'presence':
      return { status: await desk.presence.ask(payload.user, session.draws('presence'), 'client') };
    case 'watch':
      charge(session, payload.users.length);
      return { statuses: await desk.watchers.watch(session, payload.users) };
    case 'unwatch':
      desk.watchers.unwatch(session, payload.users);
      return {};
    case 'room:create':
      charge(session, payload.members.length);
      await desk.rooms.create(payload.room, user, payload.members);
      return {};
    case 'room:add':
      await desk.rooms.add(payload.room, user, payload.user);
      return {};
    case 'room:remove':
      await desk.rooms.remove(payload.room, user, payload.user);
      return {};
    case 'room:list':
      return { rooms: await desk.rooms.list(user) };
    case 'room:members':
      return { members: await desk.rooms.members(payload.room, user) };
    case 'sync':
      return {};
  }
}

/** Says a message of somebody without a session, whose messages are in no order. */
export async function sayMessage(desk: Desk, sender: Sender, { event, payload: { to, text } }: RequestOf<'message'>): Promise<Said> {
  const { user, draws } = sender;
  return said(desk, sender, { kind: 'chat', topics: [`u:${to}`], draws }, { event, from: user, to, text });
}

/** The same to a room. */
export async function sayPost(desk: Desk, sender: Sender, { event, payload: { room, text } }: RequestOf<'post'>): Promise<Said> {
  const { user, draws } = sender;
  const topics = await desk.rooms.topics(room, user);
  return said(desk, sender, { kind: 'chat', topics, draws }, { event, from: user, room, text });
}

/** The acknowledgement of a message means that every address took it. */
function said(desk: Desk, payer: Payer, { kind, topics, draws }: Omit<Saying, 'by' | 'body'>, text: Text): Soon<Said> {
  const id = desk.nextId();
  const body = encodeDelivery(text.event, id, text);
  charge(payer, topics.length, body.length);
  return whenThere(desk.say(id, { by: 'client', kind, topics, draws, body }), ({ status }) => taken(id, status));
}

function taken(id: string, status: Outcome['status']): Said {
  if (status === 'rejected') throw rejected('broker refused');
  if (status === 'unknown') throw unknown('broker did not confirm');
  return { id };
}

/** One event was paid when the request came, and pays for one copy of any size. */
function charge({ connection }: Payer, copies: number, bytesEach = 0): void {
  if (copies <= 1) return;
  const events = Math.ceil(Math.max(copies / paidByOneEvent.copies, (copies * bytesEach) / paidByOneEvent.bytes));
  if (events > 1 && !connection.take(events - 1)) throw rejected('too many copies');
}
