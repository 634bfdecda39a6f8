import type { SeenHop } from './traceSchema.js';

/** What happened elsewhere just before a hop, by what the hop is; the other end is `from` there and `to` here. */
const sources: Readonly<Partial<Record<SeenHop['what'], SeenHop['what']>>> = {
  taken: 'sent',
  questioned: 'asked',
  learned: 'replied',
  received: 'published',
  dropped: 'published',
  delivered: 'written',
};

/**
 * Hops in an order in which none comes before what led to it, else by time. Clocks of two processes differ by as much as a hop takes,
 * so their times alone would put some effects before their causes.
 */
export function inCausalOrder(hops: readonly SeenHop[]): readonly SeenHop[] {
  const order = new Order(hops);
  return hops.toSorted((one, other) => {
    const [a, b] = [order.of(one), order.of(other)];
    return a.atMs - b.atMs || a.depth - b.depth;
  });
}

/** Where a hop stands: not before its causes, and deeper than each of them. */
interface Rank {
  readonly atMs: number;
  readonly depth: number;
}

class Order {
  readonly #hops: readonly SeenHop[];
  readonly #ranks = new Map<SeenHop, Rank>();
  /** What the same place saw just before, by the same clock. */
  readonly #before = new Map<SeenHop, SeenHop>();

  constructor(hops: readonly SeenHop[]) {
    this.#hops = hops;
    const last = new Map<string, SeenHop>();
    for (const hop of hops) {
      const before = last.get(hop.at);
      if (before !== undefined) this.#before.set(hop, before);
      last.set(hop.at, hop);
    }
  }

  of(hop: SeenHop): Rank {
    const known = this.#ranks.get(hop);
    if (known !== undefined) return known;
    // Should two clocks contradict each other about what led to what, a hop stands at its own time.
    this.#ranks.set(hop, { atMs: hop.atMs, depth: 0 });
    const causes = this.#causesOf(hop).map((cause) => this.of(cause));
    const rank = {
      atMs: Math.max(hop.atMs, ...causes.map(({ atMs }) => atMs)),
      depth: 1 + Math.max(0, ...causes.map(({ depth }) => depth)),
    };
    this.#ranks.set(hop, rank);
    return rank;
  }

  #causesOf(hop: SeenHop): readonly SeenHop[] {
    const before = this.#before.get(hop);
    const elsewhere = hop.what === 'acknowledged' ? this.#answered(hop) : this.#sourceOf(hop);
    return [before, elsewhere].filter((cause) => cause !== undefined);
  }

  #sourceOf(hop: SeenHop): SeenHop | undefined {
    const source = sources[hop.what];
    if (source === undefined) return undefined;
    const candidates = this.#hops.filter(({ what, carries = hop.carries }) => what === source && carries === hop.carries);
    return candidates.find((one) => leadsTo(one, hop)) ?? candidates[0];
  }

  /** The sender is answered by its node: of a question when the first answer came, of a message when every broker has answered. */
  #answered({ from }: SeenHop): SeenHop | undefined {
    const answer = this.#hops.find(({ at, what, carries }) => at === from && what === 'received' && carries === 'answer');
    return answer ?? this.#hops.findLast(({ at, what, carries }) => at === from && what === 'accepted' && carries === 'message');
  }
}

/** Nodes name their messages, so a copy is told from others; elsewhere the two ends tell. */
function leadsTo(cause: SeenHop, hop: SeenHop): boolean {
  if (hop.what === 'received' || hop.what === 'dropped') return cause.message === hop.message;
  return cause.at === hop.from && (cause.to === undefined || cause.to === hop.at);
}
