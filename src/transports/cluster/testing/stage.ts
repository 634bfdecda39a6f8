import { afterAll, afterEach, beforeAll } from 'vitest';
import type { BrokerId } from '../../../routing/types.js';
import { findProgram } from '../../findProgram.js';
import { redisPrograms } from '../../redis/start.js';
import { visit } from '../../redis/visit.js';
import { Ear } from '../../testing/ear.js';
import { TestLaunch } from '../../testing/launch.js';
import type { BrokerCounters, BrokerPlace, Started, Transport, TransportKind, TransportSettings } from '../../types.js';
import { startCluster, startInstanceOn } from '../start.js';

export const ids = ['r1', 'r2', 'r3'] as const;
export const prefix = 'bench:cluster-test:';
const settings: TransportSettings = { prefix, frameKey: 0x5eed, queuedMessages: 50_000, queuedBytes: 2 ** 26 };

/** A real cluster of a test's own, and the nodes that are opened on it. */
export class Stage {
  readonly places: readonly BrokerPlace[];
  readonly #kind: TransportKind;
  readonly #launch: TestLaunch;
  readonly #started: Map<BrokerId, Started>;
  readonly #open: Transport[] = [];

  static async open(kind: TransportKind, instances: number): Promise<Stage> {
    const launch = await TestLaunch.open();
    try {
      const brokers = Array.from({ length: instances }, (_, index) => ({ id: `r${index + 1}`, kind: kind.kind }));
      const started = await startCluster(brokers, launch);
      return new Stage(kind, launch, new Map(brokers.flatMap(({ id }, index) => (started[index] ? [[id, started[index]]] : []))));
    } catch (error) {
      await launch.close();
      throw error;
    }
  }

  private constructor(kind: TransportKind, launch: TestLaunch, started: Map<BrokerId, Started>) {
    this.#kind = kind;
    this.#launch = launch;
    this.#started = started;
    this.places = [...started].map(([id, { url }]) => ({ id, url }));
  }

  async node(id: string, changed: Partial<TransportSettings> = {}): Promise<[Transport, Ear]> {
    const ear = new Ear(id);
    const transport = await this.#kind.open(ear, this.places, { ...settings, ...changed });
    this.#open.push(transport);
    return [transport, ear];
  }

  url(id: BrokerId): string {
    return this.#instance(id).url;
  }

  /** Whatever a stranger asks an instance. */
  ask(id: BrokerId, command: string, ...words: (string | Buffer)[]): Promise<unknown> {
    return visit(id, this.url(id), (redis) => redis.call(command, ...words));
  }

  signal(id: BrokerId, signal: 'SIGSTOP' | 'SIGCONT'): void {
    process.kill(this.#instance(id).pid, signal);
  }

  async introduce(id: BrokerId, to: BrokerId): Promise<void> {
    await this.ask(id, 'CLUSTER', 'MEET', '127.0.0.1', String(portOf(this.url(to))), String(await this.#busPort(to)));
  }

  /** SIGKILL, then the same instance anew; resolves with how to start it when it is gone. */
  async kill(id: BrokerId): Promise<() => Promise<void>> {
    const busPort = await this.#busPort(id);
    const { url, pid } = this.#instance(id);
    await this.#launch.kill(pid);
    return async () => {
      const program = findProgram(redisPrograms) ?? '';
      this.#started.set(id, await startInstanceOn(portOf(url), busPort, id, this.#launch, program));
    };
  }

  /** What each instance counted, in the order of the instances. */
  counters(): Promise<readonly BrokerCounters[]> {
    return Promise.all(this.places.map((place) => this.#kind.counters(place)));
  }

  async closeNodes(): Promise<void> {
    await Promise.all(this.#open.splice(0).map((transport) => transport.close()));
  }

  close(): Promise<void> {
    return this.#launch.close();
  }

  async #busPort(id: BrokerId): Promise<number> {
    const answer = await this.ask(id, 'CONFIG', 'GET', 'cluster-port');
    return Number(Array.isArray(answer) ? answer[1] : Number.NaN);
  }

  #instance(id: BrokerId): Started {
    const started = this.#started.get(id);
    if (started === undefined) throw new Error(`no instance ${id} on the stage`);
    return started;
  }
}

/** One cluster for all tests of a suite; each opens nodes of its own. */
export function stageOf(kind: TransportKind): () => Stage {
  let stage: Stage | undefined;
  const present = () => {
    if (stage === undefined) throw new Error('the cluster is not started');
    return stage;
  };
  beforeAll(async () => {
    stage = await Stage.open(kind, ids.length);
  }, 60_000);
  afterEach(() => present().closeNodes());
  afterAll(() => present().close());
  return present;
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}
