import type { Topic } from '../../routing/types.js';
import type { Entry, Line, Telling } from '../types.js';
import { Channels, Register } from './channels.js';
import { Memory } from './memory.js';
import type { Guest, Role } from './role.js';
import { Server } from './server.js';
import { type ServerLimits, serverLimits } from './settings.js';

/** The program in the middle: hands each message to all who subscribed to its channel, and remembers what nodes tell it. */
export class Hub implements Role {
  readonly channels = new Channels();
  readonly #watchers = new Register<Topic>();
  readonly #memory: Memory;

  /** Resolves when it listens. */
  static async start(port: number, secret: string, limits: ServerLimits = serverLimits): Promise<RunningHub> {
    const hub = new Hub(limits.leaseMs);
    const server = await Server.listen({ who: 'hub', port, secret, role: hub, limits });
    const close = async () => {
      await server.close();
      hub.#memory.close();
    };
    return { port: server.port, close };
  }

  private constructor(leaseMs: number) {
    // Nobody waits for the notices of something forgotten, and a notice never rejects.
    this.#memory = new Memory(leaseMs, (telling) => void this.#notify(telling));
  }

  came(guest: Guest): void {
    this.#memory.came(guest);
  }

  left(guest: Guest): void {
    this.channels.forget(guest);
    this.#watchers.forget(guest);
    this.#memory.left(guest);
  }

  published(channel: string, body: Buffer): number {
    return this.channels.hand(channel, body);
  }

  async told(guest: Guest, telling: Telling): Promise<void> {
    if (this.#memory.tell(guest, telling)) await this.#notify({ ...telling, notice: true });
  }

  async asked(guest: Guest, topics: readonly Topic[], watch: boolean): Promise<readonly Entry[]> {
    if (watch) for (const topic of topics) this.#watchers.add(topic, guest);
    return this.#memory.ask(topics);
  }

  async copied(): Promise<readonly Line[]> {
    return this.#memory.copy();
  }

  figures(): Readonly<Record<string, number>> {
    const { user, system } = process.cpuUsage();
    return { channels: this.channels.size, topics: this.#memory.topics, cpuUs: user + system, memoryBytes: process.memoryUsage.rss() };
  }

  async #notify(telling: Telling): Promise<void> {
    const watchers = [...(this.#watchers.under(telling.topic) ?? [])];
    await Promise.all(watchers.map((watcher) => watcher.notify(telling)));
  }
}

export interface RunningHub {
  readonly port: number;
  /** Cuts every connection and resolves when the port is free again. */
  close(): Promise<void>;
}
