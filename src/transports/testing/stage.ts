import { expect } from 'vitest';
import type { Message } from '../../routing/messages.js';
import type { Address, BrokerId, Topic } from '../../routing/types.js';
import type { BrokerPlace, Started, Transport, TransportKind, TransportSettings } from '../types.js';
import { Ear } from './ear.js';
import { TestLaunch } from './launch.js';
import { Listener } from './listener.js';
import { chatFrom, outcomesOf } from './messages.js';

/** One way to run the brokers of one kind of transport. */
export interface Way {
  readonly kind: TransportKind;
  readonly brokers: readonly BrokerId[];
  /** What can be done to its brokers beside speaking to them; absent where the kind alone starts them. */
  readonly control?: Control;
}

export interface Control {
  /** Also once more after it was killed, at the same place. */
  start(launch: TestLaunch, id: BrokerId, port: number): Promise<Started>;
  /** Puts bytes on a channel, as a stranger with the broker's own client would; resolves when the broker has taken them. */
  intrude(place: BrokerPlace, channel: string, bytes: string): Promise<void>;
  /** Closes, on the broker's side, every connection that listens, and no other. Absent: nodes publish and listen over one. */
  readonly cutListeners?: (port: number) => Promise<void>;
}

export const settings: TransportSettings = { prefix: 'bench:contract:', frameKey: 0x5eed, queuedMessages: 50_000, queuedBytes: 2 ** 26 };

export function address(channel: string, broker = 'r1'): Address {
  return { broker, channel };
}

/** The brokers of a suite, and the nodes of a test. */
export class Stage {
  readonly #way: Way;
  readonly #launch: TestLaunch;
  readonly #ports = new Map<BrokerId, number>();
  readonly #started = new Map<BrokerId, Started>();
  readonly #nodes = new Map<Transport, Ear>();

  static async open(way: Way): Promise<Stage> {
    const stage = new Stage(way, await TestLaunch.open());
    try {
      if (way.control === undefined) await stage.#startAll();
      else for (const id of way.brokers) await stage.start(id);
      return stage;
    } catch (error) {
      await stage.close();
      throw error;
    }
  }

  private constructor(way: Way, launch: TestLaunch) {
    this.#way = way;
    this.#launch = launch;
  }

  /** At the port where it was before, if it was. */
  async start(id: BrokerId): Promise<void> {
    const port = this.#ports.get(id) ?? (await this.#launch.freePort());
    this.#ports.set(id, port);
    this.#started.set(id, await this.#control().start(this.#launch, id, port));
  }

  intrude(channel: string, bytes: string): Promise<void> {
    return this.#control().intrude(this.place('r1'), channel, bytes);
  }

  stop(id: BrokerId): void {
    process.kill(this.#broker(id).pid, 'SIGSTOP');
  }

  kill(id: BrokerId): Promise<void> {
    return this.#launch.kill(this.#broker(id).pid);
  }

  port(id: BrokerId): number {
    return this.#ports.get(id) ?? 0;
  }

  place(id: BrokerId): BrokerPlace {
    return { id, url: this.#broker(id).url };
  }

  /** `instead`: the port of a relay in front of the first broker. */
  node(id: string, changed: Partial<TransportSettings> = {}, instead?: number): Promise<[Transport, Ear]> {
    return this.#open(new Ear(id), changed, instead);
  }

  /** A node of which the core decides what is subscribed. */
  async listener(id: string, instead: number): Promise<[Transport, Listener]> {
    const listener = new Listener(id, 'r1');
    const [transport] = await this.#open(listener, {}, instead);
    listener.use(transport);
    return [transport, listener];
  }

  async #open<Heard extends Ear>(ear: Heard, changed: Partial<TransportSettings>, instead?: number): Promise<[Transport, Heard]> {
    const places = [...this.#started.keys()].map((broker) => this.place(broker));
    if (instead !== undefined) places[0] = { id: 'r1', url: this.place('r1').url.replace(/:\d+$/, `:${instead}`) };
    const transport = await this.#way.kind.open(ear, places, { ...settings, ...changed });
    this.#nodes.set(transport, ear);
    return [transport, ear];
  }

  /** Two nodes, and what the second hears. */
  async pair(changed: Partial<TransportSettings> = {}): Promise<[from: Transport, to: Transport, heard: Ear]> {
    const [from] = await this.node('n1', changed);
    return [from, ...(await this.node('n2', changed))];
  }

  ear(transport: Transport): Ear {
    const ear = this.#nodes.get(transport);
    if (ear === undefined) throw new Error('that node is not on the stage');
    return ear;
  }

  /** What a process that opened and closed a transport says is left of it; it has ended by itself then. */
  async leave(id: BrokerId, how?: 'killing it'): Promise<string> {
    const { url, pid } = this.#broker(id);
    const leaver = await this.#launch.script('testing/leaver', [this.#way.kind.kind, url, ...(how === undefined ? [] : [String(pid)])]);
    const left = await leaver.said((line) => (line.startsWith('left: ') ? line : undefined));
    await expect(leaver.ended).rejects.toThrow('ended with 0');
    return left;
  }

  async closeNodes(): Promise<void> {
    const transports = [...this.#nodes.keys()];
    this.#nodes.clear();
    await Promise.all(transports.map((transport) => transport.close()));
  }

  close(): Promise<void> {
    return this.#launch.close();
  }

  async #startAll(): Promise<void> {
    const { kind, brokers } = this.#way;
    const started = await kind.start(
      brokers.map((id) => ({ id, kind: kind.kind })),
      this.#launch,
    );
    for (const [index, one] of started.entries()) this.#started.set(brokers[index] ?? '', one);
  }

  #control(): Control {
    const { control, kind } = this.#way;
    if (control === undefined) throw new Error(`nothing is known of how to treat a broker of kind ${kind.kind}`);
    return control;
  }

  #broker(id: BrokerId): Started {
    const started = this.#started.get(id);
    if (started === undefined) throw new Error(`no broker ${id} on the stage`);
    return started;
  }
}

export function chat(number: number, topic: Topic = 'u:ann'): Message<Buffer> {
  return chatFrom('n1', number, topic);
}

/** Publishes all in one turn and counts what became of them. */
export function outcomes(node: Transport, numbers: readonly number[], channel = 'u:nobody', broker = 'r1') {
  return outcomesOf(numbers.map((number) => node.publish(address(channel, broker), chat(1_000 + number))));
}
