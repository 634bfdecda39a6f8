import { BenchError, wordsOf } from '../../error.js';
import type { BrokerTraffic } from '../../routing/messages.js';
import type { BrokerId, Kind, NodeId, Topic } from '../../routing/types.js';
import { type LocalNode, PublishError, type SocketIoHost } from '../types.js';
import { kindsOfEvents } from './events.js';
import { type Glance, isTopic } from './glance.js';

/**
 * What passes between an unmodified adapter and its broker, counted from outside: every publish with the broker's answer to it,
 * and every message that came. The adapter is neither asked nor changed; it is known by what its clients are told to send.
 */
export class Boundary {
  readonly broker: BrokerId;
  readonly #node: LocalNode;
  readonly #host: SocketIoHost;
  /** How the adapter calls itself; learned from the first message it sends. */
  #uid: string | undefined;
  #saying = false;
  #answer: Promise<number | null> | undefined;

  constructor(broker: BrokerId, node: LocalNode, host: SocketIoHost) {
    this.broker = broker;
    this.#node = node;
    this.#host = host;
  }

  /** Emits, and returns how many took the one publish that the adapter makes of it, in the broker's words. */
  say(emit: () => void): Promise<number | null> {
    this.#answer = undefined;
    this.#saying = true;
    try {
      emit();
    } finally {
      this.#saying = false;
    }
    if (this.#answer === undefined) throw new BenchError('bug', `[${this.broker}] the adapter did not publish what was emitted`);
    return this.#answer;
  }

  /** The adapter published. It drops the promise: whoever said the message, or the node, hears of a failure instead. */
  sent<T>(glance: Glance | undefined, published: Promise<T>, receiversOf: (answer: T) => number | null): Promise<T> {
    this.#uid ??= glance?.uid || undefined;
    const receivers = published.then(receiversOf, (error: unknown) => Promise.reject(failure(this.broker, error)));
    if (this.#saying) this.#answer = receivers;
    else this.#host.published(this.broker, (glance && kindOf(glance)) ?? 'control', receivers);
    return published;
  }

  /** Heartbeats went to the broker and came from it. */
  beaten(heartbeats: BrokerTraffic): void {
    this.#host.beaten(this.broker, heartbeats);
  }

  /** A message came and the adapter is about to take it. */
  came(channel: string, glance: Glance | undefined): void {
    const kind = glance && kindOf(glance);
    const topics = glance && topicsOf(glance, this.#node.id);
    if (kind === undefined || topics === undefined) {
      this.#node.junk(this.broker);
      return;
    }
    const own = glance?.uid === this.#uid;
    // What another node says to the nodes is told, whole, by the listener of `nodeEvent`.
    if (glance?.type === 'event' && !own) return;
    const id = `${own ? this.#node.id : glance?.uid}-0`;
    this.#host.passed({ broker: this.broker, channel }, { kind, id, topics });
  }
}

/** Undefined for a broadcast that no node makes. */
function kindOf({ type, event }: Glance): Kind | undefined {
  if (type === 'broadcast') return kindsOfEvents.get(event);
  return type === 'other' ? 'control' : 'presence';
}

/** A question is for the user it asks after, an answer for this node. Undefined where the room is none of ours. */
function topicsOf({ type, room }: Glance, node: NodeId): readonly Topic[] | undefined {
  if (type === 'answer') return [`n:${node}`];
  if (type === 'event' || type === 'other') return [];
  return isTopic(room) ? [room] : undefined;
}

function failure(broker: BrokerId, error: unknown): PublishError {
  const offline = error instanceof Error && error.constructor.name === 'ClientOfflineError';
  const words = wordsOf(error);
  if (offline) return new PublishError('rejected', `[${broker}] is not connected (${words}); it is tried again until it is back`);
  return new PublishError('unknown', `[${broker}] the connection broke before the answer came (${words})`);
}
