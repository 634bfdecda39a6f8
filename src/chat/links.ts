import { unavailable, wordsOf } from '../error.js';
import type { Message } from '../routing/messages.js';
import type { Address, Broker, BrokerId, NodeId, Topic } from '../routing/types.js';
import {
  type BrokerPlace,
  type Commands,
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

/** One broker, as this node is joined to it. */
interface Link {
  readonly facts: Facts;
  transport: Transport | undefined;
  /** It was a node of the mesh and is none any more: that it cannot be reached is no news. */
  left: boolean;
  /** Sum of what the broker answered to publishes; null once it did not say. */
  receipts: number | null;
  junk: number;
  lost: boolean;
  /** How many times the broker was lost. */
  outages: number;
  /** Channels whose latest subscribe or unsubscribe failed although the broker was there, with its words. */
  readonly failed: Map<string, string>;
}

export interface LinkState {
  readonly receipts: number | null;
  readonly junk: number;
  /** Absent where each message has a command of its own. */
  readonly commands?: Commands;
  readonly state: 'ok' | 'lost' | 'failing';
  /** What is wrong; null when nothing is. */
  readonly words: string | null;
}

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
    for (const [id, link] of this.#links) if (link.transport === transport && id !== node && !others.includes(id)) leave(link);
    for (const id of others) Object.assign(this.#linkWith(id, facts), { transport, left: false });
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

  /** Throws when a broker of the topology was not opened. */
  check(brokers: readonly Broker[]): void {
    for (const { id } of brokers) this.#transport(id);
  }

  async subscribe(address: Address): Promise<void> {
    await this.#attempt(address, this.#transport(address.broker).subscribe(address));
  }

  /** Whether the latest subscribe or unsubscribe there failed for another reason than that the broker is away. */
  fails({ broker, channel }: Address): boolean {
    const link = this.#links.get(broker);
    return link === undefined || link.failed.has(channel);
  }

  async unsubscribe(address: Address): Promise<void> {
    await this.#attempt(address, this.#transport(address.broker).unsubscribe(address));
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
    const link = this.#link(broker);
    link.receipts = receipt === null || link.receipts === null ? null : link.receipts + receipt;
  }

  junk(broker: BrokerId): void {
    this.#link(broker).junk++;
  }

  /** All subscriptions at a broker are made anew when it is back, so what failed before is forgotten. */
  setLost(broker: BrokerId, lost: boolean): void {
    const link = this.#link(broker);
    link.lost = lost && !link.left;
    if (lost) link.outages++;
    link.failed.clear();
  }

  states(): ReadonlyMap<BrokerId, LinkState> {
    return new Map(
      [...this.#links].map(([id, link]) => {
        const commands = link.transport?.commands?.(id);
        const { receipts, junk } = link;
        return [id, { receipts, junk, ...(commands && { commands }), ...healthOf(id, link) }];
      }),
    );
  }

  async settle(): Promise<void> {
    await Promise.all(this.#transports().map((transport) => transport.settle()));
  }

  async close(): Promise<void> {
    await Promise.all(this.#transports().map((transport) => transport.close()));
  }

  /** A failure while the broker is lost, or of an attempt from before it was, is no news: the core subscribes again when it is back. */
  async #attempt({ broker, channel }: Address, call: Promise<void>): Promise<void> {
    const link = this.#link(broker);
    const { outages } = link;
    try {
      await call;
      link.failed.delete(channel);
    } catch (error) {
      if (!link.lost && link.outages === outages) link.failed.set(channel, wordsOf(error));
      throw error;
    }
  }

  async #openKind(node: LocalNode, kind: string, { brokers, places, settings, kindOf }: BrokersToOpen): Promise<void> {
    const ids = brokers.filter((broker) => broker.kind === kind).map((broker) => broker.id);
    const here = places.filter((place) => ids.includes(place.id));
    if (here.length < ids.length)
      throw unavailable(`[${node.id}] the topology has ${ids.length} brokers of kind ${kind}, the plan the places of ${here.length}`);
    const found = await kindOf(kind);
    const { facts } = found;
    if (facts.delivers === true) this.delivers = true;
    for (const id of ids) this.#links.set(id, newLink(facts));
    const batching = new Set(brokers.filter(({ batches }) => batches).map(({ id }) => id));
    const transport = await found.open(node, here, { ...settings, batching });
    for (const id of ids) this.#link(id).transport = transport;
  }

  async #openMesh(node: LocalNode, { settings, kindOf }: BrokersToOpen): Promise<void> {
    const found = await kindOf('node');
    const { facts } = found;
    const own = this.#linkWith(node.id, facts);
    const transport = await found.open(node, [], settings);
    own.transport = transport;
    this.#mesh = { node: node.id, facts, transport };
  }

  #linkWith(id: BrokerId, facts: Facts): Link {
    const link = this.#links.get(id) ?? newLink(facts);
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

function newLink(facts: Facts): Link {
  return { facts, transport: undefined, left: false, receipts: 0, junk: 0, lost: false, outages: 0, failed: new Map() };
}

/** It is no broker of this node any more, so nothing about it is wrong. */
function leave(link: Link): void {
  link.transport = undefined;
  link.left = true;
  link.lost = false;
  link.failed.clear();
}

function healthOf(id: BrokerId, { lost, failed }: Link): Pick<LinkState, 'state' | 'words'> {
  if (lost) return { state: 'lost', words: `[${id}] is lost: nothing is said or heard through it; it is tried again until it is back` };
  const [words] = failed.values();
  return words === undefined ? { state: 'ok', words: null } : { state: 'failing', words };
}
