import { setImmediate } from 'node:timers/promises';
import type { Server } from 'socket.io';
import { BenchError, unavailable } from '../../error.js';
import type { Message } from '../../routing/messages.js';
import type { Address, BrokerId, Topic } from '../../routing/types.js';
import { type BrokerPlace, isForSockets, type LocalNode, PublishError, type Transport, type TransportSettings } from '../types.js';
import { within } from '../within.js';
import { Boundary } from './boundary.js';
import { answersWithinMs, clientTimes, connect, destroy, tellBreaks } from './clients.js';
import { eventOf, messageOf, nodeEvent, nodeEventOf } from './events.js';
import type { Wire, Wiring } from './wiring.js';

/** Puts the adapter on the node's Socket.IO server. Resolves when it hears the other nodes. */
export async function openAdapter(node: LocalNode, place: BrokerPlace, settings: TransportSettings, wire: Wire): Promise<Transport> {
  const host = node.socketIo;
  if (host === undefined) throw new BenchError('bug', `[${node.id}] an official adapter needs the node's Socket.IO server`);
  const boundary = new Boundary(place.id, node, host);
  const wiring = wire(place, `${settings.prefix}sio`, boundary);
  await connect(place, wiring.clients);
  host.io.adapter(wiring.adapter());
  await wiring.prepare?.(host.io);
  host.io.on(nodeEvent, (...given: unknown[]) => {
    const message = messageOf(given);
    if (message === undefined) node.junk(place.id);
    else node.arrived({ broker: place.id, channel: 'all' }, message);
  });
  const transport = new AdapterTransport(host.io, boundary, wiring, settings);
  await transport.heard();
  tellBreaks(place, [...wiring.clients, ...(wiring.copies ?? [])], node);
  return transport;
}

class AdapterTransport implements Transport {
  readonly #io: Server;
  readonly #boundary: Boundary;
  readonly #wiring: Wiring;
  readonly #settings: TransportSettings;
  readonly #unanswered = new Set<Promise<unknown>>();
  #unansweredBytes = 0;

  constructor(io: Server, boundary: Boundary, wiring: Wiring, settings: TransportSettings) {
    this.#io = io;
    this.#boundary = boundary;
    this.#wiring = wiring;
    this.#settings = settings;
  }

  get door(): number | undefined {
    return this.#wiring.door;
  }

  get joinWindowMsMax(): number | undefined {
    return this.#wiring.windows === true ? this.#wiring.subscriptions.windowMsMax : undefined;
  }

  /** The adapter listens by itself from the moment a socket joins the room; it does not wait for the broker, so neither does this. */
  async subscribe({ broker }: Address): Promise<void> {
    const { clients, subscriptions, windows } = this.#wiring;
    if (!clients.every((client) => client.isReady))
      throw unavailable(`[${broker}] is not connected; rooms are heard again when it is back`);
    if (windows !== true) await subscriptions.confirmed();
  }

  /** It left when the last socket left the room. */
  async unsubscribe(): Promise<void> {}

  publish({ broker }: Address, message: Message<Buffer>): Promise<number | null> {
    const [topic, ...others] = message.topics;
    const refusal = topic === undefined || others.length > 0 ? manyTopics(broker, message.topics.length) : this.#refusal(message);
    if (topic === undefined || refusal !== undefined) return Promise.reject(new PublishError('rejected', refusal ?? ''));
    const bytes = message.body.length;
    this.#unansweredBytes += bytes;
    const answer = this.#boundary.say(() => this.#emit(topic, message));
    const over = () => {
      this.#unanswered.delete(answer);
      this.#unansweredBytes -= bytes;
    };
    this.#unanswered.add(answer);
    answer.then(over, over);
    return answer;
  }

  async online(topic: Topic): Promise<boolean> {
    const sockets = await this.#io.timeout(answersWithinMs).in(topic).fetchSockets();
    return sockets.length > 0;
  }

  /** The adapter hands on in the same turn what its client got; a local broadcast follows the broker's answer a few microtasks later. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#unanswered);
    await this.#wiring.subscriptions.confirmed();
    await this.#wiring.settle();
    await setImmediate();
  }

  /** The adapter is told first: one that reads a stream would go on for ever. */
  async close(): Promise<void> {
    this.#io.removeAllListeners(nodeEvent);
    const { clients, copies = [] } = this.#wiring;
    await this.#io.of('/').adapter.close();
    destroy([...clients, ...copies]);
  }

  async heard(): Promise<void> {
    const { broker } = this.#boundary;
    const { answerTimeoutMs } = clientTimes;
    const late = () => unavailable(`[${broker}] did not confirm the adapter's subscriptions within ${answerTimeoutMs / 1000} s`);
    const { heard, subscriptions } = this.#wiring;
    try {
      await within(answerTimeoutMs, Promise.all([subscriptions.confirmed(), heard?.()]), late);
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  #emit(topic: Topic, message: Message<Buffer>): void {
    if (isForSockets(message.kind)) this.#io.to(topic).emit(...eventOf(message.body));
    else this.#io.serverSideEmit(nodeEvent, ...nodeEventOf(message, topic));
  }

  #refusal({ body }: Message<Buffer>): string | undefined {
    const { queuedMessages, queuedBytes } = this.#settings;
    const [messages, bytes] = [this.#unanswered.size, this.#unansweredBytes];
    if (messages < queuedMessages && bytes + body.length <= queuedBytes) return undefined;
    const waiting = `${messages} messages (${bytes} bytes) wait for its answer`;
    return `[${this.#boundary.broker}] is too slow: ${waiting}; the limits are ${queuedMessages} and ${queuedBytes}`;
  }
}

function manyTopics(broker: BrokerId, count: number): string {
  return `[${broker}] an official adapter takes a message for one room, not for ${count}; run with --rooms topic`;
}
