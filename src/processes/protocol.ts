import type { HistogramBytes } from '../measure/latency.js';
import type { LedgerRecord } from '../measure/ledger.js';
import type { Sightings } from '../measure/sightings.js';
import type { StepRow } from '../measure/steps.js';
import type { SeenHop } from '../measure/traceSchema.js';
import type { Subject } from '../plan/subjects.js';
import type { EngineName, Plan } from '../plan/types.js';
import type { BrokerTraffic, KindCounters } from '../routing/messages.js';
import type { Kind, NodeId, Topology } from '../routing/types.js';
import type { BrokerPlace, Commands } from '../transports/types.js';

/**
 * What the coordinator and its children say to each other over the control WebSocket. Every call is a barrier of a phase:
 * hello -> plan -> connected -> probed -> warm -> start -> drained -> report.
 */

/** The secrets of one run. They travel over the control connection only: never argv, environment, log or result. */
export interface Secrets {
  /** HS256 key of the users' tokens, base64url. */
  readonly tokenKey: string;
  readonly frameKey: number;
}

export interface Hello {
  readonly role: 'node' | 'worker';
  readonly index: number;
  readonly pid: number;
}

export interface NodePlan {
  readonly node: NodeId;
  readonly plan: Plan;
  readonly secrets: Secrets;
  readonly brokers: readonly BrokerPlace[];
  /** URL of the Redis that keeps the rooms. */
  readonly store: string;
}

/** What a node serves its clients with. */
export interface EngineInUse {
  readonly name: EngineName;
  /** Why it is not the one of the plan; null: it is. */
  readonly fallback: string | null;
}

/** What one node counted since it started, how it is now, and how late its event loop was since the snapshot before this one. */
export interface NodeSnapshot {
  readonly kinds: Record<Kind, KindCounters>;
  /**
   * The node's word on each broker; `receipts` is the sum of what that broker answered to its publishes, the broker's word, message by message.
   * `commands`: where messages share them.
   */
  readonly brokers: Record<
    string,
    {
      readonly kinds: Record<Kind, BrokerTraffic>;
      readonly receipts: number | null;
      readonly junk: number;
      readonly commands?: Commands;
    }
  >;
  /** What other nodes put to this one and what it handed on, where nodes speak to each other: its word on what those count for it. */
  readonly asBroker: Record<Kind, BrokerTraffic>;
  readonly subscribes: number;
  readonly unsubscribes: number;
  /** Addresses listened at, by first letter of the topics heard there. */
  readonly subscriptions: Record<string, number>;
  /** Entries that places of directories were told, by first letter of their topics: one for each place. */
  readonly entries: Record<string, number>;
  readonly connections: number;
  readonly refused: Record<string, number>;
  readonly slowReadersCut: number;
  /** Longest time from a join until what is sent to it is heard, where the transport does not wait for it; null where it does. */
  readonly joinWindowMsMax: number | null;
  readonly cpuUs: number;
  readonly memoryBytes: number;
  readonly eventLoopDelayMsP99: number;
}

/** How a node is, for whoever watches: little, since it is asked under load. */
export interface NodePeek {
  readonly connections: number;
  /** Addresses listened at. */
  readonly subscriptions: number;
  readonly memoryBytes: number;
}

/** Coordinator -> chat node. */
export interface NodeCalls {
  /** Opens transports and the port. `place`: where other nodes find this one; null where they do not speak to it. */
  plan(plan: NodePlan): Promise<{ readonly url: string; readonly place: BrokerPlace | null; readonly engine: EngineInUse }>;
  /** Resolves when nothing this node has to do or was handed by brokers or store is under way. */
  settle(): Promise<void>;
  snapshot(): Promise<NodeSnapshot>;
  peek(): Promise<NodePeek>;
  /** The node's own clock. */
  time(): Promise<{ readonly unixMs: number }>;
  /** Records from now on what it does for messages of that kind. */
  follow(kind: Kind): Promise<void>;
  /** Ends that: what was recorded, by its own clock. */
  followed(): Promise<readonly SeenHop[]>;
  /** Begins to listen by this topology beside the present one, the first one included; resolves when ready. `places`: of all its brokers and nodes. */
  view(topology: Topology, places: readonly BrokerPlace[]): Promise<void>;
  switch(version: number): Promise<void>;
  /** Resolves when nothing that this node published before, or was handed by brokers until then, is under way. */
  fence(): Promise<void>;
  clean(version: number): Promise<void>;
  /** A sign of life. */
  beat(): Promise<void>;
  /** No new sockets, clients told, subscriptions left; then the process ends with 0. */
  drain(): Promise<void>;
}

