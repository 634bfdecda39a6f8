import { EventEmitter, once } from 'node:events';
import { createAdapter } from '@socket.io/cluster-adapter';
import { unavailable, wordsOf } from '../../../error.js';
import type { BrokerPlace } from '../../types.js';
import type { Boundary } from '../boundary.js';
import { Subscriptions } from '../subscriptions.js';
import type { Wiring } from '../wiring.js';
import { WorkerEnd } from './heartbeats.js';
import { type AdapterMessage, glanceAtMessage, isAdapterMessage, isFence, isHeartbeat } from './messages.js';
import { clusterSettings } from './settings.js';
import { makeSticky } from './sticky.js';

type Send = NonNullable<typeof process.send>;

/** A chat node as a worker: its adapter speaks to the primary through `process`, whose sends and messages are seen on the way. */
export function wireCluster(place: BrokerPlace, boundary: Boundary): Wiring {
  const send = process.send?.bind(process);
  if (send === undefined) throw unavailable(`[${place.id}] this process was not forked by a primary; it is started by \`bench run\``);
  const heartbeats = new WorkerEnd();
  const fences = new Fences(send, heartbeats, boundary);
  const { heartbeatIntervalMs: heartbeatInterval, heartbeatTimeoutMs: heartbeatTimeout } = clusterSettings;
  process.send = seenSend(send, heartbeats, boundary);
  process.prependListener('message', (message: unknown) => {
    if (isFence(message)) fences.back(message.fence);
    else if (!isAdapterMessage(message)) return;
    else if (isHeartbeat(message)) heartbeats.count('out');
    else boundary.came('all', glanceAtMessage(message));
  });
  return {
    clients: [],
    subscriptions: new Subscriptions(place.id),
    adapter: () => createAdapter({ heartbeatInterval, heartbeatTimeout }),
    prepare: (io) => makeSticky(io, new URL(place.url).password),
    door: Number(new URL(place.url).pathname.slice(1)),
    heard: () => fences.pass(),
    settle: () => fences.pass(),
  };
}

/** Counts what the adapter sends, and passes everything on. */
function seenSend(send: Send, heartbeats: WorkerEnd, boundary: Boundary): Send {
  return (message: unknown, ...rest: unknown[]) => {
    if (isAdapterMessage(message)) {
      if (!isHeartbeat(message)) return sendSeen(message, send, boundary);
      heartbeats.count('in');
    }
    return Reflect.apply(send, process, [message, ...rest]) as boolean;
  };
}

/** The primary does not answer: taken is what was written to its pipe. */
function sendSeen(message: AdapterMessage, send: Send, boundary: Boundary): boolean {
  let taken = true;
  const written = new Promise<void>((resolve, reject) => {
    const done = (error: Error | null) => (error === null || error === undefined ? resolve() : reject(new Error(wordsOf(error))));
    taken = Reflect.apply(send, process, [message, undefined, {}, done]) as boolean;
  });
  boundary.sent(glanceAtMessage(message), written, () => null).catch(() => {});
  return taken;
}

/** Both directions of the pipe keep the order, so a fence that came back has all behind it that was sent before. */
class Fences {
  readonly #send: Send;
  readonly #heartbeats: WorkerEnd;
  readonly #boundary: Boundary;
  readonly #events = new EventEmitter();

  constructor(send: Send, heartbeats: WorkerEnd, boundary: Boundary) {
    this.#send = send;
    this.#heartbeats = heartbeats;
    this.#boundary = boundary;
  }

  async pass(): Promise<void> {
    const fence = this.#heartbeats.setOut();
    const back = once(this.#events, String(fence));
    this.#send({ source: 'bench', fence });
    await back;
  }

  back(fence: number): void {
    const released = this.#heartbeats.comeBack(fence);
    if (released !== undefined) this.#boundary.beaten(released);
    this.#events.emit(String(fence));
  }
}
