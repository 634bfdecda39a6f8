import { Directory } from '../../routing/directory.js';
import type { NodeId, Topic } from '../../routing/types.js';
import type { Entry, Line, Telling } from '../types.js';
import type { Guest } from './role.js';

/** A connection over which a node told something: `n1#7`. */
type Teller = string;

/**
 * The directory of a hub. What a node told over a connection stands until the lease after that connection broke runs out, or,
 * when the node came back in time, until the lease after its return: what it has not told again by then it no longer wants.
 */
export class Memory {
  readonly #directory = new Directory();
  readonly #leaseMs: number;
  readonly #changed: (telling: Telling) => void;
  /** The tellers of each node that something may stand of. */
  readonly #tellers = new Map<NodeId, Set<Teller>>();
  readonly #leases = new Map<Teller, NodeJS.Timeout>();

  /** `changed` is called when something is forgotten that thereby is true no more. */
  constructor(leaseMs: number, changed: (telling: Telling) => void) {
    this.#leaseMs = leaseMs;
    this.#changed = changed;
  }

  get topics(): number {
    return this.#directory.size;
  }

  came(guest: Guest): void {
    const tellers = this.#tellers.get(guest.node) ?? new Set<Teller>();
    this.#tellers.set(guest.node, tellers);
    for (const gone of tellers) if (this.#leases.has(gone)) this.#lease(guest.node, gone);
    tellers.add(tellerOf(guest));
  }

  left(guest: Guest): void {
    this.#lease(guest.node, tellerOf(guest));
  }

  /** Returns whether the answer to a question for the topic is another one now. What is taken back is taken back for all connections of the node. */
  tell(guest: Guest, { topic, address, on }: Telling): boolean {
    if (on) return this.#directory.tell(tellerOf(guest), topic, address, true);
    const tellers = [...(this.#tellers.get(guest.node) ?? [])];
    return tellers.map((teller) => this.#directory.tell(teller, topic, address, false)).includes(true);
  }

  ask(topics: readonly Topic[]): readonly Entry[] {
    return topics.flatMap((topic) => this.#directory.ask(topic).map((address) => ({ topic, address })));
  }

  copy(): readonly Line[] {
    return Array.from(this.#directory.lines(), ({ topic, address, nodes }) => ({
      topic,
      address,
      nodes: [...new Set([...nodes].map(nodeOf))],
    }));
  }

  close(): void {
    for (const lease of this.#leases.values()) clearTimeout(lease);
  }

  #lease(node: NodeId, teller: Teller): void {
    clearTimeout(this.#leases.get(teller));
    this.#leases.set(
      teller,
      setTimeout(() => this.#forget(node, teller), this.#leaseMs),
    );
  }

  #forget(node: NodeId, teller: Teller): void {
    this.#leases.delete(teller);
    this.#tellers.get(node)?.delete(teller);
    if (this.#tellers.get(node)?.size === 0) this.#tellers.delete(node);
    const told = [...this.#directory.lines()].filter(({ nodes }) => nodes.has(teller));
    for (const { topic, address } of told) {
      if (this.#directory.tell(teller, topic, address, false)) this.#changed({ topic, address, on: false, notice: true });
    }
  }
}

function tellerOf({ node, visit }: Guest): Teller {
  return `${node}#${visit}`;
}

function nodeOf(teller: Teller): NodeId {
  return teller.slice(0, teller.lastIndexOf('#'));
}
