import type { NodeId, Topology } from '../routing/types.js';
import type { Cast, RunningNode } from './cast.js';

/** A node is asked for a sign of life so many times in a lease: one late answer costs nobody the membership. */
const beatsPerLease = 8;

/**
 * The coordinator as the membership service of every strategy: which nodes there are, and when everybody routes by it.
 * One change after the other, each in three steps: everybody listens by the new view beside the old one (*view*), publishes by it (*switch*),
 * and leaves the old one when nothing published by it is on its way (*clean*).
 */
export class Membership {
  readonly #cast: Cast;
  #topology: Topology;
  #changing: Promise<unknown> = Promise.resolve();

  constructor(cast: Cast, topology: Topology) {
    this.#cast = cast;
    this.#topology = topology;
  }

  get topology(): Topology {
    return this.#topology;
  }

  /** Starts a node and takes it into the view. It gets the view last: what it copies from a running one is complete then. */
  join(id: NodeId): Promise<RunningNode> {
    return this.#next(async () => {
      const node = await this.#cast.startNode(id);
      await this.#move([...this.#topology.nodes, id]);
      return node;
    });
  }

  /** Takes a node out of the view and ends it: one that comes back to life does not know that others have gone on without it. */
  leave(id: NodeId): Promise<void> {
    return this.#next(async () => {
      if (!this.#topology.nodes.includes(id)) return;
      this.#cast.endNode(id);
      await this.#move(this.#topology.nodes.filter((node) => node !== id));
    });
  }

  /**
   * Every node holds a lease that each answer renews; one whose lease has run out leaves. Returns how to stop watching.
   * `failed` is told when a change of the view did not succeed.
   */
  watch(leaseMs: number, failed: (error: unknown) => void): () => void {
    const renewed = new Map<NodeId, number>();
    const timer = setInterval(() => {
      for (const { id, call } of this.#cast.nodes) {
        call.beat().then(
          () => renewed.set(id, performance.now()),
          () => {}, // No answer is no renewal; the lease says the rest.
        );
        if (performance.now() - (renewed.get(id) ?? begun) > leaseMs) this.leave(id).catch(failed);
      }
    }, leaseMs / beatsPerLease);
    const begun = performance.now();
    return () => clearInterval(timer);
  }

  #next<T>(change: () => Promise<T>): Promise<T> {
    const changed = this.#changing.then(change);
    this.#changing = changed.catch(() => {});
    return changed;
  }

  async #move(nodes: readonly NodeId[]): Promise<void> {
    const before = new Set(this.#topology.nodes);
    const next = { ...this.#topology, version: this.#topology.version + 1, nodes };
    this.#topology = next;
    await this.#cast.view(next, (id) => before.has(id));
    await this.#cast.view(next, (id) => !before.has(id));
    await this.#cast.each(({ call }) => call.switch(next.version));
    await this.#cast.each(({ call }) => call.fence());
    await this.#cast.each(({ call }) => call.clean(next.version));
  }
}
