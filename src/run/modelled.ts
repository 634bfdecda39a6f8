import type { ModelRecord } from '../measure/modelSchema.js';
import type { Measured } from '../measure/result.js';
import type { Plan, Scenario } from '../plan/types.js';
import type { Strategy } from '../routing/types.js';
import { environment } from './environment.js';
import { assemble } from './modelled/assemble.js';
import { type Effort, modelOf } from './modelled/model.js';
import { subjectOf } from './modelled/subject.js';

interface Settings {
  readonly effort?: Effort;
  readonly exponents?: readonly ModelRecord['exponents'][number][];
  /** Of each node, by the word of a run: heeded where a transport places them, as no plan says where. */
  readonly sockets?: readonly number[];
}

/** Asked for once: where it ran does not change while it runs. */
let here: ReturnType<typeof environment> | undefined;

/** A plan without a run: the loads that it must cause, from the strategy's answers alone. */
export async function runModelled(
  plan: Plan,
  strategy: Strategy,
  scenario: Scenario,
  { effort, exponents = [], sockets }: Settings = {},
): Promise<Measured> {
  const startedAt = new Date().toISOString();
  here ??= environment();
  const subject = subjectOf(plan, strategy, scenario, sockets);
  return assemble(modelOf(subject, effort), subject, { plan, startedAt, environment: await here, exponents });
}
