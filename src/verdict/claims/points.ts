import type { Plan } from '../../plan/types.js';
import type { Options } from '../../routing/types.js';

/** The sizes at which claims are measured. One variable is doubled at a time, so that what a figure follows is seen. */
export interface Point {
  readonly nodes: number;
  readonly brokers: number;
  /** Of the users and of the rate; the whole where it is absent. */
  readonly half?: true;
  readonly options?: Options;
}

export const points = {
  'two-nodes': { nodes: 2, brokers: 2 },
  'four-nodes': { nodes: 4, brokers: 2 },
  'four-brokers': { nodes: 4, brokers: 4 },
  /** A system of groups, and one for twice the users who write as often: twice the groups, each of twice the instances. */
  'half-system': { nodes: 2, brokers: 1, half: true, options: { groups: 1 } },
  'whole-system': { nodes: 4, brokers: 4, options: { groups: 2 } },
} as const satisfies Readonly<Record<string, Point>>;

export type PointName = keyof typeof points;

/** Users and messages of a point with the whole load. */
export interface Load {
  readonly users: number;
  readonly ratePerSecond: number;
  readonly seconds: number;
}

export function loadAt(point: Point, { users, ratePerSecond, seconds }: Load): Load {
  const share = point.half ? 0.5 : 1;
  return { users: users * share, ratePerSecond: ratePerSecond * share, seconds };
}

/** Whether a run is one of a point. A strategy that knows but one node or broker, or none, runs with that. */
export function isAt({ size, scenario, strategy }: Pick<Plan, 'size' | 'scenario' | 'strategy'>, name: PointName, load: Load): boolean {
  const point: Point = points[name];
  const { users, ratePerSecond, seconds } = loadAt(point, load);
  const sized = (has: number, asked: number) => has === asked || has <= 1;
  return (
    scenario === 'direct' &&
    sized(size.nodes, point.nodes) &&
    sized(size.brokers, point.brokers) &&
    size.users === users &&
    size.ratePerSecond === ratePerSecond &&
    size.seconds === seconds &&
    Object.entries(point.options ?? {}).every(([option, value]) => strategy.options[option] === value)
  );
}
