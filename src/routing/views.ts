import type { View } from './view.js';

/**
 * The views a node lives by, the oldest first: it listens by all of them and publishes by one.
 * Of each it is said once that it is ready: when everything that it was awaited for has settled.
 */
export class Views {
  readonly #ready: (version: number) => void;
  readonly #waiting = new Map<View, Set<string>>();
  #all: readonly View[] = [];
  #publishing: View | undefined;

  constructor(ready: (version: number) => void) {
    this.#ready = ready;
  }

  get all(): readonly View[] {
    return this.#all;
  }

  get newest(): View | undefined {
    return this.#all.at(-1);
  }

  get publishing(): View | undefined {
    return this.#publishing;
  }

  of(version: number): View | undefined {
    for (const view of this.#all) if (view.version === version) return view;
    return undefined;
  }

  /** The first one is published by at once. */
  add(view: View): void {
    this.#all = [...this.#all, view];
    this.#publishing ??= view;
  }

  /** Views that are not ready yet. */
  waiting(): Iterable<View> {
    return this.#waiting.keys();
  }

  /** It is ready when all these have settled, and whatever it was awaited for before. */
  await(view: View, keys: Iterable<string>): void {
    const waiting = this.#waiting.get(view) ?? new Set();
    this.#waiting.set(view, waiting);
    for (const key of keys) waiting.add(key);
    this.#sayIfReady(view, waiting);
  }

  settled(key: string): void {
    for (const [view, waiting] of this.#waiting) {
      waiting.delete(key);
      this.#sayIfReady(view, waiting);
    }
  }

  /** Returns whether there is such a view. */
  publishBy(version: number): boolean {
    const view = this.of(version);
    this.#publishing = view ?? this.#publishing;
    return view !== undefined;
  }

  /** Leaves the views before a version, and returns them; undefined: it publishes by one of them. */
  leave(version: number): readonly View[] | undefined {
    if (this.#publishing === undefined || this.#publishing.version < version) return undefined;
    const left = this.#all.filter((view) => view.version < version);
    this.#all = this.#all.filter((view) => view.version >= version);
    for (const view of left) this.#waiting.delete(view);
    return left;
  }

  #sayIfReady(view: View, waiting: ReadonlySet<string>): void {
    if (waiting.size > 0) return;
    this.#waiting.delete(view);
    this.#ready(view.version);
  }
}
