import { unavailable } from '../error.js';
import type { NodeId, Topology } from '../routing/types.js';
import type { Cast, RunningNode } from './cast.js';

/** A node is asked for a sign of life so many times in a lease: one late answer costs nobody the membership. */
const beatsPerLease = 8;

/** Runs out when its node has given no sign of life for the lease. */
interface Lease {
  renewedAt: number;
  isOver: boolean;
  /** Rejects when it runs out. */
  readonly over: Promise<never>;
  end(error: Error): void;
}

/**
 * The coordinator as the membership service of every strategy: which nodes there are, and when everybody routes by it.
 * One change after the other, each in three steps: everybody listens by the new view beside the old one (*view*), publishes by it (*switch*),
 * and leaves the old one when nothing published by it is on its way (*clean*). A node that does not take part leaves, too.
 */
export class Membership {
  readonly #cast: Cast;
  readonly #leaseMs: number;
  readonly #leases = new Map<NodeId, Lease>();
  readonly #beats: NodeJS.Timeout;
  #topology: Topology;
  #changing: Promise<unknown> = Promise.resolve();

  /** `failed` is told when a node could not be taken out of the view. */
  constructor(cast: Cast, topology: Topology, leaseMs: number, failed: (error: unknown) => void) {
    this.#cast = cast;
    this.#topology = topology;
    this.#leaseMs = leaseMs;
    this.#beats = setInterval(() => {
      for (const node of cast.nodes) this.#renew(node, failed);
    }, leaseMs / beatsPerLease);
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

  /** Takes a node out of the view and ends it: one that came back to life would not know that others have gone on without it. */
  leave(id: NodeId): Promise<void> {
    return this.#next(async () => {
      this.#cast.endNode(id);
      this.#leases.delete(id);
      if (this.#topology.nodes.includes(id)) await this.#move(this.#topology.nodes.filter((node) => node !== id));
    });
  }

  /** No lease runs out any more. Resolves when no change is under way. */
  async close(): Promise<void> {
    clearInterval(this.#beats);
    await this.#changing;
  }

  #renew({ id, call }: RunningNode, failed: (error: unknown) => void): void {
    const lease = this.#lease(id);
    if (lease.isOver) return;
    const renew = () => {
      lease.renewedAt = performance.now();
    };
    // No answer is no renewal: the lease says the rest.
    call.beat().then(renew, () => {});
    if (performance.now() - lease.renewedAt <= this.#leaseMs) return;
    lease.isOver = true;
    lease.end(unavailable(`[${id}] gave no sign of life for ${this.#leaseMs / 1000} s and is taken out of the view`));
    this.leave(id).catch(failed);
  }

  #lease(id: NodeId): Lease {
    const lease = this.#leases.get(id) ?? newLease();
    this.#leases.set(id, lease);
    return lease;
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
    const { places } = this.#cast;
    await this.#each(({ id, call }) => (before.has(id) ? call.view(next, places) : undefined));
    await this.#each(({ id, call }) => (before.has(id) ? undefined : call.view(next, places)));
    await this.#each(({ call }) => call.switch(next.version));
    // What one published before it switched has been taken by the brokers after the first round, and has arrived after the second.
    await this.#each(({ call }) => call.fence());
    await this.#each(({ call }) => call.fence());
    await this.#each(({ call }) => call.clean(next.version));
  }

  /** Nobody waits for a node whose lease has run out; that it leaves is the next change. */
  async #each(ask: (node: RunningNode) => Promise<void> | undefined): Promise<void> {
    await Promise.all(
      this.#cast.nodes.map(async (node) => {
        try {
          await Promise.race([ask(node), this.#lease(node.id).over]);
        } catch (error) {
          if (!(await this.#runsOut(node.id))) throw error;
        }
      }),
    );
  }

  /** A call to a node that just died fails before its lease runs out. */
  async #runsOut(id: NodeId): Promise<boolean> {
    const { over } = this.#lease(id);
    const alive = this.#cast.nodes.find((node) => node.id === id)?.call.beat();
    return Promise.race([alive?.then(() => false) ?? false, over]).catch(() => true);
  }
}

function newLease(): Lease {
  let end: (error: Error) => void = () => {};
  const over = new Promise<never>((_resolve, reject) => {
    end = reject;
  });
  over.catch(() => {});
  return { renewedAt: performance.now(), isOver: false, over, end };
}
