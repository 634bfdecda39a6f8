import { io, type Socket } from 'socket.io-client';
import { deferred } from '../chat/pending.js';
import type { Answers, Requests } from '../chat/protocol.js';
import { unavailable, wordsOf } from '../error.js';
import {
  type Answered,
  type Connection,
  type Driver,
  farewellOf,
  type Hooks,
  isReply,
  networkRefusal,
  type Place,
  pushes,
  refusal,
} from './driver.js';

/** The official client, over one transport without an upgrade, one connection each. It does not reconnect: a cut is a fact to be counted. */
export const socketIoDriver: Driver = {
  async connect({ url, token, timeoutMs, transport = 'websocket' }, hooks) {
    const socket = io(url, { transports: [transport], forceNew: true, reconnection: false, auth: { token } });
    listen(socket, hooks);
    try {
      await acknowledged(socket, timeoutMs);
    } catch (error) {
      socket.disconnect();
      throw error;
    }
    return connectionOver(socket, timeoutMs);
  },
};

function listen(socket: Socket, hooks: Hooks): void {
  let farewell: string | undefined;
  for (const event of pushes) socket.on(event, (delivery: unknown) => hooks.pushed(event, delivery));
  socket.on('bye', (bye: unknown) => {
    farewell = farewellOf(bye);
  });
  const disconnected = (reason: string) => {
    if (reason !== 'io client disconnect') hooks.cut(farewell === undefined ? reason : `${reason}: ${farewell}`);
  };
  socket.once('connect', () => socket.on('disconnect', disconnected));
}

/** A connection that closes before the acknowledgement is a `disconnect` to Socket.IO, not a `connect_error`. */
async function acknowledged(socket: Socket, timeoutMs: Place['timeoutMs']): Promise<void> {
  const { promise, resolve, reject } = deferred<void>();
  const late = setTimeout(() => reject(unavailable(`no acknowledgement within ${timeoutMs / 1000} s`)), timeoutMs);
  socket.once('connect', () => resolve());
  socket.once('connect_error', (error) => reject(unavailable(refusalOf(error), error)));
  socket.once('disconnect', (reason) => reject(unavailable(`closed before the acknowledgement: ${reason}`)));
  try {
    await promise;
  } finally {
    clearTimeout(late);
  }
}

/** Engine.IO says `websocket error` and no more; what the network said stands in its description. */
function refusalOf(error: Error): string {
  const why: unknown = 'description' in error ? error.description : undefined;
  if (typeof why !== 'object' || why === null || !('message' in why) || typeof why.message !== 'string') return wordsOf(error);
  return networkRefusal(why.message);
}

function connectionOver(socket: Socket, timeoutMs: number): Connection {
  return {
    send<Event extends keyof Requests>(event: Event, payload: Requests[Event], answered: Answered<Answers[Event]>): void {
      if (!socket.connected) {
        answered(refusal('rejected', 'not connected'));
        return;
      }
      socket.timeout(timeoutMs).emit(event, payload, (error: Error | null, reply: unknown) => {
        if (error === null) answered(isReply<Answers[Event]>(reply) ? reply : refusal('unknown', 'an answer that is none'));
        else answered(refusal('unknown', socket.connected ? `no answer within ${timeoutMs / 1000} s` : 'cut before the answer'));
      });
    },
    close: () => {
      socket.disconnect();
    },
  };
}
