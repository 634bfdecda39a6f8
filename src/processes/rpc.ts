import { type BirpcReturn, createBirpc } from 'birpc';
import type { WebSocket } from 'ws';
import { BenchError, type Fault } from '../error.js';

/** Largest message of the control connection, bytes: a worker's report of a long run is the largest. */
export const controlPayloadBytes = 2 ** 30;

/** Both sides of a control connection call each other's functions; JSON over one WebSocket, errors with their words. */
export function rpcOver<Remote extends object, Local extends object>(socket: WebSocket, local: Local): BirpcReturn<Remote, Local> {
  const rpc = createBirpc<Remote, Local>(local, {
    post: (text: string) => socket.send(text),
    on: (listener) => socket.on('message', (bytes: Buffer) => listener(bytes.toString('utf8'))),
    serialize: (value) => JSON.stringify(value, errorsAsWords),
    deserialize: (text: string) => JSON.parse(text, wordsAsErrors),
    timeout: -1,
  });
  socket.once('close', () => rpc.$close(new BenchError('unavailable', 'the control connection closed')));
  return rpc;
}

function errorsAsWords(_key: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  const fault: Fault = value instanceof BenchError ? value.fault : 'bug';
  return { benchError: { fault, message: fault === 'bug' ? (value.stack ?? value.message) : value.message } };
}

function wordsAsErrors(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('benchError' in value)) return value;
  const { fault, message } = value.benchError as { fault: Fault; message: string };
  return new BenchError(fault, message);
}
