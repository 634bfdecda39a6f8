import { randomBytes, randomInt } from 'node:crypto';
import { usage } from '../error.js';
import type { BrokerOrigin, Plan } from '../plan/types.js';
import { Coordinator, type Link } from '../processes/coordinator.js';
import { entryFile } from '../processes/entryFile.js';
import type { Guard } from '../processes/guard.js';
import { Processes } from '../processes/processes.js';
import type { EngineInUse, NodeCalls, Secrets, WorkerCalls } from '../processes/protocol.js';
import type { Broker, NodeId } from '../routing/types.js';
import { transportKind } from '../transports/index.js';
import type { BrokerPlace, TransportKind } from '../transports/types.js';
import { type Offset, offsetOf } from './clocks.js';
import type { Patience } from './patience.js';
import type { Watch } from './watch.js';

/** What a run is given beside its plan. URLs may hold passwords: they reach the children over the control connection and nothing else. */
export interface Given {
  readonly brokers: readonly string[] | null;
  readonly store: string | null;
  /** Port that nodes and workers dial back to; 0: any free one. */
  readonly controlPort: number;
  /** Clears up when bench is killed; absent: the run starts one of its own. */
  readonly guard?: Guard;
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
  /** Where other nodes find it; null where they do not speak to it. */
  readonly place: BrokerPlace | null;
  readonly engine: EngineInUse;
}

export interface RunningWorker extends Link<WorkerCalls> {
  readonly id: string;
  /** Its clock against this one before the load. */
  readonly clock: Offset;
}

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
  #nodesStarted = 0;

  static async open(plan: Plan, given: Given): Promise<Cast> {
    const processes = await Processes.open(passwordsOf(given), given.guard);
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

  async startNodes(watch: Watch, patience: Patience): Promise<void> {
    const { topology, timing } = this.#plan;
    const { nodes } = topology;
    this.#nodesStarted = nodes.length;
    const links = await Promise.all(nodes.map((id, index) => this.#child('node', id, index, 'chat/main')));
    watch.progress({ step: `${nodes.length} chat node${nodes.length === 1 ? '' : 's'} started` });
    const named = links.map((link, index) => ({ ...link, id: nodes[index] ?? '' }));
    this.nodes = await patience.all('get ready', timing.setUpMs, named, (link) => this.#planNode(link, link.id));
    for (const words of fallbacks(this.nodes)) watch.warn(words);
    await this.#firstView(patience);
  }

  /** One more, which has no view yet. */
  async startNode(id: NodeId): Promise<RunningNode> {
    const node = await this.#planNode(await this.#child('node', id, this.#nodesStarted++, 'chat/main'), id);
    this.nodes = [...this.nodes, node];
    return node;
  }

  /** Ends a node at once; that it ends is no fault. */
  endNode(id: NodeId): void {
    const node = this.nodes.find((running) => running.id === id);
    if (node === undefined) return;
    this.nodes = this.nodes.filter((running) => running !== node);
    this.processes.kill(node.hello.pid);
  }

  /** Where everything is that a node may have to speak to. */
  get places(): readonly BrokerPlace[] {
    return [...this.brokers.map(({ place }) => place), ...this.nodes.flatMap(({ place }) => place ?? [])];
  }

  /** Everybody is there and ready before anybody publishes. */
  async #firstView(patience: Patience): Promise<void> {
    const { topology, timing } = this.#plan;
    await patience.all('take its view', timing.setUpMs, this.nodes, ({ call }) => call.view(topology, this.places));
    await patience.all('take its view', timing.setUpMs, this.nodes, ({ call }) => call.switch(topology.version));
  }

  async startWorkers(patience: Patience): Promise<void> {
    const { workers: of, timing } = this.#plan;
    const shards = Array.from({ length: of }, (_, shard) => shard);
    const ids = shards.map((shard) => `worker-${shard}`);
    const links = await Promise.all(ids.map((id, shard) => this.#child('worker', id, shard, 'load/main')));
    const named = links.map((link, shard) => ({ ...link, id: ids[shard] ?? '' }));
    this.workers = await patience.all('get ready', timing.setUpMs, named, (link, shard) => this.#planWorker(link, link.id, shard, of));
  }

  /** Ends every process; what was written to attached servers is gone before. */
  async close(): Promise<void> {
    await this.processes.close();
    await this.coordinator.close();
  }

  /** Attached where URLs are given and the kind can be, else started; all brokers of one kind together, since they may have to be joined. */
  async #running(brokers: readonly Broker[], urls: readonly string[] | null): Promise<readonly RunningBroker[]> {
    const kinds = await Promise.all([...new Set(brokers.map(({ kind }) => kind))].map(transportKind));
    const attachable = kinds.find(({ attach }) => urls !== null && attach !== undefined);
    if (urls !== null && brokers.length > 0 && attachable === undefined)
      throw usage('the URLs given are of no use here: bench starts the brokers of this strategy by itself');
    const running = kinds.map((kind) => {
      const ofKind = brokers.filter((broker) => broker.kind === kind.kind);
      return kind === attachable
        ? Promise.all(ofKind.map((broker, index) => attach(kind, broker, urls?.[index] ?? '')))
        : this.#start(kind, ofKind);
    });
    const all = new Map((await Promise.all(running)).flat().map((one) => [one.broker.id, one]));
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

  async #planWorker({ hello, call }: Link<WorkerCalls>, id: string, shard: number, of: number): Promise<RunningWorker> {
    const clock = await offsetOf(() => call.time());
    const nodes = this.nodes.map(({ url }) => url);
    const secrets = { tokenKey: this.secrets.tokenKey };
    await call.plan({ plan: this.#plan, secrets, shard, of, nodes, clockAheadMs: clock.aheadMs });
    return { hello, call, id, clock };
  }

  async #planNode(link: Link<NodeCalls>, id: NodeId): Promise<RunningNode> {
    const { url, place, engine } = await link.call.plan({
      node: id,
      plan: this.#plan,
      secrets: this.secrets,
      brokers: this.brokers.map(({ place }) => place),
      store: this.store?.place.url ?? '',
    });
    return { ...link, id, url, place, engine };
  }
}

/** Why nodes do not serve their clients as the plan has it; each reason once. */
export function fallbacks(nodes: readonly RunningNode[]): readonly string[] {
  return [...new Set(nodes.flatMap(({ engine }) => engine.fallback ?? []))];
}

function passwordsOf({ brokers, store }: Given): string[] {
  return [...(brokers ?? []), ...(store === null ? [] : [store])].flatMap((url) => {
    const { password } = new URL(url);
    return password === '' ? [] : [password, decodeURIComponent(password)];
  });
}

async function attach(kind: TransportKind, broker: Broker, url: string): Promise<RunningBroker> {
  const identity = (await kind.attach?.(url)) ?? null;
  return { broker, kind, place: { id: broker.id, url }, origin: 'attached', identity };
}
