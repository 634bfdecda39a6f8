import type { Message } from '../routing/messages.js';
import type { Address, Broker, BrokerId, NodeId } from '../routing/types.js';

/** What not every transport promises. The chat server and the contract's tests read these, never its name. */
export interface Facts {
  /** Messages of one node to one address arrive in the order of publishing. */
  readonly orderKept: boolean;
  /** `publish` resolves to the number of receivers, and 0 means that nobody listens. */
  readonly receiptMeaningful: boolean;
}

/** A broker's figures in its own words, cumulative since it started. `null`: it does not say. */
export interface BrokerCounters {
  readonly in: number | null;
  readonly relayed: number | null;
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
   * Whatever was confirmed there may be heard no more. Said on every break of what listens, so also once more while it is lost already,
   * and when only publishing broke.
   */
  lost(broker: BrokerId): void;
  /** Publishing and listening work again; what is not subscribed again from now on stays unheard. Said once after any number of `lost`. */
  reconnected(broker: BrokerId): void;
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

export interface Transport {
  /** Resolves when the broker has confirmed: what is published after that is heard. Rejects when it cannot; a broker that does not answer is `lost` then. */
  subscribe(address: Address): Promise<void>;
  unsubscribe(address: Address): Promise<void>;
  /** How many took it, in the broker's words; null: it does not say. Rejects with a PublishError. */
  publish(address: Address, message: Message<Buffer>): Promise<number | null>;
  /** Resolves when all that the brokers had handed to this node before the call has arrived. */
  settle(): Promise<void>;
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
}

/** A process that a transport asked for; it is stopped by whoever runs the bench. */
export interface Launched {
  readonly pid: number;
  /** Resolves with the first line on standard output that `accept` returns something for; rejects with its last words when it ends before. */
  said<T>(accept: (line: string) => T | undefined): Promise<T>;
  /** Rejects when the process ends. */
  readonly ended: Promise<never>;
}

/** How a transport starts its servers. */
export interface Launch {
  /** A private folder for this run, removed afterwards. */
  readonly folder: string;
  program(id: string, file: string, args: readonly string[]): Promise<Launched>;
  /** One of this project's own entry points, relative to `src`, without extension. */
  ours(id: string, entry: string, env: Readonly<Record<string, string>>): Promise<Launched>;
  freePort(): Promise<number>;
}

export interface Started {
  readonly url: string;
  readonly pid: number;
  readonly embedded: boolean;
}

export interface TransportKind {
  readonly kind: string;
  readonly facts: Facts;
  start(broker: Broker, launch: Launch): Promise<Started>;
  open(node: LocalNode, places: readonly BrokerPlace[], settings: TransportSettings): Promise<Transport>;
  counters(place: BrokerPlace): Promise<BrokerCounters>;
}
