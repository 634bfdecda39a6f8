import { isSimulated } from '../plan/hopLatency.js';
import type { Plan } from '../plan/types.js';

/** Starting brokers, nodes and users, and reading all counters, before it was seen here how long that takes. */
const firstGuessSeconds = 5;

/** How long runs take beside the time that they are planned to, learnt from those that are over. */
export class Pace {
  readonly #nowSeconds: () => number;
  readonly #besides: number[] = [];

  constructor(nowSeconds: () => number = () => performance.now() / 1000) {
    this.#nowSeconds = nowSeconds;
  }

  /** Seconds that the plan takes; null: a simulation takes what it takes, and none has been seen. */
  expected(plan: Plan): number | null {
    const seen = this.#besides.length > 0;
    if (!seen && isSimulated(plan)) return null;
    const beside = seen ? this.#besides.reduce((total, one) => total + one, 0) / this.#besides.length : firstGuessSeconds;
    return planned(plan) + beside;
  }

  begin(plan: Plan): Running {
    const began = this.#nowSeconds();
    const elapsed = () => this.#nowSeconds() - began;
    return {
      left: () => {
        const expected = this.expected(plan);
        return expected === null ? null : Math.max(0, expected - elapsed());
      },
      over: () => this.#besides.push(elapsed() - planned(plan)),
    };
  }
}

interface Running {
  left(): number | null;
  over(): void;
}

/** Virtual time takes none. */
function planned(plan: Plan): number {
  return isSimulated(plan) ? 0 : plan.warmUpSeconds + plan.size.seconds;
}
