import type { BrokerTraffic } from '../../../routing/messages.js';

/**
 * Heartbeats come by the clock, so at no moment is none on its way. Each end of the pipe between a worker and its primary holds back what passed it
 * until the worker's fence passes, too. The pipe keeps the order both ways, so both ends release the same heartbeats by the same fence.
 */
abstract class End {
  protected readonly passed: BrokerTraffic = { in: 0, out: 0 };
  readonly #released: BrokerTraffic = { in: 0, out: 0 };

  /** By the direction of the primary, at both ends. */
  count(direction: keyof BrokerTraffic): void {
    this.passed[direction]++;
  }

  /** What of all that ever passed was not released before. */
  protected releaseUpTo(all: BrokerTraffic): BrokerTraffic {
    const fresh = { in: all.in - this.#released.in, out: all.out - this.#released.out };
    Object.assign(this.#released, all);
    return fresh;
  }
}

/** A fence turns round here. */
export class PrimaryEnd extends End {
  turn(): BrokerTraffic {
    return this.releaseUpTo(this.passed);
  }
}

/** A fence sets out from here and comes back: what left before the one and what came before the other is what the primary released by it. */
export class WorkerEnd extends End {
  readonly #sentBefore = new Map<number, number>();
  #last = 0;

  setOut(): number {
    this.#sentBefore.set(++this.#last, this.passed.in);
    return this.#last;
  }

  /** Undefined: no such fence is under way. */
  comeBack(fence: number): BrokerTraffic | undefined {
    const sent = this.#sentBefore.get(fence);
    if (!this.#sentBefore.delete(fence) || sent === undefined) return undefined;
    return this.releaseUpTo({ in: sent, out: this.passed.out });
  }
}
