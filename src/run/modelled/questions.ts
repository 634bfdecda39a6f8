import type { BrokerId, Routing, Topic, Topology } from '../../routing/types.js';
import type { Loads, Places } from './loads.js';
import type { Sending } from './sendings.js';

interface City {
  readonly topology: Topology;
  readonly routing: Routing;
  readonly places: Places;
}

/** Least and most questions of one node to one place, where it depends on the order of messages how many share one. */
interface Span {
  asked: number;
  topics: number;
}

/**
 * Questions to places of directories: one for each place that a message's topics need, or, where answers are kept, one for what is not
 * known yet. A question lists several topics; then which message comes first decides how many there are, and `spans` says between what.
 */
export class Questions {
  readonly #city: City;
  readonly #cold: boolean;
  /** Topics that a node knows of, where answers are kept. */
  readonly #kept = new Map<number, Set<Topic>>();
  readonly spans = new Map<string, Span>();
  #shared = false;

  /** `cold`: as if nobody kept anything. */
  constructor(city: City, cold = false) {
    this.#city = city;
    this.#cold = cold;
  }

  /** Whether a kept answer was asked for along with others. */
  get dependOnOrder(): boolean {
    return this.#shared;
  }

  /** What was asked before stays known, and is no part of the figures. */
  beginCounting(): void {
    this.spans.clear();
    this.#shared = false;
  }

  /** Counts what a message asks; returns how many places were looked at. */
  ask({ node, audience }: Pick<Sending, 'node' | 'audience'>, loads: Loads): number {
    const { routing, topology, places } = this.#city;
    if (routing.directory === undefined) return 0;
    const self = topology.nodes[node] ?? '';
    const questions = new Map<BrokerId, number>();
    let work = 0;
    for (const { topic } of audience) {
      const asked = routing.directory(topic);
      work += 1 + asked.length / 32;
      const place = asked.includes(self) ? self : asked[0];
      if (place === undefined || place === self || this.#knows(node, topic)) continue;
      questions.set(place, (questions.get(place) ?? 0) + 1);
    }
    for (const [place, topics] of questions) {
      loads.add(loads.nodes.asked, node, 1);
      loads.add(loads.brokers.asked, places.of(place), 1);
      if (routing.directoryCached && !this.#cold) this.#span(`${node} ${place}`, topics);
    }
    return work;
  }

  #knows(node: number, topic: Topic): boolean {
    if (this.#cold || !this.#city.routing.directoryCached) return false;
    const kept = this.#kept.get(node) ?? new Set<Topic>();
    this.#kept.set(node, kept);
    const known = kept.has(topic);
    kept.add(topic);
    return known;
  }

  #span(pair: string, topics: number): void {
    const span = this.spans.get(pair) ?? { asked: 0, topics: 0 };
    this.spans.set(pair, span);
    span.asked++;
    span.topics += topics;
    if (topics > 1) this.#shared = true;
  }
}
