import type { Asker } from './asking.js';
import { copiesOf, messageOf } from './copies.js';
import type { NodeCounters } from './counters.js';
import { Holding } from './holding.js';
import type { Effect, Message, NodeCoreConfig, Said } from './messages.js';
import type { Address, Kind, Topic } from './types.js';
import type { View } from './view.js';

/** A message between being said and being published, while a directory is asked. */
export interface Held<Body> extends Asker {
  readonly said: Said<Body>;
  readonly topics: readonly Topic[];
  /** The view by which it was said, and is published. */
  readonly view: View;
  rejected: boolean;
}

/** What it takes to publish: all that directories know of its topics. */
interface Known<Body> extends Pick<Held<Body>, 'said' | 'view'> {
  readonly known: ReadonlyMap<Topic, readonly Address[]>;
}

const nothing: ReadonlyMap<Topic, readonly Address[]> = new Map();

export interface SpeakingActs<Body> {
  emit(effect: Extract<Effect<Body, never>, { type: 'publish' | 'held' | 'released' | 'rejected' }>): void;
  /** Finds out where the topics are wanted; what must be asked for is open in the message until it is answered. */
  lookUp(held: Held<Body>): void;
  /** A call to the node itself. */
  hand(message: Message<Body>): void;
}

/** From said to published: messages wait for what directories answer, and behind older ones for the same topics. */
export class Speaking<Body> {
  readonly #config: NodeCoreConfig;
  readonly #counters: NodeCounters;
  readonly #acts: SpeakingActs<Body>;
  readonly #holding = new Holding<Held<Body>>();

  constructor(config: NodeCoreConfig, counters: NodeCounters, acts: SpeakingActs<Body>) {
    this.#config = config;
    this.#counters = counters;
    this.#acts = acts;
  }

  say(said: Said<Body>, view: View): void {
    const { topics } = said;
    if (view.routing.directory === undefined && !this.#holding.concerns(topics)) {
      this.#put({ said, view, known: nothing });
      return;
    }
    const held: Held<Body> = { said, topics, view, known: new Map(), open: 0, rejected: false };
    if (view.routing.directory !== undefined) this.#acts.lookUp(held);
    if (held.open === 0 && !this.#holding.concerns(topics)) this.#put(held);
    else this.#hold(held);
  }

  answered(messages: Iterable<Held<Body>>): void {
    for (const held of this.#holding.take(messages, ({ open, rejected }) => open === 0 || rejected)) {
      if (!held.rejected) this.#put(held);
      this.#acts.emit({ type: held.rejected ? 'rejected' : 'released', id: held.said.id });
    }
  }

  /** What could not be asked for is not published. */
  failed(messages: Iterable<Held<Body>>): void {
    for (const held of messages) held.rejected = true;
    this.answered(messages);
  }

  /** A publish that did not happen. */
  refused(broker: string, kind: Kind): void {
    this.#count(broker, kind, -1);
  }

  /** A transport published by itself. */
  published(broker: string, kind: Kind): void {
    this.#count(broker, kind, 1);
  }

  #hold(held: Held<Body>): void {
    this.#holding.add(held);
    this.#acts.emit({ type: 'held', id: held.said.id });
  }

  /** Publishing to oneself is a call and counts nothing. What a directory knows beyond the view is left out. */
  #put({ said, view, known }: Known<Body>): void {
    if (view.routing.local === 'around') this.#acts.hand(messageOf(said, said.topics, view.version));
    const { node, seed } = this.#config;
    const knownHere = (topic: Topic) => known.get(topic)?.filter(({ broker }) => view.has(broker)) ?? [];
    for (const { address, message } of copiesOf(said, view, { node, seed, known: knownHere })) {
      if (address.broker === node) {
        this.#acts.hand(message);
      } else {
        this.#count(address.broker, message.kind, 1);
        this.#acts.emit({ type: 'publish', address, message });
      }
    }
  }

  #count(broker: string, kind: Kind, messages: number): void {
    this.#counters.kinds[kind].published += messages;
    this.#counters.brokers.add(broker, kind, 'in', messages);
  }
}
