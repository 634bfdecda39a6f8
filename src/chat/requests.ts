import { encodeDelivery } from './bodies.js';
import type { Request } from './events.js';
import type { Presence } from './presence.js';
import type { Answers } from './protocol.js';
import { rejected, unknown } from './refused.js';
import type { Rooms } from './rooms.js';
import type { Session } from './session.js';
import type { Outcome, Saying } from './switchboard.js';

/** What answering requests needs of the node. */
export interface Desk {
  readonly rooms: Rooms;
  readonly presence: Presence;
  nextId(): string;
  say(id: string, saying: Saying): Promise<Outcome>;
}

type Answer = Answers[keyof Answers];
type Said = { readonly id: string };

/**
 * Answers one request of a session, or rejects with a Refused. What a message is named for its draws is decided at once, before anything
 * is waited for: by its place among what the session asked, the same in every run.
 */
export async function answer(desk: Desk, session: Session, { event, payload }: Request): Promise<Answer> {
  const { user } = session;
  switch (event) {
    case 'message':
    case 'probe': {
      const { to, text } = payload;
      const kind = event === 'probe' ? 'probe' : 'chat';
      const id = desk.nextId();
      return said(desk, id, {
        kind,
        topics: [`u:${to}`],
        body: encodeDelivery(event, { id, from: user, to, text }),
        draws: session.draws(kind),
      });
    }
    case 'post': {
      const { room, text } = payload;
      const draws = session.draws('chat');
      const topics = await desk.rooms.topics(room, user);
      const id = desk.nextId();
      return said(desk, id, { kind: 'chat', topics, body: encodeDelivery('post', { id, from: user, room, text }), draws });
    }
    case 'presence':
      return { status: await desk.presence.ask(payload.user, session.draws('presence')) };
    case 'room:create':
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

/** The acknowledgement of a message means that every address took it. */
async function said(desk: Desk, id: string, saying: Saying): Promise<Said> {
  const { status } = await desk.say(id, saying);
  if (status === 'rejected') throw rejected('broker refused');
  if (status === 'unknown') throw unknown('broker did not confirm');
  return { id };
}
