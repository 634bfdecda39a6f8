import { unavailable } from '../../error.js';
import { decodeFrame } from '../frame.js';
import { Line } from '../line.js';
import type { BrokerLink } from '../linked.js';
import { Outbox } from '../outbox.js';
import type { ConnectionTimes } from '../times.js';
import type { BrokerPlace, LocalNode, TransportSettings } from '../types.js';
import { RabbitConnection } from './connection.js';
import { Exchanges } from './exchanges.js';
import type { Layout } from './layout.js';
import { ListeningEnd } from './listening.js';
import { PublishingEnd } from './publishing.js';

/**
 * One node and one RabbitMQ. RabbitMQ holds back a whole connection that publishes too fast, so what is heard has a connection of its own.
 * The link is up while both are; every break of the second is told, also when the link was down already, since it loses the queue.
 */
export class RabbitLink implements BrokerLink {
  readonly #node: LocalNode;
  readonly #id: string;
  readonly #frameKey: number;
  readonly #publishing: Line<PublishingEnd>;
  readonly #listening: Line<ListeningEnd>;
  readonly #outbox: Outbox;
  #open = false;
  #up = true;

  constructor(node: LocalNode, { id, url }: BrokerPlace, settings: TransportSettings, layout: Layout, times: ConnectionTimes) {
    this.#node = node;
    this.#id = id;
    this.#frameKey = settings.frameKey;
    const exchanges = new Exchanges(settings.prefix, layout);
    const heard = (channel: string, bytes: Buffer) => this.#arrived(channel, bytes);
    const dialPublishing = () => RabbitConnection.open(url, times, (connection) => PublishingEnd.on(connection, exchanges, layout));
    const dialListening = () => RabbitConnection.open(url, times, (connection) => ListeningEnd.on(connection, exchanges, layout, heard));
    const came = () => this.#came();
    this.#publishing = new Line(id, times, dialPublishing, { came, broke: () => this.#publishingBroke() });
    this.#listening = new Line(id, times, dialListening, { came, broke: () => this.#listeningBroke() });
    this.#outbox = new Outbox(this.#publishing, settings);
  }

  /** Waits for both, also when one fails: whoever closes then must not miss the other. */
  async open(): Promise<void> {
    const opened = await Promise.allSettled([this.#publishing.open(), this.#listening.open()]);
    const failed = opened.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    this.#open = true;
    if (!this.#connected) this.#listeningBroke();
  }

  publish(channel: string, frame: Buffer): Promise<number | null> {
    return this.#outbox.publish(channel, frame);
  }

  async subscribe(channel: string): Promise<void> {
    if (await this.#listening.ask('queue.bind', (session) => session.subscribe(channel))) return;
    const { id, words } = this.#listening;
    throw unavailable(`[${id}] the connection broke before it confirmed queue.bind (${words}); subscribe again when it is back`);
  }

  /** Where the connection is gone the queue is, too. */
  async unsubscribe(channel: string): Promise<void> {
    await this.#listening.ask('queue.unbind', (session) => session.unsubscribe(channel));
  }

  async settle(): Promise<void> {
    await this.#outbox.idle();
    await this.#listening.await((session) => session.settle());
  }

  async close(): Promise<void> {
    this.#open = false;
    await Promise.all([this.#publishing.close(), this.#listening.close()]);
    this.#outbox.close();
  }

  #arrived(channel: string, bytes: Buffer): void {
    const message = decodeFrame(bytes, this.#frameKey);
    if (message === undefined) this.#node.junk(this.#id);
    else this.#node.arrived({ broker: this.#id, channel }, message);
  }

  get #connected(): boolean {
    return this.#publishing.session !== undefined && this.#listening.session !== undefined;
  }

  #came(): void {
    if (!this.#open || this.#up || !this.#connected) return;
    this.#up = true;
    this.#node.reconnected(this.#id);
  }

  #publishingBroke(): void {
    if (this.#up) this.#listeningBroke();
  }

  #listeningBroke(): void {
    if (!this.#open) return;
    this.#up = false;
    this.#node.lost(this.#id);
  }
}
