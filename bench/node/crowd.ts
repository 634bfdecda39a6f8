import { setTimeout as pause } from 'node:timers/promises';
import { Latency } from '../../src/measure/latency.js';
import { Client, type Speech, type Tally } from './client.js';

/** Where users connect, and as what. */
export interface Doors {
  readonly urls: readonly string[];
  speechOf(user: string): Promise<Speech>;
}

const connectsAtOnce = 20;
/** A timer of 1 ms comes late on a loaded machine; what is due by then is said at once. */
const tickMs = 1;
const text = 'x'.repeat(61);

/** Users who write to each other, picked at random: user i is at door i modulo their number. */
export class Crowd {
  readonly tally: Tally = { delivered: 0, acknowledged: 0, failed: 0, why: undefined, latency: new Latency() };
  readonly #clients: Client[] = [];
  #stopped = () => {};
  #random = 1;

  static async gather(doors: Doors, users: number): Promise<Crowd> {
    const crowd = new Crowd();
    for (let first = 0; first < users; first += connectsAtOnce) {
      const batch = Array.from({ length: Math.min(connectsAtOnce, users - first) }, (_, index) => first + index);
      crowd.#clients.push(...(await Promise.all(batch.map((user) => crowd.#connect(doors, user)))));
    }
    return crowd;
  }

  /** So many messages under way at any time, until stopped: the system is the limit. */
  saturate(underWay: number): void {
    this.#clients.forEach((client, user) => {
      client.acknowledged = () => this.#say(user);
    });
    for (let begun = 0; begun < underWay; begun++) this.#say(begun % this.#clients.length);
    this.#stopped = () => {
      for (const client of this.#clients) client.acknowledged = () => {};
    };
  }

  /** So many messages per second, whatever becomes of them, until stopped. */
  say(perSecond: number): void {
    const startMs = performance.now();
    let said = 0;
    const timer = setInterval(() => {
      const due = ((performance.now() - startMs) / 1000) * perSecond;
      for (; said < due; said++) this.#say(said % this.#clients.length, startMs + (said / perSecond) * 1000);
    }, tickMs);
    this.#stopped = () => clearInterval(timer);
  }

  async stop(): Promise<void> {
    this.#stopped();
    this.#stopped = () => {};
    for (let before = -1; before !== this.tally.delivered + this.tally.acknowledged; ) {
      before = this.tally.delivered + this.tally.acknowledged;
      await pause(300);
    }
  }

  leave(): void {
    for (const client of this.#clients) client.close();
  }

  async #connect({ urls, speechOf }: Doors, user: number): Promise<Client> {
    return Client.connect(urls[user % urls.length] ?? '', await speechOf(nameOf(user)), this.tally);
  }

  #say(user: number, dueMs?: number): void {
    this.#clients[user]?.ask(nameOf(this.#drawn()), text, dueMs);
  }

  /** The same recipients for every system (mulberry32 would do as well; this is Lehmer's generator with Park and Miller's multiplier). */
  #drawn(): number {
    this.#random = (this.#random * 48_271) % 2_147_483_647;
    return this.#random % this.#clients.length;
  }
}

function nameOf(user: number): string {
  return `u${user}`;
}
