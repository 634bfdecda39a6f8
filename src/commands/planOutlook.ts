import { draftOf, type Request } from '../plan/plan.js';
import type { CapacityPlan } from '../report/capacityPlan.js';
import type { OutlookRow } from '../report/outlook.js';
import { ifModelled, outlookRowBy } from '../report/prospect.js';
import { inTurns } from './turns.js';

/** What the model says of each strategy that carries the load, with as many nodes and brokers as the advised one has. */
export async function outlooksOf(
  { advice, strategies }: CapacityPlan,
  requests: readonly Request[],
  signal: AbortSignal,
): Promise<readonly OutlookRow[]> {
  const advised = strategies.find(({ strategy }) => strategy === advice?.strategy);
  if (advised === undefined) return [];
  const { nodes, brokers, directories } = advised;
  // Where the advised one needs no broker the others are shown with one.
  const fleet = { nodes, brokers: Math.max(1, brokers - directories) };
  const able = requests.filter((request) => strategies.some(({ strategy }) => strategy === request.strategy.name));
  const rows = await inTurns(able, (request) => rowOf({ ...request, size: { ...request.size, ...fleet } }), signal);
  return rows.flatMap((row) => row ?? []);
}

/** By the size that is asked of all, whatever a strategy makes of it. */
function rowOf(request: Request): OutlookRow | undefined {
  const { strategy, scenario } = request;
  const draft = ifModelled(() => draftOf(request));
  return draft && outlookRowBy({ ...draft, size: { ...draft.size, ...request.size } }, strategy, scenario);
}
