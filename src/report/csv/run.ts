import type { Result } from '../../measure/result.js';
import type { Cell } from '../csv.js';
import { leavesOf } from './leaves.js';

export interface Rows {
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

const places = { node: 'nodes', broker: 'brokers', worker: 'workers', run: undefined } as const;

/** Every figure of a run, named by its place in result.json (docs/result.md); a broker's counters as read (`raw`) stay there. */
export function runRows(result: Result): Rows {
  const { plan, source, startedAt } = result;
  const run: readonly Cell[] = [plan.run, startedAt, source, plan.strategy.name, plan.scenario, plan.rooms, plan.seed];
  return {
    head: ['run', 'startedAt', 'source', 'strategy', 'scenario', 'rooms', 'seed', 'role', 'id', 'figure', 'value', 'why'],
    rows: subjectsOf(result).flatMap(({ role, id, figures }) =>
      leavesOf(figures).map(([figure, value]) => [
        ...run,
        ...[role, id, figure, value],
        value === null ? whyUnknown(result.unknowns, placesOf(places[role], id, figure)) : null,
      ]),
    ),
  };
}

interface Subject {
  readonly role: keyof typeof places;
  readonly id: string | null;
  readonly figures: object;
}

function subjectsOf({ nodes, brokers, workers, ...result }: Result): readonly Subject[] {
  const { counts, amplification, costUsPerDelivered, rate, latencyMs, findings } = result;
  return [
    { role: 'run', id: null, figures: { counts, amplification, costUsPerDelivered, rate, latencyMs, findings } },
    ...nodes.map(({ id, ...figures }): Subject => ({ role: 'node', id, figures })),
    ...brokers.map(({ id, origin: _, raw: __, ...figures }): Subject => ({ role: 'broker', id, figures })),
    ...workers.map(({ id, ...figures }): Subject => ({ role: 'worker', id, figures })),
  ];
}

/** Where the reason of a figure may stand: at itself, at that of all its kind, at what it is part of, at all of the process. */
function placesOf(group: string | undefined, id: string | null, figure: string): readonly string[] {
  const parts = figure.split('.');
  const wholes = parts.map((_, index) => parts.slice(0, parts.length - index).join('.'));
  if (group === undefined) return wholes;
  return [...wholes.flatMap((part) => [`${group}.${id}.${part}`, `${group}.${part}`]), `${group}.${id}`];
}

function whyUnknown(unknowns: Result['unknowns'], at: readonly string[]): string | null {
  return at.map((place) => unknowns[place]).find((why) => why !== undefined) ?? null;
}
