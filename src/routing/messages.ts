import type { Entry, Line, Telling } from './directory.js';
import type { Address, BrokerId, Kind, NodeId, Routing, Topic, Topology } from './types.js';

/** What travels between nodes. `Body` is opaque to routing: bytes live, anything small in the simulator. */
export interface Message<Body> {
  readonly kind: Kind;
  /** `<node>-<number>`, unique in a run. */
  readonly id: string;
  /** Version of the topology by which it was published. */
  readonly view: number;
  readonly topics: readonly Topic[];
  readonly body: Body;
}

/** What a node is told. `Socket` is a handle the core never looks into. */
export type Input<Body, Socket> =
  | { readonly type: 'wanted'; readonly topic: Topic; readonly socket: Socket }
  | { readonly type: 'unwanted'; readonly topic: Topic; readonly socket: Socket }
  /** The broker confirmed the subscription of that attempt. */
  | { readonly type: 'subscribed'; readonly address: Address; readonly attempt: number }
  /** By a client or by the node itself. `draws` names the message among all of a run, so that its draws are the same live and simulated. */
  | {
      readonly type: 'said';
      readonly by: 'client' | 'node';
      readonly kind: Kind;
      readonly id: string;
      readonly topics: readonly Topic[];
      readonly body: Body;
      readonly draws: string;
    }
  | { readonly type: 'arrived'; readonly address: Address; readonly message: Message<Body> }
  /** A publish did not happen: it is not counted as one. */
  | { readonly type: 'refused'; readonly broker: string; readonly kind: Kind }
  /** A delivery was written to that many sockets fewer than were there: it is not counted for them. */
  | { readonly type: 'unwritten'; readonly kind: Kind; readonly sockets: number }
  /** The transport wrote a delivery to that many sockets by itself. */
  | { readonly type: 'written'; readonly kind: Kind; readonly sockets: number }
  /** The transport put a message of its own at a broker: a question to the other nodes, an answer, a heartbeat. */
  | { readonly type: 'published'; readonly broker: string; readonly kind: Kind }
  | { readonly type: 'lost'; readonly broker: string }
  | { readonly type: 'reconnected'; readonly broker: string }
  | { readonly type: 'view'; readonly topology: Topology }
  | { readonly type: 'switch'; readonly version: number }
  | { readonly type: 'clean'; readonly version: number }
  | AnswerOfPlace
  | RequestToPlace;

/** What comes of what this node put to a place of a directory; `attempt` names it. */
export type AnswerOfPlace =
  /** The place, and everybody it had to tell, knows what it was told. */
  | { readonly type: 'confirmed'; readonly place: BrokerId; readonly attempt: number }
  | { readonly type: 'answered'; readonly place: BrokerId; readonly attempt: number; readonly entries: readonly Entry[] }
  | { readonly type: 'copyTaken'; readonly place: BrokerId; readonly attempt: number; readonly lines: readonly Line[] }
  /** The place was lost before it answered. `definite`: nothing was put to it, and it is not counted. `notice`: it was told as one that watches. */
  | {
      readonly type: 'unanswered';
      readonly place: BrokerId;
      readonly attempt: number;
      readonly definite: boolean;
      readonly notice: boolean;
    };

/** What is put to this node as a place of a directory, or by a place that it watches; the answer names the `request`. */
export type RequestToPlace =
  | { readonly type: 'told'; readonly from: BrokerId; readonly telling: Telling; readonly request: number }
  | {
      readonly type: 'asked';
      readonly from: NodeId;
      readonly topics: readonly Topic[];
      /** The asker keeps the answer and must be told of each change from now on. */
      readonly watch: boolean;
      readonly request: number;
    }
  | { readonly type: 'copied'; readonly from: NodeId; readonly request: number };

/** Those who get a delivery. Whoever is walked through may leave meanwhile. */
export interface Sockets<Socket> extends Iterable<Socket> {
  readonly size: number;
  forEach(call: (socket: Socket) => void): void;
}

export type Said<Body> = Extract<Input<Body, unknown>, { type: 'said' }>;

/** What a node must do, in this order. */
export type Effect<Body, Socket> =
  | { readonly type: 'subscribe'; readonly address: Address; readonly attempt: number }
  | { readonly type: 'unsubscribe'; readonly address: Address }
  | { readonly type: 'publish'; readonly address: Address; readonly message: Message<Body> }
  | { readonly type: 'deliver'; readonly topic: Topic; readonly sockets: Sockets<Socket>; readonly message: Message<Body> }
  /** Somebody asks whether a user is online; the node answers to the asker, whatever the answer is. */
  | { readonly type: 'question'; readonly message: Message<Body>; readonly online: boolean }
  /** A broker handed this node its own question back, which was asked here already: one of the receivers it counted has answered. */
  | { readonly type: 'echo'; readonly message: Message<Body> }
  /** Every place where the topic is to be heard has confirmed. */
  | { readonly type: 'ready'; readonly topic: Topic }
  /** Every topic wanted when the view came is heard where that view says. */
  | { readonly type: 'viewReady'; readonly version: number }
  /** A message waits until a directory has said where its topics are wanted, or until an older one for the same topic went. */
  | { readonly type: 'held'; readonly id: string }
  /** It waits no more: all it needs stands before this, and after the last such effect. */
  | { readonly type: 'released'; readonly id: string }
  /** It waits no more and was not published: no place of the directory could be asked. */
  | { readonly type: 'rejected'; readonly id: string }
  | PlaceEffect;

/** Requests to places of a directory, and answers as one. */
export type PlaceEffect =
  | { readonly type: 'tell'; readonly place: BrokerId; readonly telling: Telling; readonly attempt: number }
  | {
      readonly type: 'ask';
      readonly place: BrokerId;
      readonly topics: readonly Topic[];
      readonly watch: boolean;
      readonly attempt: number;
    }
  | { readonly type: 'copy'; readonly place: BrokerId; readonly attempt: number }
  | { readonly type: 'confirm'; readonly request: number }
  | { readonly type: 'answer'; readonly request: number; readonly entries: readonly Entry[] }
  | { readonly type: 'handOver'; readonly request: number; readonly lines: readonly Line[] };

/** What a node counted of one kind of traffic. Brokers handed it `received` messages, each either useful to a local socket or wasted. */
export interface KindCounters {
  fromClients: number;
  published: number;
  received: number;
  useful: number;
  wasted: number;
  deliveredToSockets: number;
}

/** Messages one node put to (`in`) and got from (`out`) one broker: the node's word, by the broker's direction. */
export interface BrokerTraffic {
  in: number;
  out: number;
}

export interface NodeCoreConfig {
  readonly node: NodeId;
  readonly seed: number;
  route(topology: Topology): Routing;
}
