import type { PlaceEffect } from '../../routing/messages.js';
import type { BrokerId, NodeId } from '../../routing/types.js';

type Ask = Extract<PlaceEffect, { type: 'ask' }>;

/** How many questions there must be, and how many there can be. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

interface Asked {
  readonly others: Set<string>;
  topics: number;
}

/**
 * Questions whose answers are kept. Every topic is asked once by each node, whatever comes first, so that those asked do not depend on the
 * order of messages; but a question lists all topics of one message that are not known yet, so how many questions there are does.
 */
export class Questions {
  #askers = new Map<NodeId, Asked>();
  #places = new Map<BrokerId, Asked>();
  #ended = false;

  add(asker: NodeId, { place, topics, watch }: Ask): void {
    if (!watch || this.#ended) return;
    add(this.#askers, asker, place, topics.length);
    add(this.#places, place, asker, topics.length);
  }

  /** Those before do not count. */
  begin(): void {
    this.#askers = new Map();
    this.#places = new Map();
  }

  /** Those from now on do not count. */
  end(): void {
    this.#ended = true;
  }

  by(asker: NodeId): Bounds {
    return boundsOf(this.#askers.get(asker));
  }

  at(place: BrokerId): Bounds {
    return boundsOf(this.#places.get(place));
  }
}

function add(all: Map<string, Asked>, one: string, other: string, topics: number): void {
  const asked = all.get(one) ?? { others: new Set<string>(), topics: 0 };
  all.set(one, asked);
  asked.others.add(other);
  asked.topics += topics;
}

function boundsOf(asked: Asked | undefined): Bounds {
  return { least: asked?.others.size ?? 0, most: asked?.topics ?? 0 };
}
