import type { Server } from 'socket.io';
import type { Entry, Line, Telling } from '../routing/directory.js';
import type { BrokerTraffic, Message } from '../routing/messages.js';
import type { Address, Broker, BrokerId, Kind, NodeId, Options, Topic } from '../routing/types.js';
import type { Turns } from './turns.js';

export type { Entry, Line, Telling };

/** What not every transport promises. The chat server and the contract's tests read these, never its name. */
export interface Facts {
  /** Messages of one node to one address arrive in the order of publishing. */
  readonly orderKept: boolean;
  /**
   * `publish` resolves to the number of receivers, and 0 means that nobody listens.
   * 'zero': it says only whether nobody does: 0 then, else null.
   */
  readonly receiptMeaningful: boolean | 'zero';
  /** What is published after `subscribe` resolved is heard. Otherwise a fresh listener may miss the first messages. */
  readonly subscribeConfirmed: boolean;
  /** How many of its brokers one run can have: a node speaks to no more, and they do not speak to each other. Absent: any number. */
  readonly brokersMax?: number;
  /**
   * It writes deliveries to the sockets itself: a topic is a Socket.IO room, and Socket.IO hands out what is emitted to it. The node only counts.
   * Absent: the node writes.
   */
  readonly delivers?: true;
}

/** A broker's figures in its own words, cumulative since it started. `null`: it does not say. */
export interface BrokerCounters {
  /** Its name and version in one: `redis 7.0.15`. */
  readonly version: string | null;
  readonly in: number | null;
  /** Messages handed to nodes; null where only its answers to publishes say so, as with Redis. */
  readonly out: number | null;
  readonly relayed: number | null;
  /** Of `in` and `out`, what came by the clock; absent: nothing does. */
  readonly heartbeats?: BrokerTraffic;
  readonly channels: number | null;
  readonly bytesIn: number | null;
  readonly bytesOut: number | null;
  readonly cpuUs: number | null;
  readonly memoryBytes: number | null;
  /** As read, for whoever wants to check. */
  readonly raw: Readonly<Record<string, string | number>>;
}

/** The chat node, as a transport sees it. */
export interface LocalNode {
  readonly id: NodeId;
  arrived(address: Address, message: Message<Buffer>): void;
  /** Something arrived that is no message of this run. */
  junk(broker: BrokerId): void;
  /**
   * Whatever was confirmed there may be heard no more. Said on every break of what listens, so also once more while it is lost already.
   * With `publishing`, only that broke: what is confirmed stays so and can be added to, and publishes are rejected. It is not said of what is lost already.
   */
  lost(broker: BrokerId, only?: 'publishing'): void;
  /** Publishing and listening work again; what is not confirmed, and not subscribed again from now on, stays unheard. Said once after any number of `lost`. */
  reconnected(broker: BrokerId): void;
  /** What other nodes ask of this one where nodes speak to each other; absent where none does. */
  readonly directory?: DirectoryHost;
  /** Its Socket.IO server, for a transport that delivers by itself. */
  readonly socketIo?: SocketIoHost;
}

/** Whether messages of the kind are for sockets, which a transport that delivers by itself writes to. Others are for the nodes themselves. */
export function isForSockets(kind: Kind): boolean {
  return kind === 'chat' || kind === 'probe';
}

/** What a transport that delivers by itself tells the node, which could not see it otherwise. */
export interface SocketIoHost {
  readonly io: Server;
  /** A message came from the broker; Socket.IO takes it from there. */
  passed(address: Address, message: Omit<Message<Buffer>, 'view' | 'body'>): void;
  /** The adapter put a message of its own at the broker. `receivers`: how many took it, in the broker's words; null: it does not say. */
  published(broker: BrokerId, kind: Kind, receivers: Promise<number | null>): void;
  /** The adapter put so many heartbeats at the broker (`in`) and got so many from it (`out`). They come by the clock, and nothing follows from them. */
  beaten(broker: BrokerId, heartbeats: BrokerTraffic): void;
}

/** A node as a place of a directory, and as one that keeps what a place told it. */
export interface DirectoryHost {
  /** Another node tells where a topic is wanted, or no more; or a place that this node watches tells of a change. Resolves when everybody who must know of it knows. */
  told(from: BrokerId, telling: Telling): Promise<void>;
  /** Another node asks where topics are wanted; `watch`: it keeps the answer and must be told of each change from now on. */
  asked(from: NodeId, topics: readonly Topic[], watch: boolean): Promise<readonly Entry[]>;
  /** Another node copies the whole directory. */
  copied(from: NodeId): Promise<readonly Line[]>;
}

/**
 * How a node speaks to the places of a directory. In order for each place; every call rejects when the place is lost before it answered,
 * with a PublishError `rejected` where it was not even sent.
 */
export interface DirectoryLink {
  /** Resolves when the place, and everybody it told, has confirmed. A notice goes the same way, from a place to the node that watches. */
  tell(place: BrokerId, telling: Telling): Promise<void>;
  ask(place: BrokerId, topics: readonly Topic[], watch: boolean): Promise<readonly Entry[]>;
  copy(place: BrokerId): Promise<readonly Line[]>;
}

/** A publish that failed. `rejected`: it did not happen; `unknown`: it may have. */
export class PublishError extends Error {
  readonly outcome: 'rejected' | 'unknown';

  constructor(outcome: 'rejected' | 'unknown', message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PublishError';
    this.outcome = outcome;
  }
}

/** Whether nothing happened, for certain. */
export function isDefinite(error: unknown): boolean {
  return error instanceof PublishError && error.outcome === 'rejected';
}

