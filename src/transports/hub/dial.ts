import { connect, type Socket } from 'node:net';
import { type BenchError, unavailable, wordsOf } from '../../error.js';
import type { NodeId } from '../../routing/types.js';
import type { BrokerPlace } from '../types.js';
import { within } from '../within.js';
import { frameTypes } from './frames.js';
import { type Whereabouts, whereabouts } from './place.js';
import { answerBytes, type LinkTimes } from './settings.js';
import { Refused, Wire, type WireEnd } from './wire.js';
import { helloWords, protocolVersion } from './words.js';

/** Of what this side sends, publishes and questions are bounded before they get here. */
const unbounded = { unsentFrames: Number.POSITIVE_INFINITY, unsentBytes: Number.POSITIVE_INFINITY };

/**
 * Connects and says hello. Rejects, with nothing left open, when that fails, takes too long or is aborted.
 * Without a node it is a visit, which may read the counters and nothing else.
 */
export async function dial(place: BrokerPlace, node: NodeId | null, times: LinkTimes, end: WireEnd, signal?: AbortSignal): Promise<Wire> {
  const where = whereabouts(place);
  const socket = connect({ host: where.host, port: where.port, noDelay: true });
  const abort = () => socket.destroy();
  signal?.addEventListener('abort', abort, { once: true });
  const late = () => unavailable(`[${place.id}] did not answer within ${times.connectTimeoutMs / 1000} s; is it overloaded or stopped?`);
  try {
    return await within(times.connectTimeoutMs, greet(place, where, socket, node, times, end), late);
  } catch (error) {
    await destroyed(socket);
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

async function greet(
  place: BrokerPlace,
  where: Whereabouts,
  socket: Socket,
  node: NodeId | null,
  times: LinkTimes,
  end: WireEnd,
): Promise<Wire> {
  // The end of a connection that never greeted is told by a rejection alone.
  let greeted = false;
  const quiet: WireEnd = {
    took: (frame, wire) => end.took(frame, wire),
    closed: (reason) => {
      if (greeted) end.closed(reason);
    },
  };
  try {
    await connected(socket);
    const wire = new Wire(socket, { ...unbounded, frameBytes: answerBytes, silenceTimeoutMs: times.silenceTimeoutMs }, quiet);
    await wire.ask(frameTypes.hello, helloWords({ version: protocolVersion, secret: where.secret, node }));
    greeted = true;
    return wire;
  } catch (error) {
    throw dialFailure(place, where, error);
  }
}

function connected(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('connection closed')));
  });
}

/** Resolves when nothing of it is left. */
async function destroyed(socket: Socket): Promise<void> {
  if (socket.closed) return;
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.on('error', () => {});
  socket.destroy();
  await closed;
}

function dialFailure({ id }: BrokerPlace, { host, port }: Whereabouts, error: unknown): BenchError {
  const words = wordsOf(error);
  if (error instanceof Refused) return unavailable(`[${id}] let nobody in at ${host}:${port}: ${words}`);
  if (words.includes('ECONNREFUSED'))
    return unavailable(`[${id}] nothing listens there; has the process at ${host}:${port} ended? (${words})`);
  return unavailable(`[${id}] cannot be reached at ${host}:${port}; does it run, and is it of this version? (${words})`);
}
