import type { Options, Size, Topology } from '../routing/types.js';
import type { Action, Deed } from './actions.js';

export type { Action, Asking, Coming, Deed, OverHttp, Saying } from './actions.js';

/** Room messages either name every member's topic, or the room's own one. A comparison never mixes the two unsaid. */
export const roomForms = ['members', 'topic'] as const;
export type RoomForm = (typeof roomForms)[number];

/** What the load speaks the protocol with: the official client is the reference that the other one is held to. */
export const driverNames = ['raw', 'socket.io-client'] as const;
export type DriverName = (typeof driverNames)[number];

/** How a client's connection is carried: Engine.IO's two transports. */
export const clientTransports = ['websocket', 'polling'] as const;
export type ClientTransport = (typeof clientTransports)[number];

/** How a chat node reads and writes what is hot: beside Socket.IO's layers, or through them. */
export const engines = ['fast', 'socket.io'] as const;
export type EngineName = (typeof engines)[number];

/** Longest wait of a busy node that one can ask for: beyond it what a message waits is no longer small beside what it takes. */
export const gatherMsMax = 2;

/** The members of a room; the first one created it. */
export type Members = readonly [number, ...number[]];

/** Uniform in [0, 1), seeded. */
export type Random = () => number;

/** What must hold for a run to pass. A missing limit is not judged. */
export interface Limits {
  /** Pairs (message, recipient) that may be lost. */
  readonly lost?: number;
  readonly duplicated?: number;
  readonly misdelivered?: number;
  /** Messages that the system may refuse. */
  readonly rejected?: number;
  /** 99th percentile of received - intended. */
  readonly responseMsP99?: number;
  /** Of all pairs, the share of which nobody can say whether they had to be delivered. Missing: none, where nobody comes or goes there is none. */
  readonly uncertainShare?: number;
  /** Connects in the midst of the load that may fail. */
  readonly failedConnects?: number;
  /** Answers about who is online that may be wrong: the asked user was certainly there, or certainly not. */
  readonly wrongAnswers?: number;
}

/** A workload: the default export of `scenarios/<name>.ts`, or of a file of one's own; pure and seeded. */
export interface Scenario<O extends Options = Options> {
  /** Equal to the file's name. */
  readonly name: string;
  readonly title: string;
  /** One sentence: what its users do. */
  readonly summary: string;
  /** What a run of it is to find out, and the places of the figures in the result that say it. */
  readonly question: string;
  readonly answeredBy: readonly string[];
  /** What its users do beside saying messages. */
  readonly does?: readonly Deed[];
  /** Numbers or words with defaults, set by `--set jitter=2`. */
  readonly options?: O;
  readonly sizes: Readonly<Record<'smoke' | 'full', Size>>;
  readonly limits: Limits;
  /** Users are dealt out over these, `size.nodes` at a time; absent: WebSocket for all. */
  readonly transports?: readonly ClientTransport[];
  /** With how many devices each user is online from the start; absent: 1. */
  devices?(options: O): number;
  /** The rooms that exist before the load starts. */
  rooms?(size: Size, random: Random, options: O): readonly Members[];
  /** In order of time. The same seed gives the same actions to every strategy and for any number of workers. */
  actions(size: Size, random: Random, rooms: readonly Members[], options: O): Iterable<Action>;
}

/** What a chat node refuses. Every limit is in the plan, hence in the result. */
export interface ChatLimits {
  /** Largest event of a client, bytes. */
  readonly payloadBytes: number;
  /**
   * Events per second of one socket, and how many it may save up. What makes many copies costs more than one: a post in the form `members`
   * and the making of a room one event for every 25 members, and such a post one for every 32 KiB of its copies together, if that is more.
   */
  readonly eventsPerSecond: number;
  readonly eventsBurst: number;
  /** Largest room: users beyond it are refused. Absent: as large as an event can name. */
  readonly membersMax: number;
  /** How many users one socket may watch: each costs its node a subscription and a question. */
  readonly watchedMax: number;
  /** Bytes waiting for one slow socket, beyond which it is disconnected. */
  readonly unsentBytes: number;
  /** Messages and bytes waiting for one broker, beyond which a send is rejected. */
  readonly queuedMessages: number;
  readonly queuedBytes: number;
}

/** How long a message of a simulation is under way from one process to the next: each hop draws anew. */
export type HopLatency =
  | { readonly distribution: 'constant'; readonly ms: number }
  | { readonly distribution: 'uniform'; readonly leastMs: number; readonly mostMs: number }
  | { readonly distribution: 'exponential'; readonly meanMs: number }
  /** `sigma`: standard deviation of the natural logarithm. */
  | { readonly distribution: 'lognormal'; readonly medianMs: number; readonly sigma: number };

/** How a broker process came to be. */
export type BrokerOrigin = 'attached' | 'spawned' | 'embedded';

/** What to run: plain data. A plan and the commit it names repeat a run. */
export interface Plan {
  readonly schema: 1;
  /** Random word of this run; every channel and key starts with `bench:<run>:`. */
  readonly run: string;
  readonly seed: number;
  readonly strategy: {
    readonly name: string;
    /** Absolute path of a strategy from outside the project; null for one of `strategies/`. */
    readonly file: string | null;
    readonly options: Options;
  };
  readonly scenario: string;
  /** Absolute path of a scenario from outside the project; absent: one of `scenarios/`. */
  readonly scenarioFile?: string;
  /** Every option of the scenario; absent: it has none. */
  readonly scenarioOptions?: Options;
  /** What the scenario is to find out, and the places of the figures that say it. */
  readonly asks?: { readonly question: string; readonly answeredBy: readonly string[] };
  readonly sizeName: string;
  readonly size: Size;
  /** Before the load its like is played for this long as probes, so that what is measured is steady; 0: not at all. */
  readonly warmUpSeconds: number;
  readonly rooms: RoomForm;
  readonly workers: number;
  readonly engine: EngineName;
  /** How long a busy node with the fast engine waits at most between two turns of its event loop, so that more leaves together. Absent: never. */
  readonly gatherMs?: number;
  readonly driver: DriverName;
  /** How clients connect: users are dealt out over these. Absent: all over WebSocket. */
  readonly transports?: readonly ClientTransport[];
  readonly topology: Topology;
  /** Of a simulated run; a live one has the real thing. */
  readonly hopLatency?: HopLatency;
  /** URLs of attached brokers and store, passwords masked; null where bench starts its own. */
  readonly attach: { readonly brokers: readonly string[] | null; readonly store: string | null };
  readonly chatLimits: ChatLimits;
  readonly limits: Limits;
  readonly timing: {
    /** How long a dead node stays in the view. */
    readonly leaseMs: number;
    /** A message sent this long before a disconnect is asked for is not held against anyone. */
    readonly graceMs: number;
    /** Longest wait for what is still under way after the last action. */
    readonly drainMs: number;
    /** Longest wait for any one process in any one phase before the load. */
    readonly setUpMs: number;
  };
  /** What had to be changed in what was asked for, in words. */
  readonly changed: readonly string[];
  /** The command that repeats this run. */
  readonly command: string;
}
