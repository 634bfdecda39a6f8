import type { Reply, Requests } from '../../chat/protocol.js';
import { wordsOf } from '../../error.js';
import { type Connection, type Driver, type Hooks, request } from '../driver.js';

/** What one user of a driver saw, in order. */
export class Witness implements Hooks {
  readonly seen: string[] = [];
  #cut: () => void = () => {};
  /** Resolves at the first cut. */
  readonly wasCut = new Promise<void>((resolve) => {
    this.#cut = resolve;
  });
  connection: Connection | undefined;

  async connect(driver: Driver, url: string, { token = 't', timeoutMs = 10_000 } = {}): Promise<this> {
    try {
      this.connection = await driver.connect({ url, token, timeoutMs }, this);
      this.seen.push('connected');
    } catch (error) {
      this.seen.push(`refused: ${wordsOf(error)}`);
    }
    return this;
  }

  pushed(event: string, delivery: unknown): void {
    this.seen.push(`${event} ${JSON.stringify(delivery)}`);
  }

  cut(reason: string): void {
    this.seen.push(`cut: ${reason}`);
    this.#cut();
  }

  /** Says what is answered when it is. */
  async ask<Event extends keyof Requests>(event: Event, payload: Requests[Event]): Promise<void> {
    if (this.connection === undefined) return;
    const reply: Reply<object> = await request(this.connection, event, payload);
    this.seen.push(reply.ok ? `ok ${JSON.stringify(reply)}` : `${reply.error}: ${reply.reason}`);
  }

  async sync(): Promise<void> {
    await this.ask('sync', {});
  }
}
