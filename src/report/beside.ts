import type { Result } from '../measure/result.js';
import type { Compared } from './comparison.js';

/** One of two things that are set beside each other: a run, or a comparison by its first one. */
export interface Side {
  readonly path: string;
  /** Of its runs; each leads to its page. */
  readonly runs: readonly Compared[];
  /** Whose plan and machine stand for all of it. */
  readonly first: Result;
}

/** One property that two sides have alike, or not. `workload`: with another one the figures do not answer the same question. */
export interface Property {
  readonly name: string;
  readonly workload: boolean;
  readonly one: string;
  readonly other: string;
  readonly differs: boolean;
}

/** What differs in the workload comes first, then what else does. */
export function propertiesOf(one: Side, other: Side): readonly Property[] {
  const [left, right] = [one, other].map(({ first }) => [...workloadOf(first), ...setUpOf(first)]);
  const all = (left ?? []).map(([name, value, workload = false], index): Property => {
    const beside = right?.[index]?.[1] ?? '';
    return { name, workload, one: value, other: beside, differs: value !== beside };
  });
  const rank = ({ workload, differs }: Property) => (differs ? 0 : 2) + (workload ? 0 : 1);
  return all.toSorted((a, b) => rank(a) - rank(b));
}

type Named = readonly [name: string, value: string, workload?: true];

/** With these alike, both got the same messages. */
function workloadOf({ plan }: Result): readonly Named[] {
  const { size, scenario, scenarioOptions = {}, seed, rooms } = plan;
  const options = Object.entries(scenarioOptions).map(([name, value]) => ` ${name}=${value}`);
  return [
    ['scenario', `${scenario}${options.join('')}`, true],
    ['rooms', rooms, true],
    ['users', String(size.users), true],
    ['messages/s', String(size.ratePerSecond), true],
    ['seconds', String(size.seconds), true],
    ['bytes', String(size.bytes), true],
    ['seed', String(seed), true],
  ];
}

function setUpOf({ plan, source, environment, brokers }: Result): readonly Named[] {
  const { commit, platform, cores, cpus, node } = environment;
  return [
    ['source', source],
    ['nodes', String(plan.size.nodes)],
    ['brokers', plan.topology.brokers.map(({ kind }) => kind).join(', ') || 'none'],
    ['embedded broker', brokers.some(({ embedded }) => embedded) ? 'yes' : 'no'],
    ['driver', plan.driver],
    ['engine', plan.engine],
    ['clients over', (plan.transports ?? ['websocket']).join(', ')],
    ['warm-up, s', String(plan.warmUpSeconds)],
    ['load workers', String(plan.workers)],
    ['commit', commit ?? 'not known'],
    ['machine', `${platform}, ${cores} cores (${cpus})`],
    ['Node.js', node],
  ];
}

/** All runs of both; where a strategy is in both, its name says of which it is. */
export function runsOf(one: Side, other: Side): readonly Compared[] {
  const twice = new Set(one.runs.map(({ strategy }) => strategy).filter((name) => other.runs.some(({ strategy }) => strategy === name)));
  return [one, other].flatMap(({ runs, path }) =>
    runs.map((run) => (twice.has(run.strategy) ? { ...run, strategy: `${run.strategy} (${path})` } : run)),
  );
}
