import type { NodeId } from './types.js';

/** Who listens at one virtual broker. Most channels have one listener, so no set is kept for it: there may be millions. */
export class VirtualChannels {
  readonly #listeners = new Map<string, NodeId | Set<NodeId>>();

  /** Channels that somebody listens to. */
  get size(): number {
    return this.#listeners.size;
  }

  add(channel: string, node: NodeId): void {
    const before = this.#listeners.get(channel);
    if (before === undefined) this.#listeners.set(channel, node);
    else if (typeof before !== 'string') before.add(node);
    else if (before !== node) this.#listeners.set(channel, new Set([before, node]));
  }

  delete(channel: string, node: NodeId): void {
    const before = this.#listeners.get(channel);
    if (before === node) this.#listeners.delete(channel);
    if (typeof before !== 'object') return;
    before.delete(node);
    if (before.size === 0) this.#listeners.delete(channel);
  }

  /** A node is gone. */
  leave(node: NodeId): void {
    for (const channel of [...this.#listeners.keys()]) this.delete(channel, node);
  }

  at(channel: string): Iterable<NodeId> {
    const listeners = this.#listeners.get(channel) ?? [];
    return typeof listeners === 'string' ? [listeners] : listeners;
  }
}
