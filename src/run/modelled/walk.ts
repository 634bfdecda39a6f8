import { knownOf } from '../../routing/contract/everyDraw.js';
import { type Copy, copiesOf } from '../../routing/copies.js';
import { keyOf } from '../../routing/listening.js';
import type { Said } from '../../routing/messages.js';
import type { Address, NodeId, Routing, Topic, Topology } from '../../routing/types.js';
import { frameBytes, type Sized } from '../../transports/frameLayout.js';
import { isAmong, type Listening } from './listening.js';
import { Loads, type Places } from './loads.js';
import type { Questions } from './questions.js';
import type { Audience, Sending } from './sendings.js';

/** Everything that a message's way through the nodes and brokers depends on. */
export interface Streets {
  readonly topology: Topology;
  readonly routing: Routing;
  readonly places: Places;
  readonly listening: Listening;
  readonly seed: number;
  /** Size of what a message says, without its frame. */
  readonly bodyBytes: number;
}

/** The name of every channel while no node listens anywhere but for a topic that it wants: millions of names need not be made. */
const nobodyAnyway = '';

interface Put {
  readonly copy: Copy<Sized>;
  readonly sender: number;
  readonly audience: ReadonlyMap<string, Audience>;
  readonly bytes: number;
}

/**
 * Adds up what messages cost every node and broker, by the strategy's own answers alone. What all listeners of a channel get is kept
 * by channel and handed out once, at `finish`, so a message costs the places it is put at and the nodes that want it, not all that hear it.
 */
export class Walk {
  readonly #streets: Streets;
  readonly #loads: Loads;
  readonly #questions: Questions;
  /** Messages handed out at a channel, with its broker. */
  readonly #handed = new Map<string, { readonly broker: number; messages: number; bytes: number }>();
  readonly #body: Sized;
  /** Places looked at so far: what computing costs, the same in every run. */
  work = 0;

  constructor(streets: Streets, questions: Questions) {
    this.#streets = streets;
    this.#loads = new Loads(streets.places);
    this.#questions = questions;
    this.#body = { length: streets.bodyBytes };
  }

  say(sending: Sending): void {
    const { topology, routing, seed } = this.#streets;
    const { nodes } = this.#loads;
    const id = nodeId(topology, sending.node);
    this.#loads.messages++;
    this.#loads.deliveries += sending.deliveries;
    this.#loads.add(nodes.fromClients, sending.node, 1);
    this.work += this.#questions.ask(sending, this.#loads);
    const audience = new Map<string, Audience>(sending.audience.map((one) => [one.topic, one]));
    if (routing.local === 'around') this.#deliver(sending.node, sending.audience);
    const known = (topic: Audience['topic']) => this.#known(audience.get(topic));
    for (const copy of copiesOf(this.#said(sending, id), { version: topology.version, routing }, { node: id, seed, known })) {
      this.#put({ copy, sender: sending.node, audience, bytes: 0 }, id);
    }
  }

  /** Hands out what was put at channels. */
  finish(): Loads {
    const { listening } = this.#streets;
    const { nodes, brokers } = this.#loads;
    const got = new Float64Array(listening.groups.length);
    for (const [key, { broker, messages, bytes }] of this.#handed) {
      for (const index of listening.at(key)) {
        const listeners = listening.groups[index]?.nodes.length ?? 0;
        got[index] = (got[index] ?? 0) + messages;
        this.#loads.add(brokers.out, broker, messages * listeners);
        this.#loads.add(brokers.bytesOut, broker, bytes * listeners);
      }
    }
    for (const [index, { nodes: members }] of listening.groups.entries())
      for (const node of members) this.#loads.add(nodes.received, node, got[index] ?? 0);
    for (let node = 0; node < nodes.wasted.length; node++) nodes.wasted[node] = (nodes.received[node] ?? 0) - (nodes.useful[node] ?? 0);
    return this.#loads;
  }

  #said({ audience, draws }: Sending, node: NodeId): Said<Sized> {
    const id = `${node}-${this.#loads.messages}`;
    return { type: 'said', by: 'client', kind: 'chat', id, topics: audience.map(({ topic }) => topic), body: this.#body, draws };
  }

  #known(audience: Audience | undefined): readonly Address[] {
    const { routing, topology } = this.#streets;
    if (audience === undefined || routing.directory === undefined) return [];
    return knownOf(
      routing,
      audience.topic,
      audience.at.map(({ node }) => nodeId(topology, node)),
    );
  }

  #put({ copy, sender, audience }: Put, id: NodeId): void {
    const { address, message } = copy;
    const { nodes, brokers } = this.#loads;
    this.work++;
    const listed = message.topics.flatMap((topic) => audience.get(topic) ?? []);
    if (address.broker === id) {
      this.#deliver(sender, listed);
      return;
    }
    const broker = this.#streets.places.of(address.broker);
    const put = { copy, sender, audience, bytes: this.#bytesOf(copy) };
    this.#loads.add(nodes.published, sender, 1);
    this.#loads.add(brokers.in, broker, 1);
    this.#loads.add(brokers.bytesIn, broker, put.bytes);
    const node = this.#streets.places.nodeAt(broker);
    if (node !== undefined) this.#handToNode(put, broker, node);
    else this.#handOut(put, broker);
  }

