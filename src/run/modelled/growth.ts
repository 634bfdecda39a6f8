import type { Size } from '../../routing/types.js';
import type { Use } from './uses.js';

const muchMore = 1.5;
const littleLess = 0.95;

/** A size that was tried, and what its processes would use. */
export interface Weighed {
  readonly size: Size;
  readonly node: Use;
  readonly broker: Use | null;
  /** Of a core, and of it for messages: they wait for each other. */
  readonly allowed: number;
  readonly allowedBusy: number;
  readonly wastedShare: number;
}

/** How many times what is allowed each node and the busiest broker use. */
export function shortOf({ node, broker, allowed, allowedBusy }: Weighed): readonly [nodes: number, brokers: number] {
  const short = (use: Use) => Math.max(use.share / allowed, use.busyShare / allowedBusy);
  return [short(node), broker === null ? 0 : short(broker)];
}

/** The next number to try of what is that many times too busy. */
export function grown(count: number, short: number): number {
  return short <= 1 ? count : Math.max(count + 1, Math.ceil(count * Math.min(short * 1.02, 64)));
}

/** Sizes since which growing is judged: so far that it must have helped, not a step that takes less off than a sample is off. */
export class Growth {
  #nodes: Weighed;
  #brokers: Weighed;
  #last: Weighed;

  constructor(first: Weighed) {
    this.#nodes = first;
    this.#brokers = first;
    this.#last = first;
  }

  /** Why what is short now will stay so: it did not grow, or growing took next to nothing off it. */
  hopeless(now: Weighed): string | undefined {
    const [nodesShort, brokersShort] = shortOf(now);
    return (nodesShort > 1 ? this.#nodesHopeless(now) : undefined) ?? (brokersShort > 1 ? this.#brokersHopeless(now) : undefined);
  }

  take(now: Weighed): void {
    this.#last = now;
    if (now.size.nodes >= muchMore * this.#nodes.size.nodes) this.#nodes = now;
    if (now.size.brokers >= muchMore * this.#brokers.size.brokers) this.#brokers = now;
  }

  #nodesHopeless(now: Weighed): string | undefined {
    const { nodes } = now.size;
    if (nodes === this.#last.size.nodes && shortOf(this.#last)[0] > 1)
      return `${needs('a node', now.node, now)}, and there cannot be more than ${nodes}`;
    if (nodes < muchMore * this.#nodes.size.nodes || now.node.share <= littleLess * this.#nodes.node.share) return undefined;
    const wasted = now.wastedShare > 0.01 ? `: ${Math.round(now.wastedShare * 100)} % of what it gets is for others` : '';
    return `${needs('every node', now.node, now)}, however many there are${wasted}`;
  }

  #brokersHopeless(now: Weighed): string | undefined {
    const { brokers } = now.size;
    if (brokers === this.#last.size.brokers && shortOf(this.#last)[1] > 1)
      return `${needs('a broker', now.broker, now)}, and there cannot be more than ${Math.max(1, brokers)}`;
    const share = this.#brokers.broker?.share ?? 0;
    if (brokers < muchMore * this.#brokers.size.brokers || (now.broker?.share ?? 0) <= littleLess * share) return undefined;
    return `${needs('a broker', now.broker, now)}, and more of them do not help`;
  }
}

function needs(who: string, use: Use | null, { allowed, allowedBusy }: Weighed): string {
  return `${who} would need ${(use?.share ?? 0).toFixed(2)} of a core, where ${Math.min(allowed, allowedBusy).toFixed(2)} is allowed`;
}
