import { unavailable } from '../../error.js';
import { decodeFrame } from '../frame.js';
import { Line } from '../line.js';
import type { BrokerLink } from '../linked.js';
import { Outbox } from '../outbox.js';
import type { ConnectionTimes } from '../times.js';
import type { BrokerPlace, LocalNode, TransportSettings } from '../types.js';
import { NatsSession } from './session.js';

/** One node and one NATS server, over one connection, as NATS advises: what is published and what is heard go through it in order. */
export class NatsLink implements BrokerLink {
  readonly #node: LocalNode;
  readonly #id: string;
  readonly #frameKey: number;
  readonly #line: Line<NatsSession>;
  readonly #outbox: Outbox;
  /** `lost` was told and `reconnected` not yet. */
  #down = false;

  constructor(node: LocalNode, { id, url }: BrokerPlace, settings: TransportSettings, times: ConnectionTimes) {
    this.#node = node;
    this.#id = id;
    this.#frameKey = settings.frameKey;
    const end = { node: node.id, url, prefix: settings.prefix, times };
    const heard = { message: (channel: string, bytes: Buffer) => this.#arrived(channel, bytes), junk: () => node.junk(id) };
    this.#line = new Line(id, times, () => NatsSession.dial(end, heard), {
      came: () => this.#came(),
      broke: () => this.#broke(),
    });
    this.#outbox = new Outbox(this.#line, settings);
  }

  open(): Promise<void> {
    return this.#line.open();
  }

  publish(channel: string, frame: Buffer): Promise<number | null> {
    return this.#outbox.publish(channel, frame);
  }

  async subscribe(channel: string): Promise<void> {
    if (await this.#line.ask('SUB', (session) => session.subscribe(channel))) return;
    throw unavailable(`[${this.#id}] the connection broke before it confirmed SUB (${this.#line.words}); subscribe again when it is back`);
  }

  /** Where the connection is gone there is nothing to leave. */
  async unsubscribe(channel: string): Promise<void> {
    await this.#line.ask('UNSUB', (session) => session.unsubscribe(channel));
  }

  async settle(): Promise<void> {
    await this.#line.await((session) => session.settle());
  }

  async close(): Promise<void> {
    await this.#line.close();
    this.#outbox.close();
  }

  #arrived(channel: string, bytes: Buffer): void {
    const message = decodeFrame(bytes, this.#frameKey);
    if (message === undefined) this.#node.junk(this.#id);
    else this.#node.arrived({ broker: this.#id, channel }, message);
  }

  #came(): void {
    if (!this.#down) return;
    this.#down = false;
    this.#node.reconnected(this.#id);
  }

  #broke(): void {
    this.#down = true;
    this.#node.lost(this.#id);
  }
}
