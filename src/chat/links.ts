import { unavailable } from '../error.js';
import type { Message } from '../routing/messages.js';
import type { Address, Broker, BrokerId, NodeId, Topic } from '../routing/types.js';
import {
  type BrokerPlace,
  type DirectoryLink,
  type Entry,
  type Facts,
  type Line,
  type LocalNode,
  PublishError,
  type Telling,
  type Transport,
  type TransportKind,
  type TransportSettings,
} from '../transports/types.js';
import { Link, type LinkState } from './link.js';

export interface BrokersToOpen {
  readonly brokers: readonly Broker[];
  readonly places: readonly BrokerPlace[];
  readonly settings: TransportSettings;
  /** Nodes speak to each other: each is a broker, by the name of the node. */
  readonly mesh: boolean;
  kindOf(kind: string): Promise<TransportKind>;
}

/** The other nodes as brokers, all behind one transport. */
interface Mesh {
  readonly node: NodeId;
  readonly facts: Facts;
  readonly transport: Transport;
}

/** The transports of a node: brokers of one kind share one. Keeps what each broker answered, and whether it is there. */
export class Links {
  /** Whether deliveries are written to the sockets by a transport, not by this node. */
  delivers = false;
  readonly #links = new Map<BrokerId, Link>();
  #mesh: Mesh | undefined;

  async open(node: LocalNode, wanted: BrokersToOpen): Promise<void> {
    for (const kind of new Set(wanted.brokers.map((broker) => broker.kind))) await this.#openKind(node, kind, wanted);
    if (wanted.mesh) await this.#openMesh(node, wanted);
  }

  /** Where other nodes find this one; null where nodes do not speak to each other. */
  get place(): BrokerPlace | null {
    return this.#mesh?.transport.place ?? null;
  }

