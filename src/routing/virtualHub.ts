import type { Line } from './directory.js';
import type { PlaceEffect, RequestToPlace } from './messages.js';
import { Place } from './place.js';
import type { NodeId } from './types.js';

/** A broker as a place of a directory: it takes what a node as one takes, and does what such a node would. */
export class VirtualHub {
  readonly #place: Place;
  readonly #emit: (effect: PlaceEffect) => void;
  #attempts = 0;

  constructor(emit: (effect: PlaceEffect) => void) {
    this.#emit = emit;
    this.#place = new Place({
      nextAttempt: () => ++this.#attempts,
      notify: (place, telling, attempt) => emit({ type: 'tell', place, telling, attempt }),
      confirm: ({ request }) => emit({ type: 'confirm', request }),
    });
    this.#place.needsNoCopy();
  }

  take(input: RequestToPlace) {
    const { from, request } = input;
    if (input.type === 'told') return this.#place.told({ node: from, request }, input.telling);
    if (input.type === 'copied') return this.#emit({ type: 'handOver', request, lines: this.#place.lines() });
    if (input.watch) this.#place.watch(from, input.topics);
    const entries = input.topics.flatMap((topic) => this.#place.ask(topic).map((address) => ({ topic, address })));
    this.#emit({ type: 'answer', request, entries });
  }

  /** A watcher knows of a change. */
  confirmed(watcher: NodeId, attempt: number): void {
    this.#place.confirmed(watcher, attempt);
  }

  leave(node: NodeId): void {
    this.#place.leave(node);
  }

  lines(): readonly Line[] {
    return this.#place.lines();
  }
}
