import { plugInReference } from '../../plan/outsideFile.js';
import type { RoomForm } from '../../plan/types.js';

/** What is played with each strategy of the set: small, since what is counted does not depend on how much of it there is. */
export interface Workload {
  readonly scenario: string;
  readonly set?: Readonly<Record<string, string>>;
  readonly rooms?: RoomForm;
  readonly rate: number;
  readonly duration: number;
}

/** Only those who stay write in `comings`, so that which message reaches whom is no matter of time while others come, go and are watched. */
export const workloads = {
  direct: { scenario: 'direct', rate: 200, duration: 0.5 },
  members: { scenario: 'rooms', rooms: 'members', rate: 60, duration: 0.5 },
  topic: { scenario: 'rooms', rooms: 'topic', rate: 60, duration: 0.5 },
  comings: {
    scenario: 'mixed',
    set: { message: '60', post: '0', ask: '0', watch: '15', come: '25', http: '0' },
    rate: 120,
    duration: 1,
  },
} as const satisfies Readonly<Record<string, Workload>>;

export type WorkloadName = keyof typeof workloads;

/** Nodes and brokers that are not as many as each other, so that one taken for another shows. */
export const exactSize = { nodes: 3, brokers: 4, users: 36, bytes: 64, seed: 7 } as const;

/** One run of the exact layer. */
export interface ExactRun {
  /** `hashed-direct`: also the file of its baseline. */
  readonly name: string;
  readonly strategy: string;
  readonly workload: WorkloadName;
  /** What it is there to find. */
  readonly why: string;
}

/**
 * One strategy for each way in which a message can go (one channel, a channel each, drawn, by a directory asked each time, kept or copied, through
 * the hub), each form of a room message once, and people who come and go with each way to remember where they are. Two strategies that differ in
 * nothing but a hash find the same mistakes. All run without a server installed, since the embedded broker counts alike; official adapters do not.
 */
const chosen: readonly Omit<ExactRun, 'name'>[] = [
  { strategy: 'hashed', workload: 'direct', why: 'a channel for each user, on the Redis of its hash' },
  { strategy: 'single-channel', workload: 'direct', why: 'every node hears everything: what is received and wasted' },
  { strategy: 'grouped', workload: 'direct', why: 'a draw for each message, and several Redis for one' },
  { strategy: 'address-book', workload: 'direct', why: 'a question to a master before each message' },
  { strategy: 'node-inbox', workload: 'direct', why: "nodes' own channels, by answers that are kept" },
  { strategy: 'mesh-replicated', workload: 'direct', why: 'nodes as brokers, with a directory on each' },
  { strategy: 'single-bus', workload: 'direct', why: 'the hub' },
  { strategy: 'user-channels-publish-all', workload: 'members', why: 'a room message to each member, on every Redis' },
  { strategy: 'hashed', workload: 'topic', why: "a room message to the room's own channel" },
  { strategy: 'hashed', workload: 'comings', why: 'subscriptions that must go with those who wanted them' },
  { strategy: 'address-book', workload: 'comings', why: "a master's entries of those who have gone" },
  { strategy: 'node-inbox', workload: 'comings', why: 'answers that are kept and no longer true' },
  { strategy: 'mesh-replicated', workload: 'comings', why: 'entries of those who have gone, on every node' },
];

/** The fixed set, or what a strategy of one's own is held to: each workload with each of them. */
export function exactSet(strategies: readonly string[] | null): readonly ExactRun[] {
  const runs = strategies === null ? chosen : strategies.flatMap(allOf);
  return runs.map((run) => ({ ...run, name: `${plugInReference(run.strategy).name}-${run.workload}` }));
}

function allOf(strategy: string): readonly Omit<ExactRun, 'name'>[] {
  return (Object.keys(workloads) as WorkloadName[]).map((workload) => ({ strategy, workload, why: `your strategy under ${workload}` }));
}
