import type { Status } from './protocol.js';
import { BackOff } from './statusBackOff.js';

/** What a node learns of a user it watches, in any order. */
export type StatusInput =
  /** A node says that the user is online there now. */
  | { readonly type: 'up' }
  /** What was known may no longer hold: a node said `down`, a node left the view, or changes may have been missed and are heard again. */
  | { readonly type: 'doubt' }
  /** The wait is over. */
  | { readonly type: 'due' }
  /** The answer to the question of the latest `ask`. */
  | { readonly type: 'answered'; readonly status: Status };

export type StatusEffect =
  | { readonly type: 'ask' }
  | { readonly type: 'tell'; readonly status: Status }
  /** In place of any wait before; an `ask` ends it too. */
  | { readonly type: 'wait'; readonly waitMs: number };

/**
 * What the watchers of one user are told. Invariant: a definite status stands only if its question was asked after the last sign of a change;
 * a sign that comes while a question is open makes its answer void. So whatever overtakes what, the last to arrive is followed by a question.
 * `up` only anticipates the answer.
 */
export class WatchedStatus {
  readonly #backOff = new BackOff();
  #told: Status | undefined;
  #asking = false;
  #void = false;
  /** What was told is the answer to the last question. */
  #settled = false;

  /** What the watchers were told last; undefined: nothing yet. */
  get told(): Status | undefined {
    return this.#told;
  }

  step(input: StatusInput): readonly StatusEffect[] {
    switch (input.type) {
      case 'up':
        return this.#settled && this.#told === 'online' ? [] : [...this.#tell('online'), ...this.#ask()];
      case 'doubt':
        return this.#ask();
      case 'due':
        return this.#asking ? [] : this.#ask();
      case 'answered':
        return this.#answered(input.status);
    }
  }

  #ask(): readonly StatusEffect[] {
    this.#void = this.#asking;
    this.#settled = false;
    if (this.#asking) return [];
    this.#asking = true;
    return [{ type: 'ask' }];
  }

  #answered(status: Status): readonly StatusEffect[] {
    this.#asking = false;
    if (this.#void) return this.#ask();
    if (status === 'unknown') return [...this.#tell(this.#told ?? 'unknown'), { type: 'wait', waitMs: this.#backOff.next() }];
    this.#settled = true;
    this.#backOff.reset();
    return this.#tell(status);
  }

  #tell(status: Status): readonly StatusEffect[] {
    if (this.#told === status) return [];
    this.#told = status;
    return [{ type: 'tell', status }];
  }
}
