import { wordsOf } from '../../error.js';
import { decodeAddressed, type Frame, frameTypes, Junk } from './frames.js';
import type { Guest, Role } from './role.js';
import type { Tally } from './tally.js';
import type { Wire } from './wire.js';
import { entriesWords, linesWords, readQuestion, readTelling } from './words.js';

/** One request, and everything that is needed to serve it. */
interface Request {
  readonly guest: Guest;
  readonly wire: Wire;
  readonly frame: Frame;
  readonly role: Role;
  readonly tally: Tally;
}

const serve: ReadonlyMap<number, (request: Request) => void> = new Map([
  [frameTypes.publish, publish],
  [frameTypes.subscribe, subscribe],
  [frameTypes.unsubscribe, unsubscribe],
  [frameTypes.tell, tell],
  [frameTypes.ask, ask],
  [frameTypes.copy, copy],
]);

/**
 * Does what a guest asks and answers it; counts each message where it is taken in and where it is given out.
 * Throws Junk at what is no request.
 */
export function perform(request: Request): void {
  const one = serve.get(request.frame.type);
  if (one === undefined) throw new Junk(`${request.frame.type} is no type of a request`);
  one(request);
}

function publish({ wire, frame, role, tally }: Request): void {
  const { channel, body } = understood(decodeAddressed(frame.payload), 'a message');
  const receivers = role.published(channel, body);
  if (receivers === undefined) {
    tally.junk++;
    wire.refuse(frame, 'that is no message of this run');
    return;
  }
  tally.published++;
  tally.handed += receivers;
  const answer = Buffer.allocUnsafe(4);
  answer.writeUInt32LE(receivers, 0);
  wire.answer(frame, answer);
}

function subscribe(request: Request): void {
  request.tally.subscribes++;
  listen(request, (channels, channel) => channels.subscribe(request.guest, channel));
}

function unsubscribe(request: Request): void {
  request.tally.unsubscribes++;
  listen(request, (channels, channel) => channels.unsubscribe(request.guest, channel));
}

function listen({ wire, frame, role }: Request, change: (channels: NonNullable<Role['channels']>, channel: string) => void): void {
  if (role.channels === undefined) {
    wire.refuse(frame, 'nobody but the node itself listens at a node');
    return;
  }
  change(role.channels, frame.payload.toString());
  wire.answer(frame);
}

function tell({ guest, wire, frame, role, tally }: Request): void {
  const telling = understood(readTelling(frame.payload), 'a tell');
  tally.tells++;
  answerWith(wire, frame, role.told(guest, telling), () => undefined);
}

function ask({ guest, wire, frame, role, tally }: Request): void {
  const { topics, watch } = understood(readQuestion(frame.payload), 'a question');
  tally.questions++;
  answerWith(wire, frame, role.asked(guest, topics, watch), (entries) => {
    tally.answers++;
    return entriesWords(entries);
  });
}

function copy({ guest, wire, frame, role, tally }: Request): void {
  tally.copies++;
  answerWith(wire, frame, role.copied(guest), linesWords);
}

function answerWith<T>(wire: Wire, frame: Frame, answer: Promise<T>, encode: (value: T) => Buffer | undefined): void {
  answer.then((value) => wire.answer(frame, encode(value))).catch((error: unknown) => wire.refuse(frame, wordsOf(error)));
}

function understood<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Junk(`${what} that cannot be read`);
  return value;
}
