/**
 * The vocabulary of routing. A strategy answers one question, purely: where do a listener and a sender of a topic meet?
 * Everything else (chat server, transports, simulator, cost model) is built on that answer and never asks which strategy runs.
 */

/** Who a message is for: `u:ann` a user, `r:42` a room, `s:ann` the status of ann, `n:n3` a node. */
export type Topic = `${'u' | 'r' | 's' | 'n'}:${string}`;
export type NodeId = string;
export type BrokerId = string;

/** A channel at one broker. Two addresses are the same place when both fields are equal. */
export interface Address {
  readonly broker: BrokerId;
  readonly channel: string;
}

export interface Broker {
  readonly id: BrokerId;
  /** The transport that speaks to it: `redis`, `node`, ... A chat node is a broker too; those are never listed, they are implied by `Topology.nodes`. */
  readonly kind: string;
  /** Brokers that hand on to their own subscribers whatever this one takes in. */
  readonly relaysTo?: readonly BrokerId[];
  /** `false`: never hands a message back to the node it came from. */
  readonly echo?: false;
  /** Messages that a node has for one channel there in one turn of the event loop may share a command, where the transport can do that. */
  readonly batches?: true;
  /** It keeps a directory and passes no message on: it comes on top of the brokers that a size counts. */
  readonly directoryOnly?: true;
}

/** The nodes and brokers of a moment. A larger version is a later moment. */
export interface Topology {
  readonly version: number;
  readonly nodes: readonly NodeId[];
  readonly brokers: readonly Broker[];
}

/**
 * How large a run is. Counts are whole numbers from 1 on (only `fit` may answer with 0 brokers); `bytes` is the size of one message's text.
 */
export interface Size {
  readonly nodes: number;
  readonly brokers: number;
  readonly users: number;
  readonly ratePerSecond: number;
  readonly seconds: number;
  readonly bytes: number;
}

/** Numbers or words with defaults, set by `--option groups=2`. */
export type Options = Readonly<Record<string, number | string>>;

/** What the publishing side may draw upon. `random` restarts for every topic of a message, so that all its recipients draw alike. */
export interface Sender {
  readonly node: NodeId;
  /** Where the directory says that the topic is wanted; empty where the strategy has none. */
  readonly known: readonly Address[];
  /** Uniform in [0, 1). Only the publishing side draws. */
  random(): number;
}

export interface Routing {
  /** Where a node listens while one of its sockets wants the topic. */
  subscribe(topic: Topic, node: NodeId): readonly Address[];
  /** Where a message for the topic is put. */
  publish(topic: Topic, sender: Sender): readonly Address[];
  /**
   * Who remembers where the topic is wanted: a node or a broker of its own kind. Absent or empty: nobody, and `publish` knows by itself.
   * Every place is told; one is asked, the asker itself if it is among them.
   */
  directory?(topic: Topic): readonly BrokerId[];
  /** An answer is kept, and whoever gave it tells the asker of each later change. Otherwise every message asks. */
  readonly directoryCached?: true;
  /** A node that joins copies the directory from the first of the topology, instead of being told by everybody: it gets the view last. */
  readonly directoryCopied?: true;
  /** The sender's node delivers at once and drops its own copy. */
  readonly local?: 'around';
}

/** One architecture: the default export of `strategies/<name>.ts`, pure and without state. */
export interface Strategy<O extends Options = Options> {
  /** Equal to the file's name. */
  readonly name: string;
  readonly title: string;
  /** One sentence: who listens where, and where a message goes. */
  readonly summary: string;
  /** What the article says of it. */
  readonly claim?: string;
  /** Of an official adapter: the strategy that routes alike on bench's own code, so that what differs between the two is implementation. */
  readonly control?: string;
  /** For whoever has to choose: a sentence or two each. */
  readonly when?: { readonly use: string; readonly avoid: string };
  readonly options?: O;
  /** Nodes speak to each other: each is a broker that has the name of the node. */
  readonly mesh?: true;
  /** The forms of a room message that it can run; absent: all. The plan takes one of these and says so. */
  readonly rooms?: readonly ('members' | 'topic')[];
  /** Why no node can come or go while it runs; absent: nodes can. */
  readonly fixedNodes?: string;
  /** The nearest size it can run; the plan says what was changed. */
  fit?(size: Size, options: O): Size;
  brokers(size: Size): readonly Broker[];
  route(topology: Topology, options: O): Routing;
}

/** Traffic is told apart by what it is for; a broker's own figures are sums over the kinds. */
export const kinds = ['chat', 'presence', 'directory', 'probe', 'control'] as const;
export type Kind = (typeof kinds)[number];
