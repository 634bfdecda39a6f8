import { exactFigures } from '../../measure/exact.js';
import type { Result } from '../../measure/result.js';
import { scenarioOf } from '../../plan/scenarios.js';
import { loadStrategy } from '../../plan/strategies.js';
import { runModelled } from '../modelled.js';
import { socketsOf } from '../placedByTransport.js';

/** Sums and quotients of fractions are exact to about this part. */
const rounding = 1e-9;

/** A figure in which a run and the model of its plan differ by more than the model's error. */
export interface Disagreement {
  /** `nodes.n1.chat.received` */
  readonly place: string;
  readonly run: number | null;
  readonly modelled: number | null;
  readonly error: number;
}

/**
 * Models the plan of a result and compares every exact figure, per node and per broker; empty when they agree. Where a transport places sockets,
 * a busy machine gives one node many more than another: how many each has is the run's word, and what follows from it the model's.
 */
export async function disagreementsWithModel(
  result: Pick<Result, 'plan' | 'counts' | 'nodes' | 'brokers'>,
): Promise<readonly Disagreement[]> {
  const { plan, nodes } = result;
  const sockets = socketsOf(plan.topology, nodes);
  const modelled = await runModelled(plan, await loadStrategy(plan.strategy), await scenarioOf(plan), { sockets });
  return disagreements(result, modelled);
}

/** The same for a model that was made before. */
export function disagreements(
  result: Pick<Result, 'counts' | 'nodes' | 'brokers'>,
  modelled: Pick<Result, 'counts' | 'nodes' | 'brokers' | 'errors'>,
): readonly Disagreement[] {
  const [run, model] = [exactFigures(result), exactFigures(modelled)];
  const places = new Set([...run.keys(), ...model.keys()]);
  const compared = [...places].map((place) => ({
    place,
    run: run.get(place) ?? null,
    modelled: model.get(place) ?? null,
    error: modelled.errors?.[place] ?? 0,
  }));
  return compared.filter(({ run, modelled, error }) => !agrees(run, modelled, error));
}

/** `nodes.n1.chat.received: 40 in the run, 44 by the model (± 0)` */
export function disagreementInWords({ place, run, modelled, error }: Disagreement): string {
  return `${place}: ${run ?? 'nothing'} in the run, ${modelled ?? 'nothing'} by the model (± ${error})`;
}

/** Whether a figure is the model's, as far as that can say it: to its error, and to the rounding of its sums. */
export function agrees(run: number | null | undefined, modelled: number | null | undefined, error = 0): boolean {
  if (typeof run !== 'number' || typeof modelled !== 'number') return run === modelled;
  return Math.abs(run - modelled) <= error + rounding * Math.max(Math.abs(run), Math.abs(modelled));
}
