import { randomBytes, randomInt } from 'node:crypto';
import type { BrokerOrigin, Plan } from '../plan/types.js';
import { Coordinator, type Link } from '../processes/coordinator.js';
import { Processes } from '../processes/processes.js';
import type { NodeCalls, Secrets, WorkerCalls } from '../processes/protocol.js';
import type { Broker, NodeId } from '../routing/types.js';
import { transportKind } from '../transports/index.js';
import { attachRedis } from '../transports/redis/attach.js';
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
    const { brokers } = this.#plan.topology;
    this.brokers = await Promise.all(brokers.map((broker, index) => this.#broker(broker, this.#given.brokers?.[index])));
    this.store = await this.#broker({ id: 'store', kind: 'redis' }, this.#given.store ?? undefined);
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

  async #broker(broker: Broker, url: string | undefined): Promise<RunningBroker> {
    const kind = transportKind(broker.kind);
    if (url !== undefined) {
      await attachRedis(url);
      return { broker, kind, place: { id: broker.id, url }, origin: 'attached' };
    }
    const started = await kind.start(broker, this.processes);
    return { broker, kind, place: { id: broker.id, url: started.url }, origin: started.embedded ? 'embedded' : 'spawned' };
  }

  async #child<Role extends 'node' | 'worker'>(role: Role, id: string, index: number, entry: string) {
    const link = this.coordinator.expect(role, index);
    const launched = await this.processes.ours(id, entry, this.coordinator.environment(index));
    return Promise.race([link, launched.ended]);
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
