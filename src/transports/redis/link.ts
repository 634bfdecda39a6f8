import { unavailable, wordsOf } from '../../error.js';
import { Line } from '../line.js';
import type { BrokerLink } from '../linked.js';
import { Outbox } from '../outbox.js';
import { decodeFrames } from '../pack.js';
import type { ConnectionTimes } from '../times.js';
import type { BrokerPlace, LocalNode, TransportSettings } from '../types.js';
import { dial } from './dial.js';
import type { PubSub } from './pubSub.js';
import type { CommandCounts, RedisSession } from './session.js';

/** Whatever gives a Redis a command by its name: a session of ours, or ioredis. */
export interface Caller {
  call(command: string, ...words: (string | number)[]): Promise<unknown>;
}

/**
 * One node and one Redis: a connection to publish on and one to listen on, so that neither waits for the other. It is up while both are.
 * Subscriptions stay confirmed, and new ones are, while only the first is down; so every break of the second is told, also when the link was down already.
 */
export class Link implements BrokerLink {
  readonly commands: CommandCounts | undefined;
  readonly #node: LocalNode;
  readonly #id: string;
  readonly #settings: TransportSettings;
  readonly #pubSub: PubSub;
  readonly #prefixBytes: number;
  readonly #publishing: Line<RedisSession>;
  readonly #listening: Line<RedisSession>;
  readonly #outbox: Outbox<number>;
  #open = false;
  #up = true;

  constructor(node: LocalNode, { id, url }: BrokerPlace, settings: TransportSettings, times: ConnectionTimes, pubSub: PubSub) {
    this.#node = node;
    this.#id = id;
    this.#settings = settings;
    this.#pubSub = pubSub;
    this.#prefixBytes = Buffer.byteLength(settings.prefix);
    this.commands = settings.batching?.has(id) ? { put: 0, answered: 0, got: 0 } : undefined;
    const parts = {
      pubSub,
      commands: this.commands,
      turns: settings.turns,
      message: (channel: Buffer, bytes: Buffer) => this.#arrived(channel, bytes),
    };
    const connect = () => dial(url, times, parts);
    const came = () => this.#came();
    this.#publishing = new Line(id, times, connect, { came, broke: () => this.#publishingBroke() });
    this.#listening = new Line(id, times, connect, { came, broke: () => this.#listeningBroke() });
    this.#outbox = new Outbox(this.#publishing, settings);
  }

  /** Waits for both, also when one fails: whoever closes then must not miss the other. */
  async open(): Promise<void> {
    const opened = await Promise.allSettled([this.#publishing.open(), this.#listening.open()]);
    const failed = opened.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    this.#open = true;
    if (this.#listening.session === undefined) this.#listeningBroke();
    else if (this.#publishing.session === undefined) this.#publishingBroke();
  }

  publish(channel: string, frame: Buffer): Promise<number> {
    return this.#outbox.publish(this.#settings.prefix + channel, frame);
  }

  /** A connection that does not confirm is given up: whether it listens is not known, and all is subscribed again when it is back. */
  async subscribe(channel: string): Promise<void> {
    const { subscribe } = this.#pubSub;
    if (await this.#listening.ask(subscribe, (session) => session.subscribe(this.#settings.prefix + channel))) return;
    const { words } = this.#listening;
    throw unavailable(`[${this.#id}] the connection broke before it confirmed ${subscribe} (${words}); subscribe again when it is back`);
  }

  /** Where the connection is gone there is nothing to leave. */
  async unsubscribe(channel: string): Promise<void> {
    await this.#listening.ask(this.#pubSub.unsubscribe, (session) => session.unsubscribe(this.#settings.prefix + channel));
  }

  /** Asked on the connection that publishes: answered after all that was published before. Undefined: the connection is gone. */
  async ask<T>(command: string, give: (redis: Caller) => Promise<T>): Promise<T | undefined> {
    let answer: T | undefined;
    await this.#publishing.await(async (session) => {
      try {
        answer = await give(session);
      } catch (error) {
        throw new Error(`refused ${command}: ${wordsOf(error)}`);
      }
    });
    return answer;
  }

  /** Redis answers in order: after PONG no publish from before is open, and all that was handed out to the listener before has been taken in. */
  async settle(): Promise<void> {
    await this.#publishing.await((session) => session.settle());
    await this.#listening.await((session) => session.settle());
  }

  async close(): Promise<void> {
    this.#open = false;
    await Promise.all([this.#publishing.close(), this.#listening.close()]);
    this.#outbox.close();
  }

  #arrived(channel: Buffer, bytes: Buffer): void {
    const messages = decodeFrames(bytes, this.#settings.frameKey);
    if (messages.length === 0) this.#node.junk(this.#id);
    const address = { broker: this.#id, channel: channel.toString('utf8', this.#prefixBytes) };
    if (this.commands !== undefined && messages.length > 0) this.commands.got++;
    for (const message of messages) this.#node.arrived(address, message);
  }

  #came(): void {
    if (!this.#open || this.#up || this.#publishing.session === undefined || this.#listening.session === undefined) return;
    this.#up = true;
    this.#node.reconnected(this.#id);
  }

  #publishingBroke(): void {
    if (!this.#open || !this.#up) return;
    this.#up = false;
    this.#node.lost(this.#id, 'publishing');
  }

  #listeningBroke(): void {
    if (!this.#open) return;
    this.#up = false;
    this.#node.lost(this.#id);
  }
}
