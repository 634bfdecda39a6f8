import { sumKnown } from '../measure/accounting.js';
import type { Compared } from './comparison.js';
import { share } from './numbers.js';

/**
 * From an official adapter to a strategy of bench, routing and implementation change at once. Over a control, which routes like the adapter
 * and is implemented like the strategy, they are told apart: each factor is what the step multiplies a figure by.
 */
export interface ControlStep {
  readonly from: string;
  readonly to: string;
  readonly changes: 'implementation' | 'routing' | 'both';
  /** CPU of nodes and brokers for each delivered message. */
  readonly cpu: number | null;
  readonly amplification: number | null;
  readonly responseP99: number | null;
}

export function controlSteps(runs: readonly Compared[]): readonly ControlStep[] {
  const controls = controlsIn(runs);
  return controls.flatMap((control) => {
    const alike = runs.filter((run) => run.control === control.strategy);
    const others = runs.filter((run) => run !== control && !alike.includes(run));
    return [
      ...alike.map((run) => stepOf(run, control, 'implementation')),
      ...others.map((run) => stepOf(control, run, run.adapter ? 'both' : 'routing')),
    ];
  });
}

/** An official adapter beside others, and nothing that tells routing from implementation. */
export function lacksControl(runs: readonly Compared[]): boolean {
  return runs.length > 1 && runs.some(({ adapter }) => adapter) && controlsIn(runs).length === 0;
}

function controlsIn(runs: readonly Compared[]): readonly Compared[] {
  return runs.filter(({ strategy }) => runs.some(({ control }) => control === strategy));
}

function stepOf(from: Compared, to: Compared, changes: ControlStep['changes']): ControlStep {
  const cpuOf = ({ costUsPerDelivered: { node, broker } }: Compared) => sumKnown([node, broker]);
  return {
    from: from.strategy,
    to: to.strategy,
    changes,
    cpu: share(cpuOf(to), cpuOf(from)),
    amplification: share(to.amplification, from.amplification),
    responseP99: share(to.responseMs.p99, from.responseMs.p99),
  };
}

/** What a reader of the steps must know. */
export const stepsInWords =
  'An official adapter differs from the other strategies in routing and in implementation. Its control routes alike on the code of bench: to it only the implementation changes, and from it only the routing.';
export const noControlInWords =
  'An official adapter differs from the other strategies in routing and in implementation, and nothing here tells the two apart: bench compare adds single-channel, which does.';
