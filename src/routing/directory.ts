import { keyOf } from './listening.js';
import type { Address, NodeId, Topic } from './types.js';

/** A line of a directory: whoever has a message for the topic puts it at the address. */
export interface Entry {
  readonly topic: Topic;
  readonly address: Address;
}

/** An entry with the nodes that told it. */
export interface Line extends Entry {
  readonly nodes: readonly NodeId[];
}

export interface Telling extends Entry {
  readonly on: boolean;
  /** A place tells it to a node that watches the topic, which keeps it with what it was answered; it wants nothing itself. */
  readonly notice?: true;
}

interface Told {
  readonly address: Address;
  /** The nodes that told it: it stands until the last of them takes it back. */
  readonly nodes: Set<NodeId>;
}

/** An entry as a map key. Topics hold no space. */
export function entryKey({ topic, address }: Entry): string {
  return `${topic} ${keyOf(address)}`;
}

/** Who listens where, as one place of a directory remembers it. Pure: a chat node and the hub hold one each. */
export class Directory {
  readonly #topics = new Map<Topic, Map<string, Told>>();

  /** Topics that somebody wants. */
  get size(): number {
    return this.#topics.size;
  }

  /** Returns whether the answer to a question for the topic is another one now. */
  tell(from: NodeId, topic: Topic, address: Address, on: boolean): boolean {
    return on ? this.#add(from, topic, address) : this.#remove(from, topic, address);
  }

  ask(topic: Topic): readonly Address[] {
    return Array.from(this.#topics.get(topic)?.values() ?? [], ({ address }) => address);
  }

  /** All that a node told is taken back. Returns the topics whose answer is another one now. */
  forget(node: NodeId): readonly Topic[] {
    const changed: Topic[] = [];
    for (const [topic, lines] of this.#topics) {
      const gone = [...lines.values()].filter((line) => line.nodes.has(node));
      const changes = gone.map(({ address }) => this.#remove(node, topic, address));
      if (changes.includes(true)) changed.push(topic);
    }
    return changed;
  }

  *lines(): Iterable<{ readonly topic: Topic; readonly address: Address; readonly nodes: ReadonlySet<NodeId> }> {
    for (const [topic, lines] of this.#topics) for (const line of lines.values()) yield { topic, ...line };
  }

  #add(from: NodeId, topic: Topic, address: Address): boolean {
    const lines = this.#topics.get(topic) ?? new Map<string, Told>();
    this.#topics.set(topic, lines);
    const line = lines.get(keyOf(address));
    if (line === undefined) lines.set(keyOf(address), { address, nodes: new Set([from]) });
    else line.nodes.add(from);
    return line === undefined;
  }

  #remove(from: NodeId, topic: Topic, address: Address): boolean {
    const lines = this.#topics.get(topic);
    const line = lines?.get(keyOf(address));
    if (lines === undefined || line === undefined || !line.nodes.delete(from) || line.nodes.size > 0) return false;
    lines.delete(keyOf(address));
    if (lines.size === 0) this.#topics.delete(topic);
    return true;
  }
}
