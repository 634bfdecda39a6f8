import type { NodeCounters } from './counters.js';
import type { Effect, Message, Sockets } from './messages.js';
import type { Address, NodeId, Topic } from './types.js';
import type { Views } from './views.js';
import type { Wanting } from './wanting.js';

interface HearingParts<Body, Socket> {
  readonly node: NodeId;
  readonly counters: NodeCounters;
  readonly views: Pick<Views, 'of'>;
  readonly wanting: Pick<Wanting<Socket>, 'sockets' | 'socketsAt'>;
  emit(effect: Extract<Effect<Body, Socket>, { type: 'deliver' | 'question' | 'echo' }>): void;
}

/**
 * From arrived to delivered. While two views are listened to, a copy counts only at an address where the view it was published by says:
 * that keeps every message at exactly one useful copy per node during a change of topology.
 */
export class Hearing<Body, Socket> {
  readonly #parts: HearingParts<Body, Socket>;

  constructor(parts: HearingParts<Body, Socket>) {
    this.#parts = parts;
  }

  /** A broker, or another node, handed it to this one. */
  arrived(address: Address, message: Message<Body>): void {
    const { node, counters, emit } = this.#parts;
    const { kind } = message;
    counters.kinds[kind].received++;
    counters.brokers.add(address.broker, kind, 'out', 1);
    if (address.broker === node) this.#countHandedOn(message);
    const dropped = this.#isOwnAround(message);
    const useful = !dropped && this.#hand(message, address);
    counters.kinds[kind][useful ? 'useful' : 'wasted']++;
    if (dropped && isQuestion(message)) emit({ type: 'echo', message });
  }

  /** A call of the node to itself. */
  called(message: Message<Body>): void {
    this.#hand(message);
  }

  /** As a broker, a node hands what it takes in to its own sockets. */
  #countHandedOn({ kind }: Message<Body>): void {
    const traffic = this.#parts.counters.asBroker[kind];
    traffic.in++;
    traffic.out++;
  }

  /** Where the sender's node delivers at once, it drops its own copy. */
  #isOwnAround({ id, view }: Message<Body>): boolean {
    return this.#parts.views.of(view)?.routing.local === 'around' && nodeOf(id) === this.#parts.node;
  }

  /** Returns whether somebody here wanted it. */
  #hand(message: Message<Body>, address?: Address): boolean {
    return isQuestion(message) ? this.#ask(message, address) : this.#deliver(message, address);
  }

  /** Every node that a question reaches answers it; it is useful where the user is. */
  #ask(message: Message<Body>, address?: Address): boolean {
    const online = message.topics.some((topic) => this.#socketsFor(topic, message, address) !== undefined);
    this.#parts.emit({ type: 'question', message, online });
    return online;
  }

  /** Hands a message to the local sockets that want one of its topics, at this address if one is given. */
  #deliver(message: Message<Body>, address?: Address): boolean {
    const { counters, emit } = this.#parts;
    let useful = false;
    for (const topic of message.topics) {
      const sockets = this.#socketsFor(topic, message, address);
      if (sockets === undefined) continue;
      useful = true;
      if (!topic.startsWith('n:')) counters.kinds[message.kind].deliveredToSockets += sockets.size;
      emit({ type: 'deliver', topic, sockets, message });
    }
    return useful;
  }

  #socketsFor(topic: Topic, { view }: Message<Body>, address: Address | undefined): Sockets<Socket> | undefined {
    const { wanting } = this.#parts;
    return address === undefined ? wanting.sockets(topic) : wanting.socketsAt(topic, view, address);
  }
}

/** The node that gave a message its id. */
function nodeOf(id: string): NodeId {
  return id.slice(0, id.lastIndexOf('-'));
}

/** A message of kind presence for a user's own topic asks whether the user is online. */
function isQuestion(message: Message<unknown>): boolean {
  return message.kind === 'presence' && message.topics.every((topic) => topic.startsWith('u:'));
}
