import { randomBytes } from 'node:crypto';
import { type Client, signedIn } from '../../chat/testing/client.js';
import { brokerEquations, selfChecks, sum } from '../../measure/accounting.js';
import type { Equation } from '../../measure/result.js';
import { relaysTo } from '../../measure/traffic.js';
import { planOf } from '../../plan/plan.js';
import { loadScenario } from '../../plan/scenarios.js';
import type { Plan, RoomForm } from '../../plan/types.js';
import { rowOf } from '../../routing/rows.js';
import type { Kind, NodeId, Strategy } from '../../routing/types.js';
import { Cast, type RunningNode } from '../cast.js';
import { type Snapshot, snapshot } from '../collect.js';
import { brokerResult, nodeResult } from '../counted.js';
import { Membership } from '../membership.js';
import { listenerEquations, nodesAsBrokers } from '../nodesAsBrokers.js';
import { Patience } from '../patience.js';
import { placedByTransport } from '../placedByTransport.js';

const quiet = { signal: new AbortController().signal, progress: () => {}, warn: () => {} };

/** A strategy, and its file where that is not one of `strategies/`. */
export interface Played {
  readonly strategy: Strategy;
  readonly file: string | null;
}

export interface Accounts {
  readonly equations: readonly Equation[];
  readonly published: number;
}

/** A strategy on its real servers and nodes, each a process of its own, and clients that a test connects to them one by one. */
export class Town {
  readonly plan: Plan;
  readonly membership: Membership;
  /** Changes of the view that did not succeed. */
  readonly failures: unknown[] = [];
  readonly #cast: Cast;
  readonly #clients: Client[] = [];

  static async open(played: Played, nodes: number, rooms: RoomForm): Promise<Town> {
    const plan = await planFor(played, nodes, rooms);
    const cast = await Cast.open(plan, { brokers: null, store: null, controlPort: 0 });
    try {
      await cast.startBrokers();
      await cast.startNodes(quiet, new Patience(quiet.signal));
    } catch (error) {
      await cast.close();
      throw error;
    }
    return new Town(plan, cast);
  }

  private constructor(plan: Plan, cast: Cast) {
    this.plan = plan;
    this.#cast = cast;
    this.membership = new Membership(cast, plan.topology, plan.timing.leaseMs, (error) => this.failures.push(error));
  }

  /** Otherwise a transport does, behind one door for all nodes. */
  get placesClients(): boolean {
    return !placedByTransport(this.plan.topology);
  }

  node(id: NodeId): RunningNode {
    const node = this.#cast.nodes.find((running) => running.id === id);
    if (node === undefined) throw new RangeError(`no node ${id} runs`);
    return node;
  }

  async client(user: string, node: NodeId, device = '0'): Promise<Client> {
    const client = await signedIn(this.node(node).url, this.#cast.secrets.tokenKey, user, device);
    this.#clients.push(client);
    return client;
  }

  /** Ends a node as a fault would: it says nothing to anybody. */
  kill(id: NodeId): void {
    const { pid } = this.node(id).hello;
    this.#cast.processes.ask(pid);
    process.kill(pid, 'SIGKILL');
  }

  /** Resolves when nothing is on its way between the nodes; what reached one may have set out from another only then. */
  async settle(): Promise<void> {
    for (let round = 0; round < 2; round++) await Promise.all(this.#cast.nodes.map(({ call }) => call.settle()));
  }

  /** What a client got, once nothing is on its way any more. */
  async texts(client: Client): Promise<readonly string[]> {
    await this.settle();
    return client.texts();
  }

  /** What everyone counted, once nothing is on its way any more. */
  async counted(): Promise<Snapshot> {
    await this.settle();
    return snapshot({ cast: this.#cast, patience: new Patience(quiet.signal) });
  }

  /** What nodes and brokers say of each other since then, and what the nodes published of this kind. Nobody may have come or gone meanwhile. */
  async accountsSince(start: Snapshot, kind: Kind): Promise<Accounts> {
    const facts = { cast: this.#cast, start, drained: await this.counted(), attached: [], end: [], undrained: null };
    const nodes = this.#cast.nodes.flatMap(({ id }, index) => nodeResult(id, start.nodes[index], facts.drained.nodes[index]));
    const brokers = [...this.#cast.brokers.map((broker, index) => brokerResult(broker, index, facts)), ...nodesAsBrokers(facts)];
    const held = brokers.flatMap((broker) => brokerEquations(broker, false, relaysTo(this.plan.topology, broker.id)));
    return {
      equations: [...held, ...nodes.flatMap(selfChecks), ...listenerEquations(facts)],
      published: sum(nodes.map(({ kinds }) => kinds[kind].published)),
    };
  }

  async close(): Promise<void> {
    for (const client of this.#clients) client.close();
    await this.membership.close();
    await this.#cast.close();
  }
}

/** As many brokers as its row of strategies.md has. */
async function planFor({ strategy, file }: Played, nodes: number, rooms: RoomForm): Promise<Plan> {
  const row = rowOf(strategy.name, 'small');
  const plan = planOf({
    strategy,
    strategyFile: file,
    options: { ...strategy.options, ...row?.options },
    scenario: await loadScenario('direct'),
    sizeName: 'smoke',
    size: { nodes, brokers: Math.max(row?.brokers ?? 1, 1) },
    rooms,
    seed: 7,
    run: randomBytes(4).toString('hex'),
    workers: 1,
    attach: { brokers: null, store: null },
    command: 'none: a test connects its clients by itself',
  });
  // A test sends as fast as it is answered.
  return { ...plan, chatLimits: { ...plan.chatLimits, eventsPerSecond: 100_000, eventsBurst: 100_000 } };
}
