import type { NodeId } from '../routing/types.js';
import { type Deferred, deferred } from './pending.js';
import { type Refused, unknown } from './refused.js';

/**
 * What a node announced and waits for: first that it comes back, for only then is it known which nodes it concerns, then that each of those
 * acts by it. A node that joins later reads the store after the change was made.
 */
export class Announcement {
  readonly #announcer: NodeId;
  readonly #over: Deferred<void> = deferred();
  /** They may be faster than the announcement's way back. */
  readonly #confirmedBy = new Set<NodeId>();
  /** Undefined until it came back. */
  #missing: Set<NodeId> | undefined;

  constructor(announcer: NodeId) {
    this.#announcer = announcer;
  }

  /** Resolves when every node that it concerns acts by it; rejects when that will not be known. */
  get confirmed(): Promise<void> {
    return this.#over.promise;
  }

  cameBack(concerned: Iterable<NodeId>): void {
    this.#missing = new Set([...concerned].filter((node) => !this.#confirmedBy.has(node)));
    this.#resolveIfOver();
  }

  confirm(node: NodeId): void {
    this.#confirmedBy.add(node);
    this.#missing?.delete(node);
    this.#resolveIfOver();
  }

  /** Whoever is none of these has left, and acts by nothing any more. */
  keepOnly(nodes: ReadonlySet<NodeId>): void {
    for (const node of this.#missing ?? []) if (!nodes.has(node)) this.#missing?.delete(node);
    this.#resolveIfOver();
  }

  /** Nothing that others say comes any more; what this node itself does goes on. */
  cut(): void {
    const others = [...(this.#missing ?? [])].filter((node) => node !== this.#announcer);
    if (this.#missing === undefined || others.length > 0) this.#over.reject(this.refusal());
  }

  /** Why it is not confirmed. */
  refusal(): Refused {
    if (this.#missing === undefined) return unknown('room change not confirmed');
    return unknown(this.#missing.has(this.#announcer) ? 'subscription not confirmed' : 'node did not confirm');
  }

  #resolveIfOver(): void {
    if (this.#missing?.size === 0) this.#over.resolve();
  }
}
