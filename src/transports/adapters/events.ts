import * as v from 'valibot';
import type { Message } from '../../routing/messages.js';
import { type Kind, kinds, type Topic } from '../../routing/types.js';
import { isTopic } from './glance.js';

/** The kind of traffic that an event for sockets is; Socket.IO knows it by its name alone. */
export const kindsOfEvents: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['message', 'chat'],
  ['post', 'chat'],
  ['probe', 'probe'],
]);

/** A finished Socket.IO packet (`2["message",{...}]`) as what it was made from. */
export function eventOf(body: Buffer): readonly [event: string, ...unknown[]] {
  return JSON.parse(body.toString('utf8', 1)) as [string, ...unknown[]];
}

/** The event by which nodes say to each other what is for no socket. */
export const nodeEvent = 'bench';

const fields = v.strictTuple([
  v.picklist(kinds),
  v.pipe(v.string(), v.regex(/^[A-Za-z0-9_.-]{1,80}$/)),
  v.pipe(v.number(), v.integer(), v.minValue(0)),
  v.custom<Topic>((room) => typeof room === 'string' && isTopic(room)),
  v.string(),
]);

export function nodeEventOf({ kind, id, view, body }: Message<Buffer>, topic: Topic): v.InferOutput<typeof fields> {
  return [kind, id, view, topic, body.toString('utf8')];
}

/** The message that another node said; undefined for anything else. */
export function messageOf(given: readonly unknown[]): Message<Buffer> | undefined {
  const parsed = v.safeParse(fields, given);
  if (!parsed.success) return undefined;
  const [kind, id, view, topic, body] = parsed.output;
  return { kind, id, view, topics: [topic], body: Buffer.from(body) };
}
