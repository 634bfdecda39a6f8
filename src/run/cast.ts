import { randomBytes, randomInt } from 'node:crypto';
import { usage } from '../error.js';
import type { BrokerOrigin, Plan } from '../plan/types.js';
import { Coordinator, type Link } from '../processes/coordinator.js';
import { entryFile } from '../processes/entryFile.js';
import { Processes } from '../processes/processes.js';
import type { NodeCalls, Secrets, WorkerCalls } from '../processes/protocol.js';
import type { Broker, NodeId } from '../routing/types.js';
import { transportKind } from '../transports/index.js';
import type { BrokerPlace, TransportKind } from '../transports/types.js';
import type { Watch } from './watch.js';

/** What a run is given beside its plan. URLs may hold passwords: they reach the children over the control connection and nothing else. */
export interface Given {
  readonly brokers: readonly string[] | null;
  readonly store: string | null;
  /** Port that nodes and workers dial back to; 0: any free one. */
  readonly controlPort: number;
}

export interface RunningBroker {
  readonly broker: Broker;
  readonly kind: TransportKind;
  readonly place: BrokerPlace;
  readonly origin: BrokerOrigin;
  /** Which server an attached one says it is; null for those that bench started. */
  readonly identity: string | null;
}

export interface RunningNode extends Link<NodeCalls> {
  readonly id: NodeId;
  readonly url: string;
}

export type RunningWorker = Link<WorkerCalls>;

/** Everyone who takes part in a live run. */
export class Cast {
  readonly processes: Processes;
  readonly coordinator: Coordinator;
  readonly secrets: Secrets = { tokenKey: randomBytes(32).toString('base64url'), frameKey: randomInt(2 ** 32) };
  brokers: readonly RunningBroker[] = [];
  store: RunningBroker | undefined;
  nodes: readonly RunningNode[] = [];
  workers: readonly RunningWorker[] = [];
  readonly #plan: Plan;
  readonly #given: Given;

  static async open(plan: Plan, given: Given): Promise<Cast> {
    const processes = await Processes.open(passwordsOf(given));
    try {
      return new Cast(plan, given, processes, await Coordinator.listen(given.controlPort));
    } catch (error) {
      await processes.close();
      throw error;
    }
  }

  private constructor(plan: Plan, given: Given, processes: Processes, coordinator: Coordinator) {
    this.#plan = plan;
    this.#given = given;
    this.processes = processes;
    this.coordinator = coordinator;
  }

  async startBrokers(): Promise<void> {
    const { brokers, store } = this.#given;
    this.brokers = await this.#running(this.#plan.topology.brokers, brokers);
    [this.store] = await this.#running([{ id: 'store', kind: 'redis' }], store === null ? null : [store]);
    this.#checkApart();
  }

  async startNodes(watch: Watch): Promise<void> {
    const { nodes } = this.#plan.topology;
    const links = await Promise.all(nodes.map((id, index) => this.#child('node', id, index, 'chat/main')));
    watch.progress({ step: `${nodes.length} chat node${nodes.length === 1 ? '' : 's'} started` });
    this.nodes = await Promise.all(links.map((link, index) => this.#planNode(link, nodes[index] ?? '')));
  }

  async startWorkers(): Promise<void> {
    const { workers: of } = this.#plan;
    const shards = Array.from({ length: of }, (_, shard) => shard);
    this.workers = await Promise.all(shards.map((shard) => this.#child('worker', `worker-${shard}`, shard, 'load/main')));
    const nodes = this.nodes.map(({ url }) => url);
    await Promise.all(
      this.workers.map(({ call }, shard) =>
        call.plan({ plan: this.#plan, secrets: { tokenKey: this.secrets.tokenKey }, shard, of, nodes }),
      ),
    );
  }

  /** Ends every process; what was written to attached servers is gone before. */
  async close(): Promise<void> {
    await this.processes.close();
    await this.coordinator.close();
  }

  /** Attached where URLs are given, else started; all brokers of one kind together, since they may have to be joined. */
  async #running(brokers: readonly Broker[], urls: readonly string[] | null): Promise<readonly RunningBroker[]> {
    if (urls !== null) return Promise.all(brokers.map((broker, index) => attach(broker, urls[index] ?? '')));
    const kinds = [...new Set(brokers.map(({ kind }) => kind))];
    const started = kinds.map((kind) =>
      this.#start(
        transportKind(kind),
        brokers.filter((broker) => broker.kind === kind),
      ),
    );
    const all = new Map((await Promise.all(started)).flat().map((running) => [running.broker.id, running]));
    return brokers.flatMap(({ id }) => all.get(id) ?? []);
  }

  async #start(kind: TransportKind, brokers: readonly Broker[]): Promise<readonly RunningBroker[]> {
    const started = await kind.start(brokers, this.processes);
    return brokers.map((broker, index) => {
      const { url, embedded } = started[index] ?? { url: '', embedded: false };
      return { broker, kind, place: { id: broker.id, url }, origin: embedded ? 'embedded' : 'spawned', identity: null };
    });
  }

  /** One server under two names would be counted twice, and rooms kept in a broker under test would spoil its counts. */
  #checkApart(): void {
    const seen = new Map<string, string>();
    for (const { broker, identity } of [...this.brokers, ...(this.store === undefined ? [] : [this.store])]) {
      if (identity === null) continue;
      const other = seen.get(identity);
      if (other !== undefined)
        throw usage(`${other} and ${broker.id} are one and the same server under two URLs; give each broker, and the room store, its own`);
      seen.set(identity, broker.id);
    }
  }

  async #child<Role extends 'node' | 'worker'>(role: Role, id: string, index: number, entry: string) {
    const link = this.coordinator.expect(role, index);
    const environment = this.coordinator.environment(index);
    const parent = role === 'node' ? this.brokers.find(({ kind }) => kind.fork !== undefined) : undefined;
    const forked = await parent?.kind.fork?.(parent.place, entryFile(entry), environment);
    const { ended } = forked === undefined ? await this.processes.ours(id, entry, environment) : this.processes.adopt(id, forked);
    return Promise.race([link, ended]);
  }

  async #planNode(link: Link<NodeCalls>, id: NodeId): Promise<RunningNode> {
    const { url } = await link.call.plan({
      node: id,
      plan: this.#plan,
      secrets: this.secrets,
      brokers: this.brokers.map(({ place }) => place),
      store: this.store?.place.url ?? '',
    });
    return { ...link, id, url };
  }
}

function passwordsOf({ brokers, store }: Given): string[] {
  return [...(brokers ?? []), ...(store === null ? [] : [store])].flatMap((url) => {
    const { password } = new URL(url);
    return password === '' ? [] : [password, decodeURIComponent(password)];
  });
}

async function attach(broker: Broker, url: string): Promise<RunningBroker> {
  const kind = transportKind(broker.kind);
  if (kind.attach === undefined)
    throw usage(`--redis does not go with this strategy: bench starts its brokers of kind ${broker.kind} by itself`);
  return { broker, kind, place: { id: broker.id, url }, origin: 'attached', identity: await kind.attach(url) };
}
