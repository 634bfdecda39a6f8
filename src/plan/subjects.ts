import { isComing, isSaying } from './actions.js';
import { nodeIndex } from './placement.js';
import type { Plan, Saying } from './types.js';
import type { Workload } from './workload.js';

/** A message that is followed. Users and rooms are numbers. */
export type Subject =
  | { readonly kind: 'message'; readonly user: number; readonly to: number }
  | { readonly kind: 'post'; readonly user: number; readonly room: number }
  | { readonly kind: 'presence'; readonly user: number; readonly to: number };

/** A load that has a kind at all has it among so many. */
const mostLookedAt = 10_000;

/**
 * The messages of a run that are followed, one of each kind that the load has: the first whose way leads from one node to another, where there
 * are several, among users who stay. And a question: whether the recipient of the first of these is online.
 */
export function subjectsOf({ topology }: Pick<Plan, 'topology'>, workload: Workload): readonly Subject[] {
  const apart = apartOn(topology.nodes.length);
  const goers = goersOf(workload);
  const found = new Map<Subject['kind'], Subject>();
  let looked = 0;
  for (const action of workload.actions()) {
    if (++looked > mostLookedAt) break;
    const subject = isSaying(action) ? subjectOf(action) : undefined;
    if (subject !== undefined && !found.has(subject.kind) && reaches(subject, workload, apart, goers)) found.set(subject.kind, subject);
  }
  const sayings = [...found.values()];
  return [...sayings, ...questionOf(sayings[0], workload, apart)];
}

function subjectOf(action: Saying): Subject {
  return action.do === 'message'
    ? { kind: 'message', user: action.user, to: action.to }
    : { kind: 'post', user: action.user, room: action.room };
}

/** Whether two users are on different nodes; on one alone, whether they are two. */
type Apart = (one: number, other: number) => boolean;

function apartOn(nodes: number): Apart {
  return (one, other) => one !== other && (nodes === 1 || nodeIndex(one, 0, nodes) !== nodeIndex(other, 0, nodes));
}

/** Nobody comes or goes in most loads: they are not played through for it. */
function goersOf(workload: Workload): ReadonlySet<number> {
  if (!workload.does.some((deed) => deed === 'connect' || deed === 'disconnect')) return new Set();
  return new Set([...workload.actions()].filter(isComing).map(({ user }) => user));
}

function reaches(subject: Subject, workload: Workload, apart: Apart, goers: ReadonlySet<number>): boolean {
  const { user } = subject;
  return !goers.has(user) && recipientsOf(subject, workload).some((to) => apart(user, to) && !goers.has(to));
}

function recipientsOf(subject: Subject, { rooms }: Workload): readonly number[] {
  return subject.kind === 'post' ? (rooms[subject.room] ?? []) : [subject.to];
}

function questionOf(saying: Subject | undefined, workload: Workload, apart: Apart): readonly Subject[] {
  if (saying === undefined) return [];
  const { user } = saying;
  const to = recipientsOf(saying, workload).find((one) => apart(user, one));
  return to === undefined ? [] : [{ kind: 'presence', user, to }];
}