  /** A message for a node, in its frame; one that goes to several places is measured once. */
  #measured: { readonly message: Copy<Sized>['message']; readonly bytes: number } | undefined;

  #bytesOf({ message }: Copy<Sized>): number {
    if (this.#measured?.message !== message) this.#measured = { message, bytes: frameBytes(message) };
    return this.#measured.bytes;
  }

  /** From node to node: handed to its own sockets. */
  #handToNode(put: Put, broker: number, node: number): void {
    const { nodes, brokers } = this.#loads;
    this.#loads.add(brokers.out, broker, 1);
    this.#loads.add(nodes.received, node, 1);
    this.#hear(put, put.copy.address, node);
  }

  #handOut(put: Put, broker: number): void {
    const { address } = put.copy;
    this.#handAt(put, address, broker);
    for (const other of this.#streets.topology.brokers[broker]?.relaysTo ?? []) {
      this.work++;
      this.#loads.add(this.#loads.brokers.relayed, broker, 1);
      this.#handAt(put, { broker: other, channel: address.channel }, this.#streets.places.of(other));
    }
  }

  #handAt(put: Put, address: Address, broker: number): void {
    const { listening, topology } = this.#streets;
    const key = listening.groups.length === 0 ? nobodyAnyway : keyOf(address);
    if (listening.at(key).length > 0) this.#keep(put, key, broker);
    const kept = topology.brokers[broker]?.echo === false ? put.sender : undefined;
    if (kept !== undefined && listening.hears(kept, key)) this.#count(put, kept, broker, -1);
    for (const node of this.#wanting(put)) {
      if (node === kept || !this.#hear(put, address, node) || listening.hears(node, key)) continue;
      this.#count(put, node, broker, 1);
    }
  }

  /** For those who listen there whatever it is for. */
  #keep({ bytes }: Put, key: string, broker: number): void {
    const handed = this.#handed.get(key) ?? { broker, messages: 0, bytes: 0 };
    this.#handed.set(key, handed);
    handed.messages++;
    handed.bytes += bytes;
  }

  #count({ bytes }: Put, node: number, broker: number, messages: number): void {
    const { nodes, brokers } = this.#loads;
    this.#loads.add(nodes.received, node, messages);
    this.#loads.add(brokers.out, broker, messages);
    this.#loads.add(brokers.bytesOut, broker, messages * bytes);
  }

  /** Nodes that want a topic of the copy. */
  #wanting({ copy, audience }: Put): Iterable<number> {
    const [topic] = copy.message.topics;
    if (topic !== undefined && copy.message.topics.length === 1) return (audience.get(topic)?.at ?? []).map(({ node }) => node);
    return new Set(copy.message.topics.flatMap((one) => audience.get(one)?.at ?? []).map(({ node }) => node));
  }

  /** Whether the node listens at the address for one of the copy's topics; it is useful then, and delivered, unless it is the sender's own. */
  #hear({ copy, audience, sender }: Put, { broker, channel }: Address, node: number): boolean {
    const { routing, topology } = this.#streets;
    const id = nodeId(topology, node);
    const heard = copy.message.topics.flatMap((topic) => {
      const one = audience.get(topic);
      if (one === undefined || !one.at.some((hearers) => hearers.node === node)) return [];
      const listened = this.#listened(topic, id);
      this.work += 1 + listened.length;
      return isAmong(listened, broker, channel) ? [one] : [];
    });
    if (heard.length === 0) return false;
    if (routing.local === 'around' && node === sender) return true;
    this.#loads.add(this.#loads.nodes.useful, node, 1);
    const sockets = this.#deliver(node, heard);
    for (const passed of new Set([copy.address.broker, broker]))
      this.#loads.add(this.#loads.brokers.carried, this.#streets.places.of(passed), sockets);
    return true;
  }

  /** One message may be put at thousands of places: where its topic is heard is asked for once. */
  #answered: { readonly topic: Topic; readonly node: NodeId; readonly listened: readonly Address[] } | undefined;

  #listened(topic: Topic, node: NodeId): readonly Address[] {
    if (this.#answered?.topic !== topic || this.#answered.node !== node)
      this.#answered = { topic, node, listened: this.#streets.routing.subscribe(topic, node) };
    return this.#answered.listened;
  }

  #deliver(node: number, audience: readonly Audience[]): number {
    let delivered = 0;
    for (const { at } of audience) for (const hearers of at) if (hearers.node === node) delivered += hearers.sockets;
    this.#loads.add(this.#loads.nodes.deliveredToSockets, node, delivered);
    return delivered;
  }
}

function nodeId({ nodes }: Topology, node: number): NodeId {
  const id = nodes[node];
  if (id === undefined) throw new RangeError(`no node ${node} of ${nodes.length}`);
  return id;
}
