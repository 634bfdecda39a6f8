import { type BirpcReturn, createBirpc } from 'birpc';
import type { WebSocket } from 'ws';
import { BenchError, type Fault, wordsOf } from '../error.js';

/** Largest message of the control connection, bytes: a worker's report of a long run is the largest. */
export const controlPayloadBytes = 2 ** 30;

/** Both sides of a control connection call each other's functions; JSON over one WebSocket, errors with their words. */
export function rpcOver<Remote extends object, Local extends object>(socket: WebSocket, local: Local): BirpcReturn<Remote, Local> {
  const rpc = createBirpc<Remote, Local>(local, {
    post: (text: string) => socket.send(text),
    on: (listener) => socket.on('message', (bytes: Buffer) => listener(bytes.toString('utf8'))),
    serialize: textOf,
    deserialize: envelopeOf,
    timeout: -1,
  });
  socket.once('close', () => rpc.$close(new BenchError('unavailable', 'the control connection closed')));
  return rpc;
}

/** birpc's message, a call or an answer, as far as it is looked into: an answer may hold an error. */
interface Envelope {
  readonly e?: unknown;
}

/** An error on its way. */
interface Failure {
  readonly fault: Fault;
  readonly message: string;
}

/** Errors stand in the envelope only: what it holds may be megabytes and is not visited. */
function textOf(envelope: Envelope): string {
  return JSON.stringify(envelope.e === undefined ? envelope : { ...envelope, e: failureOf(envelope.e) });
}

function envelopeOf(text: string): Envelope {
  const envelope = JSON.parse(text) as Envelope;
  return envelope.e === undefined ? envelope : { ...envelope, e: errorOf(envelope.e as Failure) };
}

function failureOf(error: unknown): Failure {
  if (error instanceof BenchError && error.fault !== 'bug') return { fault: error.fault, message: error.message };
  return { fault: 'bug', message: (error instanceof Error ? error.stack : undefined) ?? wordsOf(error) };
}

function errorOf({ fault, message }: Failure): BenchError {
  return new BenchError(fault, message);
}
