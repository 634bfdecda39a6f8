import { globMatcher } from './glob.js';
import { bulk, type Protocol, pushHeader } from './reply.js';

/** Whoever takes published messages. */
export interface Subscriber {
  readonly protocol: Protocol;
  write(bytes: string): void;
}

interface PatternEntry {
  readonly matches: (channel: string) => boolean;
  readonly subscribers: Set<Subscriber>;
}

/** Who listens where. Every number it returns is the one Redis replies. */
export class PubSub {
  readonly #channels = new Map<string, Set<Subscriber>>();
  readonly #patterns = new Map<string, PatternEntry>();

  subscribe(channel: string, subscriber: Subscriber): void {
    const subscribers = this.#channels.get(channel);
    if (subscribers) subscribers.add(subscriber);
    else this.#channels.set(channel, new Set([subscriber]));
  }

  unsubscribe(channel: string, subscriber: Subscriber): void {
    const subscribers = this.#channels.get(channel);
    subscribers?.delete(subscriber);
    if (subscribers?.size === 0) this.#channels.delete(channel);
  }

  subscribePattern(pattern: string, subscriber: Subscriber): void {
    const entry = this.#patterns.get(pattern);
    if (entry) entry.subscribers.add(subscriber);
    else this.#patterns.set(pattern, { matches: globMatcher(pattern), subscribers: new Set([subscriber]) });
  }

  unsubscribePattern(pattern: string, subscriber: Subscriber): void {
    const entry = this.#patterns.get(pattern);
    entry?.subscribers.delete(subscriber);
    if (entry?.subscribers.size === 0) this.#patterns.delete(pattern);
  }

  /** The number of receivers: a subscriber counts once for the channel and once for every matching pattern. */
  publish(channel: string, message: string): number {
    const tail = bulk(channel) + bulk(message);
    let receivers = deliver(this.#channels.get(channel), 3, () => `$7\r\nmessage\r\n${tail}`);
    for (const [pattern, { matches, subscribers }] of this.#patterns) {
      if (matches(channel)) receivers += deliver(subscribers, 4, () => `$8\r\npmessage\r\n${bulk(pattern)}${tail}`);
    }
    return receivers;
  }

  subscriberCount(channel: string): number {
    return this.#channels.get(channel)?.size ?? 0;
  }

  channels(): string[] {
    return [...this.#channels.keys()];
  }

  get channelCount(): number {
    return this.#channels.size;
  }

  get patternCount(): number {
    return this.#patterns.size;
  }
}

function deliver(subscribers: ReadonlySet<Subscriber> | undefined, length: number, body: () => string): number {
  if (subscribers === undefined) return 0;
  const items = body();
  const frames = { 2: pushHeader(2, length) + items, 3: pushHeader(3, length) + items };
  for (const subscriber of subscribers) subscriber.write(frames[subscriber.protocol]);
  return subscribers.size;
}