export interface WorkerPlan {
  readonly plan: Plan;
  readonly secrets: Pick<Secrets, 'tokenKey'>;
  /** This worker plays the users `i` with `i % of === shard`. */
  readonly shard: number;
  readonly of: number;
  /** URL of every chat node, in the order of the topology. */
  readonly nodes: readonly string[];
  /** How far the clock of this worker is ahead of the coordinator's. */
  readonly clockAheadMs: number;
}

export interface WorkerProgress {
  readonly sent: number;
  readonly delivered: number;
  /** Of this worker alone, and of late: of the step of its time series that ended last. */
  readonly responseMsP99: number | null;
}

export interface WorkerReport {
  readonly ledger: LedgerRecord;
  readonly latency: {
    /** received - intended, actual send - received, intended - actual send; the first two apart for sender and recipient on the same node or not. */
    readonly responseSameNode: HistogramBytes;
    readonly responseCrossNode: HistogramBytes;
    readonly serviceSameNode: HistogramBytes;
    readonly serviceCrossNode: HistogramBytes;
    readonly generatorLag: HistogramBytes;
  };
  /** Deliveries that seem to have come before they were sent, and by how much at most: two clocks differ. */
  readonly early: { readonly count: number; readonly mostMs: number };
  /** CPU from start to drained, microseconds. */
  readonly cpuUs: number;
  readonly memoryBytes: number;
  /** Seconds from the start to the last send. */
  readonly sendingSeconds: number;
  /** What was sent and arrived in each step since the start. */
  readonly steps: readonly StepRow[];
  /** Reasons of sends that were refused or whose outcome is unknown, with counts. */
  readonly refusals: Record<string, number>;
  /** Disconnects nobody asked for, by reason. */
  readonly disconnects: Record<string, number>;
  /** What answers the question of the scenario beside the ledger. */
  readonly sightings: Sightings;
}

/** Coordinator -> load worker. Instants are Unix ms by the coordinator's clock, except of `time`. */
export interface WorkerCalls {
  /** The worker's own clock, uncorrected. */
  time(): Promise<{ readonly unixMs: number }>;
  plan(plan: WorkerPlan): Promise<void>;
  /** Connects this worker's users and creates the rooms whose first member is one of them; resolves when every connect is acknowledged. */
  connect(): Promise<void>;
  createRooms(): Promise<void>;
  /** One probe from a user of each node to a user of each node; this worker sends those of its users; resolves when all are acknowledged or rejects naming the pairs. */
  probe(): Promise<void>;
  /** The pairs of nodes whose probe had to reach a user of this worker and was not seen; asked after everything has settled. */
  probed(): Promise<readonly string[]>;
  /** Plays the warm-up as probes from this instant on; resolves when the last one was answered or given up, with refusals by reason. */
  warmUp(atUnixMs: number): Promise<Record<string, number>>;
  /** Plays the actions from this instant on; resolves when the last one was answered or given up. */
  start(atUnixMs: number): Promise<void>;
  /** Resolves when all that the nodes had written to this worker's sockets before the call has been counted. */
  settle(): Promise<void>;
  progress(): Promise<WorkerProgress>;
  /** After the report: the sender, if it is one of its users, sends this; resolves when it is answered or given up. */
  follow(subject: Subject): Promise<void>;
  /** What its users saw of it, once everything has settled. */
  followed(): Promise<readonly SeenHop[]>;
  /** Before the load has settled it cuts the run short: nothing is sent after it, and what is under way is uncertain. */
  report(): Promise<WorkerReport>;
  /** Disconnects everyone. */
  stop(): Promise<void>;
}

/** Child -> coordinator. */
export interface CoordinatorCalls {
  hello(hello: Hello): Promise<void>;
}
