import type { Server } from 'socket.io';
import type { BrokerTraffic, Input, Message } from '../routing/messages.js';
import type { Address, BrokerId, Kind, NodeId } from '../routing/types.js';
import { type DirectoryHost, isDefinite, type LocalNode, type SocketIoHost } from '../transports/types.js';
import { isWellFormed } from './bodies.js';
import type { Links } from './links.js';
import type { Pending } from './pending.js';

type BrokerInput = Extract<Input<Buffer, never>, { type: 'subscribed' | 'arrived' | 'refused' | 'published' | 'lost' | 'reconnected' }>;

interface BrokerDeskParts {
  readonly node: NodeId;
  readonly links: Links;
  readonly pending: Pending;
  /** The newest view: a transport that delivers by itself does not say by which view a message was published. */
  newest(): number;
  step(input: BrokerInput): void;
  /** Counts what nothing follows from: it does not show as work under way. */
  count(input: Extract<BrokerInput, { type: 'arrived' | 'published' }>): void;
  /** An address cannot be listened at although its broker is there. */
  unheard(address: Address, cause: unknown): void;
}

const nothing = Buffer.alloc(0);

/** Carries what the core has for brokers over the links, and what brokers have for this node to the core. It keeps nothing. */
export class BrokerDesk {
  readonly #parts: BrokerDeskParts;

  constructor(parts: BrokerDeskParts) {
    this.#parts = parts;
  }

  /** This node, as transports see it. */
  local(io: Server, directory: DirectoryHost): LocalNode {
    const { node, links, step } = this.#parts;
    return {
      id: node,
      socketIo: this.#socketIo(io),
      arrived: (address, message) => this.#arrived(address, message),
      junk: (broker) => links.junk(broker),
      lost: (broker, only) => {
        links.setLost(broker, true);
        if (only === undefined) step({ type: 'lost', broker });
      },
      reconnected: (broker) => {
        links.setLost(broker, false);
        step({ type: 'reconnected', broker });
      },
      directory,
    };
  }

  /** A failure is kept by the links and shows in the node's health. One that is no outage is told to whoever waits for the topic. */
  subscribe(address: Address, attempt: number): void {
    const { links, pending, step, unheard } = this.#parts;
    pending.track(links.subscribe(address)).then(
      () => step({ type: 'subscribed', address, attempt }),
      (error: unknown) => {
        pending.note();
        if (links.fails(address)) unheard(address, error);
      },
    );
  }

  /** An unsubscribe that fails leaves a subscription behind: what comes through it is wasted, and counted so. */
  unsubscribe(address: Address): void {
    const { links, pending } = this.#parts;
    pending.track(links.unsubscribe(address)).catch(() => pending.note());
  }

  /** Shows what brokers answer to publishes from now on, until the function that is returned is called. */
  observe(accepted: (broker: BrokerId, message: Message<Buffer>, receivers: number | null) => void): () => void {
    const publish = this.publish.bind(this);
    this.publish = (address, message) => {
      const published = publish(address, message);
      published.then((receivers) => accepted(address.broker, message, receivers)).catch(() => {});
      return published;
    };
    return () => void Reflect.deleteProperty(this, 'publish');
  }

  /** The core is told of a definite refusal before anybody who waits for the outcome. */
  publish(address: Address, message: Message<Buffer>): Promise<number | null> {
    const { links, step } = this.#parts;
    const published = links.publish(address, message);
    published.catch((error: unknown) => {
      if (isDefinite(error)) step({ type: 'refused', broker: address.broker, kind: message.kind });
    });
    return published;
  }

  #arrived(address: Address, message: Message<Buffer>): void {
    const { links, step } = this.#parts;
    if (isWellFormed(message)) step({ type: 'arrived', address, message });
    else links.junk(address.broker);
  }

  #socketIo(io: Server): SocketIoHost {
    const { newest, step } = this.#parts;
    return {
      io,
      passed: (address, message) => step({ type: 'arrived', address, message: { ...message, view: newest(), body: nothing } }),
      published: (broker, kind, receivers) => this.#published(broker, kind, receivers),
      beaten: (broker, heartbeats) => this.#beaten(broker, heartbeats),
    };
  }

  /** For no topic, so of those that came each is wasted. */
  #beaten(broker: BrokerId, heartbeats: BrokerTraffic): void {
    const { newest, count } = this.#parts;
    const kind = 'control';
    const message = { kind, id: `${broker}-0`, view: newest(), topics: [], body: nothing } as const;
    for (let sent = 0; sent < heartbeats.in; sent++) count({ type: 'published', broker, kind });
    for (let came = 0; came < heartbeats.out; came++) count({ type: 'arrived', address: { broker, channel: 'all' }, message });
  }

  /** An adapter's own message; when it fails, whoever waits for an answer to it runs into a time limit. */
  #published(broker: BrokerId, kind: Kind, receivers: Promise<number | null>): void {
    const { links, pending, step } = this.#parts;
    step({ type: 'published', broker, kind });
    pending.track(receivers).then(
      (count) => links.received(broker, count),
      (error: unknown) => {
        if (isDefinite(error)) step({ type: 'refused', broker, kind });
        else links.received(broker, null);
      },
    );
  }
}
