import { io, type Socket } from 'socket.io-client';
import { deferred } from '../chat/pending.js';
import type { Answers, Reply, Requests } from '../chat/protocol.js';
import { unavailable, wordsOf } from '../error.js';
import { type Connection, type Driver, type Hooks, type Place, pushes, refusal } from './driver.js';

/** The official client, over WebSocket only, one connection each. It does not reconnect: a cut is a fact to be counted. */
export const socketIoDriver: Driver = {
  async connect({ url, token, timeoutMs }, hooks) {
    const socket = io(url, { transports: ['websocket'], forceNew: true, reconnection: false, auth: { token } });
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
    farewell = reasonOf(bye);
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
  const advice = why.message.includes('EMFILE')
    ? '; raise the limit of open files (ulimit -n), or spread the users over more --workers'
    : '';
  return `${wordsOf(error)}: ${why.message}${advice}`;
}

function connectionOver(socket: Socket, timeoutMs: number): Connection {
  return {
    request<Event extends keyof Requests>(event: Event, payload: Requests[Event]): Promise<Reply<Answers[Event]>> {
      if (!socket.connected) return Promise.resolve(refusal('rejected', 'not connected'));
      return new Promise((resolve) => {
        socket.timeout(timeoutMs).emit(event, payload, (error: Error | null, reply: unknown) => {
          if (error === null) resolve(isReply<Answers[Event]>(reply) ? reply : refusal('unknown', 'an answer that is none'));
          else resolve(refusal('unknown', socket.connected ? `no answer within ${timeoutMs / 1000} s` : 'cut before the answer'));
        });
      });
    },
    close: () => {
      socket.disconnect();
    },
  };
}

/** Answers come from our own chat server; what is checked is what is relied upon. */
function isReply<Answer>(reply: unknown): reply is Reply<Answer> {
  if (typeof reply !== 'object' || reply === null || !('ok' in reply)) return false;
  return (
    reply.ok === true ||
    (reply.ok === false && 'error' in reply && (reply.error === 'rejected' || reply.error === 'unknown') && 'reason' in reply)
  );
}

function reasonOf(bye: unknown): string {
  return typeof bye === 'object' && bye !== null && 'reason' in bye ? String(bye.reason) : 'bye';
}
