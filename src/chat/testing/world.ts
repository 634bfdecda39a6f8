import { randomBytes } from 'node:crypto';
import type { ChatLimits, EngineName, RoomForm } from '../../plan/types.js';
import type { KindCounters } from '../../routing/messages.js';
import type { Address, Broker, Kind, Options, Routing, Topic, Topology } from '../../routing/types.js';
import { transportKind } from '../../transports/index.js';
import type { BrokerPlace, TransportKind } from '../../transports/types.js';
import { ChatNode, type NodeParts } from '../node.js';
import { type Client, signedIn } from './client.js';

export const limits: ChatLimits = {
  payloadBytes: 65_536,
  eventsPerSecond: 100_000,
  eventsBurst: 100_000,
  unsentBytes: 4_000_000,
  queuedMessages: 10_000,
  queuedBytes: 10_000_000,
  membersMax: 5_000,
  watchedMax: 1_000,
};

/** A channel per topic on the first broker. */
export function channelPerTopic({ brokers }: Topology): Routing {
  const at = (topic: Topic): readonly Address[] => brokers.slice(0, 1).map(({ id }) => ({ broker: id, channel: topic }));
  return { subscribe: at, publish: at };
}

/** One channel for everything: every node gets every message. */
export function oneChannel({ brokers }: Topology): Routing {
  const at = (): readonly Address[] => brokers.slice(0, 1).map(({ id }) => ({ broker: id, channel: 'all' }));
  return { subscribe: at, publish: at };
}

/** No broker: the node is where everybody meets. */
export function noBroker(): Routing {
  return {
    subscribe: (_topic, node) => [{ broker: node, channel: `n:${node}` }],
    publish: (_topic, { node }) => [{ broker: node, channel: `n:${node}` }],
  };
}

export interface WorldPlan {
  readonly nodes: number;
  readonly brokerPort: number;
  readonly storePort: number;
  readonly rooms?: RoomForm;
  readonly limits?: Partial<ChatLimits>;
  readonly mesh?: boolean;
  readonly engine?: EngineName;
  readonly brokers?: readonly Broker[];
  readonly places?: readonly BrokerPlace[];
  route?(topology: Topology): Routing;
  kindOf?(kind: string): Promise<TransportKind>;
  /** The one broker; a Redis where absent. */
  readonly broker?: Broker;
  /** Options of the strategy. */
  readonly options?: Options;
  /** The port by which one of the nodes reaches the broker, if not by `brokerPort`. */
  brokerPortOf?(node: number): number;
  /** The port by which one of the nodes reaches the store, if not by `storePort`. */
  storePortOf?(node: number): number;
}

/** Some chat nodes of one run in this process, and the clients that a test connects to them. */
export class World {
  readonly run = `test${randomBytes(4).toString('hex')}`;
  readonly tokenKey = randomBytes(32).toString('base64url');
  readonly frameKey = 123_456_789;
  readonly nodes: ChatNode[] = [];
  readonly urls: string[] = [];
  readonly #clients: Client[] = [];

  static async start(plan: WorldPlan): Promise<World> {
    const world = new World();
    for (let index = 0; index < plan.nodes; index++) {
      const node = await ChatNode.start(world.parts(plan, index));
      world.nodes.push(node);
      world.urls.push(await node.listen());
    }
    await world.view(world.parts(plan, 0).topology);
    return world;
  }

  /** As the coordinator does it: everybody has the view ready before anybody switches. */
  async view(topology: Topology): Promise<void> {
    const places = this.nodes.flatMap(({ place }) => place ?? []);
    await Promise.all(this.nodes.map((node) => node.view(topology, places)));
    for (const node of this.nodes) node.switch(topology.version);
  }

  parts(plan: WorldPlan, index: number): NodeParts {
    const broker = plan.broker ?? { id: 'redis-1', kind: 'redis' };
    const nodes = Array.from({ length: plan.nodes }, (_, node) => `n${node}`);
    return {
      node: `n${index}`,
      run: this.run,
      seed: 7,
      topology: { version: 1, nodes, brokers: plan.brokers ?? (plan.route === noBroker ? [] : [broker]) },
      rooms: plan.rooms ?? 'members',
      limits: { ...limits, ...plan.limits },
      secrets: { tokenKey: this.tokenKey, frameKey: this.frameKey },
      brokers: plan.places ?? [{ id: broker.id, url: `redis://127.0.0.1:${plan.brokerPortOf?.(index) ?? plan.brokerPort}` }],
      mesh: plan.mesh === true,
      ...(plan.engine === undefined ? {} : { engine: plan.engine }),
      store: `redis://127.0.0.1:${plan.storePortOf?.(index) ?? plan.storePort}`,
      route: plan.route ?? channelPerTopic,
      kindOf: plan.kindOf ?? transportKind,
      options: plan.options ?? {},
    };
  }

  node(index: number): ChatNode {
    const node = this.nodes[index];
    if (node === undefined) throw new RangeError(`there is no node ${index}`);
    return node;
  }

  url(index: number): string {
    return this.urls[index] ?? '';
  }

  async client(user: string, node = 0, device = '0'): Promise<Client> {
    const client = await signedIn(this.url(node), this.tokenKey, user, device);
    this.#clients.push(client);
    return client;
  }

  /** Resolves when nothing is on its way between the nodes. */
  async settle(): Promise<void> {
    for (const node of this.nodes) await node.settle();
  }

  /** What a client got, once nothing is on its way any more. */
  async texts(client: Client): Promise<readonly string[]> {
    await this.settle();
    return client.texts();
  }

  /** What each node counted more of that kind, once `work` is done and nothing is on its way any more. */
  async growth(kind: Kind, work: () => Promise<unknown>): Promise<readonly KindCounters[]> {
    const counted = async () => {
      await this.settle();
      return this.nodes.map((node) => node.snapshot().kinds[kind]);
    };
    const before = await counted();
    await work();
    return (await counted()).map((after, index) => difference(after, before[index]));
  }

  async stop(): Promise<void> {
    for (const client of this.#clients) client.close();
    await Promise.all(this.nodes.splice(0).map((node) => node.drain('the test is over')));
  }
}

function difference(after: KindCounters, before: KindCounters | undefined): KindCounters {
  const minus = (count: keyof KindCounters) => after[count] - (before?.[count] ?? 0);
  return {
    fromClients: minus('fromClients'),
    published: minus('published'),
    received: minus('received'),
    useful: minus('useful'),
    wasted: minus('wasted'),
    deliveredToSockets: minus('deliveredToSockets'),
  };
}
