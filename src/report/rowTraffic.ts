import { nodeIndex } from '../plan/placement.js';
import { loadScenario } from '../plan/scenarios.js';
import type { Plan } from '../plan/types.js';
import { workloadOf } from '../plan/workload.js';
import { costOf, type Row, rowOf } from '../routing/rows.js';
import type { ComparedTraffic } from './comparison.js';

/** What the messages of a plan must cost all brokers together by the strategy's row; null where the row is for another size. */
export async function rowTraffic(plan: Plan): Promise<ComparedTraffic | null> {
  const row = rowFor(plan);
  if (row === undefined) return null;
  const workload = workloadOf(await loadScenario(plan.scenario), plan);
  const total = { in: 0, out: 0, relayed: 0 };
  for (const action of workload.actions()) {
    const members = action.do === 'message' ? [action.to] : (workload.rooms[action.room] ?? []);
    const nodes = new Set(members.map((user) => nodeIndex(user, 0, plan.size.nodes))).size;
    const cost = costOf(row, action.do === 'message' ? 'direct' : plan.rooms, { members: members.length, nodes });
    total.in += cost.in;
    total.out += cost.out;
    total.relayed += cost.relayed;
  }
  return { ...total, questions: null };
}

function rowFor({ strategy, size }: Plan): Row | undefined {
  const rows = [rowOf(strategy.name, 'small'), rowOf(strategy.name, 'large')];
  return rows.find(
    (row) => row?.nodes === size.nodes && row.brokers === size.brokers && row.users === size.users && fits(row, strategy.options),
  );
}

function fits({ options }: Row, chosen: Plan['strategy']['options']): boolean {
  return Object.entries(options).every(([name, value]) => chosen[name] === value);
}
