import { onlySayings } from '../../plan/actions.js';
import type { Plan, Saying } from '../../plan/types.js';
import type { Workload } from '../../plan/workload.js';
import { workloadOfPlan } from '../../plan/workloadOfPlan.js';
import { type Count, type Row, rowOf } from '../../routing/rows.js';

/** Chance alone exceeds it once in more than a million runs; a seed that stays within it does so always. */
const sigmas = 5;

/** Between which figures each place must be that takes an even part of a load. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

/**
 * Where every topic falls to `copies` of so many places, each alike and regardless of the others, the load of one place is a sum of weighted
 * yes and no: its variance is p (1 - p) times the sum of the squared weights. The weights are the messages to each topic, from the plan alone.
 */
export async function evenBounds(plan: Plan, figures: readonly number[]): Promise<Bounds> {
  const row = rowOf(plan.strategy.name, 'small');
  if (row?.spread === undefined) throw new RangeError(`the row of ${plan.strategy.name} says nothing of an even load`);
  const weights = await weightsOf(plan, row);
  const share = (row.spread === 'places' ? 1 : copiesOf(takenFor(row, plan))) / figures.length;
  const mean = figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
  const squares = weights.reduce((sum, weight) => sum + weight ** 2, 0);
  const margin = sigmas * Math.sqrt(share * (1 - share) * squares);
  return { least: mean - margin, most: mean + margin };
}

/** So many messages to each topic; where each message draws by itself, so many in which it goes. */
async function weightsOf(plan: Plan, row: Row): Promise<readonly number[]> {
  const workload = await workloadOfPlan(plan);
  const actions = () => onlySayings(workload.actions(), 'an even load');
  const weights = new Map<string, number>();
  if (row.spread === 'draws') return [...actions()].map((action) => topicsOf(action, workload, isForEachMember(plan, row)).length);
  for (const action of actions())
    for (const topic of topicsOf(action, workload, isForEachMember(plan, row))) weights.set(topic, (weights.get(topic) ?? 0) + 1);
  return [...weights.values()];
}

function topicsOf(action: Saying, { rooms }: Workload, forEachMember: boolean): readonly string[] {
  if (action.do === 'message') return [`u:${action.to}`];
  return forEachMember ? (rooms[action.room] ?? []).map((user) => `u:${user}`) : [`r:${action.room}`];
}

/** A room message by `members` goes to, or is asked of, the topic of each, unless one publish carries it to all. */
function isForEachMember(plan: Plan, row: Row): boolean {
  if (plan.rooms !== 'members') return false;
  return row.spread === 'places' || typeof row.members?.[0] === 'string';
}

function takenFor(row: Row, { rooms, scenario }: Plan): Count {
  const cost = scenario === 'direct' ? row.direct : row[rooms];
  if (cost === null) throw new RangeError(`${row.strategy} runs no rooms by ${rooms}`);
  return cost[0];
}

/** At how many brokers one message is put. */
function copiesOf(taken: Count): number {
  return typeof taken === 'number' ? taken : Number.parseFloat(taken);
}
