import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect } from 'vitest';
import { type ConnectionTimes, connectionTimes } from '../times.js';
import type { BrokerPlace, LocalNode, Started, Transport, TransportKind, TransportSettings } from '../types.js';
import { Ear } from './ear.js';
import { TestLaunch } from './launch.js';

/** One kind of broker that says whether nobody listens, and how the tests treat it. */
export interface QueueWay {
  readonly kind: TransportKind;
  /** Starts the server; called again after it was killed, it comes back as the same one. */
  start(launch: TestLaunch): Promise<Started>;
  open(node: LocalNode, places: readonly BrokerPlace[], settings: TransportSettings, times: ConnectionTimes): Promise<Transport>;
  /** A channel as a strategy on this kind would name it. */
  channel(name: string): string;
  /** Puts bytes on a channel, as a stranger with a client of its own would; resolves when the broker has taken them. */
  intrude(url: string, prefix: string, channel: string, bytes: Buffer): Promise<void>;
}

export const broker = 'q1';
export const suiteSettings: TransportSettings = { prefix: 'bench:suite:', frameKey: 0x5eed, queuedMessages: 50_000, queuedBytes: 2 ** 26 };

/** The server of a suite, and the nodes of a test. */
export class QueueStage {
  readonly #way: QueueWay;
  readonly #launch: TestLaunch;
  readonly #nodes = new Map<Transport, Ear>();
  #started: Started = { url: '', pid: 0, embedded: false };

  static async open(way: QueueWay): Promise<QueueStage> {
    const stage = new QueueStage(way, await TestLaunch.open());
    try {
      await stage.start();
      return stage;
    } catch (error) {
      await stage.close();
      throw error;
    }
  }

  private constructor(way: QueueWay, launch: TestLaunch) {
    this.#way = way;
    this.#launch = launch;
  }

  get url(): string {
    return this.#started.url;
  }

  get pid(): number {
    return this.#started.pid;
  }

  async start(): Promise<void> {
    this.#started = await this.#way.start(this.#launch);
  }

  /** Resolves when none of its threads runs any more. */
  async stop(): Promise<void> {
    process.kill(this.pid, 'SIGSTOP');
    const threads = `/proc/${this.pid}/task`;
    const stopped = (thread: string) => /^.*\) T /.test(readFileSync(join(threads, thread, 'stat'), 'latin1'));
    while (!readdirSync(threads).every(stopped)) await setImmediate();
  }

  kill(): Promise<void> {
    return this.#launch.kill(this.pid);
  }

  counters() {
    return this.#way.kind.counters({ id: broker, url: this.url });
  }

  async node(id: string, changed: Partial<TransportSettings> = {}, times = connectionTimes): Promise<[Transport, Ear]> {
    const ear = new Ear(id);
    const transport = await this.#way.open(ear, [{ id: broker, url: this.url }], { ...suiteSettings, ...changed }, times);
    this.#nodes.set(transport, ear);
    return [transport, ear];
  }

  /** Two nodes, and what the second hears. */
  async pair(): Promise<[from: Transport, to: Transport, heard: Ear]> {
    const [from] = await this.node('n1');
    return [from, ...(await this.node('n2'))];
  }

  ear(transport: Transport): Ear {
    const ear = this.#nodes.get(transport);
    if (ear === undefined) throw new Error('that node is not on the stage');
    return ear;
  }

  /** What a process that opened and closed a transport says is left of it; it has ended by itself then. */
  async leave(how?: 'killing it'): Promise<string> {
    const pid = how === undefined ? [] : [String(this.pid)];
    const leaver = await this.#launch.script('testing/leaver', [this.#way.kind.kind, this.url, ...pid]);
    const left = await leaver.said((line) => (line.startsWith('left: ') ? line : undefined));
    await expect(leaver.ended).rejects.toThrow('ended with 0');
    return left;
  }

  async settle(): Promise<void> {
    for (const transport of this.#nodes.keys()) await transport.settle();
    for (const transport of this.#nodes.keys()) await transport.settle();
  }

  async closeNodes(): Promise<void> {
    const transports = [...this.#nodes.keys()];
    this.#nodes.clear();
    await Promise.all(transports.map((transport) => transport.close()));
  }

  close(): Promise<void> {
    return this.#launch.close();
  }
}