  /** Joins the nodes that are new among these and leaves those that are gone; what those were is kept for the figures. */
  async rejoin(nodes: readonly NodeId[], places: readonly BrokerPlace[]): Promise<void> {
    if (this.#mesh === undefined) return;
    const { node, facts, transport } = this.#mesh;
    const others = nodes.filter((other) => other !== node);
    const here = places.filter(({ id }) => others.includes(id));
    if (here.length < others.length)
      throw unavailable(`[${node}] the topology has ${others.length} other nodes, and the places of ${here.length} are known`);
    for (const [id, link] of this.#links) if (link.transport === transport && id !== node && !others.includes(id)) link.leave();
    for (const id of others) this.#linkWith(id, facts).join(transport);
    await transport.rejoin?.(here);
  }

  /** The port that all nodes share where a transport places the clients; undefined: each node has its own. */
  get door(): number | undefined {
    return this.#transports().find(({ door }) => door !== undefined)?.door;
  }

  /** Longest time from a join to its confirmation where a transport does not wait for it; null where each one does. */
  get joinWindowMsMax(): number | null {
    const windows = this.#transports().flatMap(({ joinWindowMsMax }) => joinWindowMsMax ?? []);
    return windows.length === 0 ? null : Math.max(...windows);
  }

  /** How a transport asks the other nodes by itself whether somebody is online; undefined where the nodes ask. */
  get online(): ((topic: Topic) => Promise<boolean>) | undefined {
    const transport = this.#transports().find(({ online }) => online !== undefined);
    return transport?.online?.bind(transport);
  }

  /** Whether a question is over only when every node of the view has answered: nodes put it, and a broker does not say who got it. */
  get everyNodeAnswers(): boolean {
    return this.online === undefined && [...this.#links.values()].some(({ facts }) => facts.receiptMeaningful === false);
  }

  /** Throws when a broker of the topology was not opened. */
  check(brokers: readonly Broker[]): void {
    for (const { id } of brokers) this.#transport(id);
  }

  async subscribe(address: Address): Promise<void> {
    await this.#link(address.broker).attempt(address.channel, this.#transport(address.broker).subscribe(address));
  }

  /** Whether the latest subscribe or unsubscribe there failed for another reason than that the broker is away. */
  fails({ broker, channel }: Address): boolean {
    const link = this.#links.get(broker);
    return link === undefined || link.fails(channel);
  }

  async unsubscribe(address: Address): Promise<void> {
    await this.#link(address.broker).attempt(address.channel, this.#transport(address.broker).unsubscribe(address));
  }

  async tell(place: BrokerId, telling: Telling): Promise<void> {
    await this.#directory(place).tell(place, telling);
  }

  async ask(place: BrokerId, topics: readonly Topic[], watch: boolean): Promise<readonly Entry[]> {
    return this.#directory(place).ask(place, topics, watch);
  }

  async copy(place: BrokerId): Promise<readonly Line[]> {
    return this.#directory(place).copy(place);
  }

  /** How many took it; null where the number has no meaning. Rejects with a PublishError. */
  async publish(address: Address, message: Message<Buffer>): Promise<number | null> {
    const transport = this.#joined(address.broker);
    const receipt = await transport.publish(address, message);
    this.received(address.broker, receipt);
    return this.#link(address.broker).facts.receiptMeaningful ? receipt : null;
  }

  /** A broker answered a publish with that many receivers. */
  received(broker: BrokerId, receipt: number | null): void {
    this.#link(broker).answered(receipt);
  }

  junk(broker: BrokerId): void {
    this.#link(broker).gotJunk();
  }

  setLost(broker: BrokerId, lost: boolean): void {
    this.#link(broker).setLost(lost);
  }

  states(): ReadonlyMap<BrokerId, LinkState> {
    return new Map([...this.#links].map(([id, link]) => [id, link.state]));
  }

  async settle(): Promise<void> {
    await Promise.all(this.#transports().map((transport) => transport.settle()));
  }

  async close(): Promise<void> {
    await Promise.all(this.#transports().map((transport) => transport.close()));
  }

  async #openKind(node: LocalNode, kind: string, { brokers, places, settings, kindOf }: BrokersToOpen): Promise<void> {
    const ids = brokers.filter((broker) => broker.kind === kind).map((broker) => broker.id);
    const here = places.filter((place) => ids.includes(place.id));
    if (here.length < ids.length)
      throw unavailable(`[${node.id}] the topology has ${ids.length} brokers of kind ${kind}, the plan the places of ${here.length}`);
    const found = await kindOf(kind);
    const { facts } = found;
    if (facts.delivers === true) this.delivers = true;
    for (const id of ids) this.#linkWith(id, facts);
    const batching = new Set(brokers.filter(({ batches }) => batches).map(({ id }) => id));
    const transport = await found.open(node, here, { ...settings, batching });
    for (const id of ids) this.#link(id).join(transport);
  }

  async #openMesh(node: LocalNode, { settings, kindOf }: BrokersToOpen): Promise<void> {
    const found = await kindOf('node');
    const { facts } = found;
    const own = this.#linkWith(node.id, facts);
    const transport = await found.open(node, [], settings);
    own.join(transport);
    this.#mesh = { node: node.id, facts, transport };
  }

  #linkWith(id: BrokerId, facts: Facts): Link {
    const link = this.#links.get(id) ?? new Link(id, facts);
    this.#links.set(id, link);
    return link;
  }

  #directory(place: BrokerId): DirectoryLink {
    const { directory } = this.#joined(place);
    if (directory === undefined)
      throw new PublishError('rejected', `[${place}] keeps no directory: a strategy may name nodes and brokers of kind hub as places`);
    return directory;
  }

  /** What goes to a broker that this node is not joined to did not happen: a node may be known, and have left. */
  #joined(broker: BrokerId): Transport {
    const transport = this.#links.get(broker)?.transport;
    if (transport !== undefined) return transport;
    throw new PublishError('rejected', `[${broker}] this node has no connection to it: it has left, or is not in the plan`);
  }

  #transports(): readonly Transport[] {
    return [...new Set([...this.#links.values()].flatMap(({ transport }) => transport ?? []))];
  }

  #transport(broker: BrokerId): Transport {
    const { transport } = this.#link(broker);
    if (transport === undefined) throw unavailable(`[${broker}] the connection of this node to it is not open yet`);
    return transport;
  }

  #link(broker: BrokerId): Link {
    const link = this.#links.get(broker);
    if (link === undefined) throw unavailable(`[${broker}] this node has no connection to it: it is not in the plan`);
    return link;
  }
}
