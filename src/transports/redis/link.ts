import type { Redis } from 'ioredis';
import { unavailable } from '../../error.js';
import { decodeFrame } from '../frame.js';
import type { ConnectionTimes } from '../times.js';
import type { BrokerPlace, LocalNode, TransportSettings } from '../types.js';
import { Connection } from './connection.js';
import { Publisher } from './publisher.js';
import type { PubSub } from './pubSub.js';

/**
 * One node and one Redis: a connection to publish on and one to listen on, so that neither waits for the other. It is up while both are.
 * Subscriptions stay confirmed, and new ones are, while only the first is down; so every break of the second is told, also when the link was down already.
 */
export class Link {
  readonly #node: LocalNode;
  readonly #place: BrokerPlace;
  readonly #settings: TransportSettings;
  readonly #pubSub: PubSub;
  readonly #prefixBytes: number;
  readonly #publishing: Connection;
  readonly #listening: Connection;
  readonly #publisher: Publisher;
  #open = false;
  #up = true;

  constructor(node: LocalNode, place: BrokerPlace, settings: TransportSettings, times: ConnectionTimes, pubSub: PubSub) {
    this.#node = node;
    this.#place = place;
    this.#settings = settings;
    this.#pubSub = pubSub;
    this.#prefixBytes = Buffer.byteLength(settings.prefix);
    const came = () => this.#came();
    this.#publishing = new Connection(place, times, { came, broke: () => this.#publishingBroke() });
    this.#listening = new Connection(place, times, {
      came,
      broke: () => this.#listeningBroke(),
      message: (channel, bytes) => this.#arrived(channel, bytes),
    });
    this.#publisher = new Publisher(this.#publishing, settings, pubSub);
  }

  async open(): Promise<void> {
    await Promise.all([this.#publishing.open(), this.#listening.open()]);
    this.#open = true;
    if (!this.#listening.connected) this.#listeningBroke();
    else if (!this.#publishing.connected) this.#publishingBroke();
  }

  publish(channel: string, frame: Buffer): Promise<number> {
    return this.#publisher.publish(channel, frame);
  }

  /** A connection that does not confirm is given up: whether it listens is not known, and all is subscribed again when it is back. */
  async subscribe(channel: string): Promise<void> {
    const { subscribe } = this.#pubSub.names;
    const { id, words } = this.#listening;
    if (await this.#listening.ask(subscribe, (redis) => this.#pubSub.subscribe(redis, this.#settings.prefix + channel), 'giveUp')) return;
    throw unavailable(`[${id}] the connection broke before it confirmed ${subscribe} (${words}); subscribe again when it is back`);
  }

  /** Where the connection is gone there is nothing to leave. */
  async unsubscribe(channel: string): Promise<void> {
    const { unsubscribe } = this.#pubSub.names;
    await this.#listening.ask(unsubscribe, (redis) => this.#pubSub.unsubscribe(redis, this.#settings.prefix + channel), 'giveUp');
  }

  /** Asked on the connection that publishes: answered after all that was published before. Undefined: the connection is gone. */
  async ask<T>(command: string, give: (redis: Redis) => Promise<T>): Promise<T | undefined> {
    let answer: T | undefined;
    await this.#publishing.ask(command, async (redis) => {
      answer = await give(redis);
    });
    return answer;
  }

  /** Redis answers in order: after PONG no publish from before is open, and all that was handed out to the listener before has been taken in. */
  async settle(): Promise<void> {
    await this.#publishing.ask('PING', (redis) => redis.ping());
    await this.#listening.ask('PING', (redis) => redis.ping());
  }

  async close(): Promise<void> {
    this.#open = false;
    await Promise.all([this.#publishing.close(), this.#listening.close()]);
  }

  #arrived(channel: Buffer, bytes: Buffer): void {
    const message = decodeFrame(bytes, this.#settings.frameKey);
    if (message === undefined) this.#node.junk(this.#place.id);
    else this.#node.arrived({ broker: this.#place.id, channel: channel.toString('utf8', this.#prefixBytes) }, message);
  }

  get #connected(): boolean {
    return this.#publishing.connected && this.#listening.connected;
  }

  #came(): void {
    if (!this.#open || this.#up || !this.#connected) return;
    this.#up = true;
    this.#node.reconnected(this.#place.id);
  }

  #publishingBroke(): void {
    if (!this.#open || !this.#up) return;
    this.#up = false;
    this.#node.lost(this.#place.id, 'publishing');
  }

  #listeningBroke(): void {
    if (!this.#open) return;
    this.#up = false;
    this.#node.lost(this.#place.id);
  }
}