/** What one node counted of the commands that its messages share, at one broker; all cumulative. */
export interface Commands {
  /** Put to the broker, but for those that did not happen. */
  readonly put: number;
  /** Sum of what the broker answered to them: to how many connections it handed each. */
  readonly answered: number;
  /** Got from the broker: each with one message or several. */
  readonly got: number;
}

export interface Transport {
  /** Resolves when the broker has confirmed: what is published after that is heard. Rejects when it cannot; a broker that does not answer is `lost` then. */
  subscribe(address: Address): Promise<void>;
  unsubscribe(address: Address): Promise<void>;
  /** How many took it, in the broker's words; null: it does not say. Rejects with a PublishError. */
  publish(address: Address, message: Message<Buffer>): Promise<number | null>;
  /** Resolves when all that the brokers had handed to this node before the call has arrived. */
  settle(): Promise<void>;
  /** Where other nodes find this one; absent where nodes do not speak to each other. */
  readonly place?: BrokerPlace;
  /** Where its brokers can be asked who listens where. */
  readonly directory?: DirectoryLink;
  /** Joins the brokers that are new among these and leaves those that are not. Absent: the brokers never change while it is open. */
  rejoin?(places: readonly BrokerPlace[]): Promise<void>;
  /** Asks the other nodes by itself whether a socket of any of them is in the topic. Rejects when one does not answer in time: it is not known then. */
  online?(topic: Topic): Promise<boolean>;
  /** The port that all nodes listen on when the transport, not the plan, places clients on the nodes. */
  readonly door?: number | undefined;
  /** Undefined where each message has a command of its own. */
  commands?(broker: BrokerId): Commands | undefined;
  /** Longest time from a join to the broker's confirmation, so far, where `subscribe` does not wait for it: messages sent in between are lost. */
  readonly joinWindowMsMax?: number | undefined;
  close(): Promise<void>;
}

/** Where one broker is, and everything a node needs to speak to it. `url` may hold a password: it goes into no log, error or result. */
export interface BrokerPlace {
  readonly id: BrokerId;
  readonly url: string;
}

export interface TransportSettings {
  /** Every channel starts with it: `bench:<run>:`. */
  readonly prefix: string;
  /** Secret of this run; frames made with another are junk. */
  readonly frameKey: number;
  readonly queuedMessages: number;
  readonly queuedBytes: number;
  /** Of the process, where it gathers what leaves together. Absent: turns follow each other at once. */
  readonly turns?: Turns;
  /** Brokers where messages for one channel in one turn of the event loop may share a command. Absent: none. */
  readonly batching?: ReadonlySet<BrokerId>;
  /** The options of the strategy, for a transport that has modes. */
  readonly options?: Options;
}

/** A process that a transport asked for; it is stopped by whoever runs the bench. */
export interface Launched {
  readonly pid: number;
  /** Resolves with the first line it writes that `accept` returns something for; rejects with its last words when it ends before. */
  said<T>(accept: (line: string) => T | undefined): Promise<T>;
  /** The run goes on without it from now on: it handles no message. `without`: what its end means, for a warning. */
  spare(without: string): void;
  /** Rejects when the process ends. */
  readonly ended: Promise<never>;
  /** Ends it at once, for a transport that could not start what it is a part of; resolves when it is gone. */
  end(): Promise<void>;
}

/** A process that another one started. `ended` resolves with how it ended. */
export interface Forked {
  readonly pid: number;
  readonly ended: Promise<string>;
}

/** How a transport starts its servers. */
export interface Launch {
  /** A private folder for this run, removed afterwards. */
  readonly folder: string;
  /** `env` is added to the environment of bench; what must not be seen in a process list goes there or into a file. */
  program(id: string, file: string, args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Launched>;
  /** One of this project's own entry points, relative to `src`, without extension. */
  ours(id: string, entry: string, env: Readonly<Record<string, string>>): Promise<Launched>;
  freePort(): Promise<number>;
}

export interface Started {
  readonly url: string;
  readonly pid: number;
  readonly embedded: boolean;
}

/** How a broker passes messages on inside: from the exchange that all are published to to queues, of which each node has one. */
export interface ExchangeLayout {
  /** Of the first exchange, in the broker's words. */
  readonly type: string;
  /** The exchange behind the first one by which messages of a channel go; null: queues are bound to the first one. */
  behind(channel: string): string | null;
}

export interface TransportKind {
  readonly kind: string;
  /** Its brokers are the chat nodes themselves: there is nothing to start, and where they are is known once they run. */
  readonly insideNodes?: true;
  readonly facts: Facts;
  /** How bench speaks to it, for the result. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  /** Figures that neither its counters nor its answers say, and why. */
  readonly silent?: Readonly<Partial<Record<'in' | 'out' | 'relayed', string>>>;
  /** For pictures and words; absent: a broker of this kind has no exchanges. */
  readonly exchanges?: ExchangeLayout;
  /** What must be installed before `start` can work, and how; undefined: nothing. */
  missing(): string | undefined;
  /** Starts all brokers of this kind; the answers are in the same order. */
  start(brokers: readonly Broker[], launch: Launch): Promise<readonly Started[]>;
  /** Starts a chat node where a broker of this kind must be its parent. Absent: bench starts the nodes. */
  fork?(place: BrokerPlace, file: string, environment: Readonly<Record<string, string>>): Promise<Forked>;
  /** Checks that a server which ran before can be used, and says which one it is: equal for two URLs of one server. Absent: bench starts its own. */
  attach?(url: string): Promise<string>;
  open(node: LocalNode, places: readonly BrokerPlace[], settings: TransportSettings): Promise<Transport>;
  counters(place: BrokerPlace): Promise<BrokerCounters>;
}
