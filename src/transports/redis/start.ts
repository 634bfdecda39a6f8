import { BenchError, unavailable, wordsOf } from '../../error.js';
import type { Broker, BrokerId } from '../../routing/types.js';
import { findProgram } from '../findProgram.js';
import type { Launch, Launched, Started } from '../types.js';
import { visit } from './visit.js';

export const redisPrograms = ['redis-server', 'valkey-server'] as const;
/** Between asking for a free port and listening on it, another process may take it. */
const portAttempts = 5;

export function findRedisServer(path = process.env.PATH): string | undefined {
  return findProgram(redisPrograms, path);
}

/** A Redis of its own for the broker, else the embedded one. */
export async function start(broker: Broker, launch: Launch): Promise<Started> {
  const program = findRedisServer();
  return program === undefined ? startEmbedded(broker.id, launch) : startServer(broker.id, launch, program);
}

export function startServer(id: BrokerId, launch: Launch, program: string): Promise<Started> {
  return onFreePorts(async () => startServerOn(await launch.freePort(), id, launch, program));
}

/** Tries again, with other ports, while those that were free are taken. */
export async function onFreePorts<T>(start: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start();
    } catch (error) {
      if (attempt === portAttempts || !/Address already in use/i.test(wordsOf(error))) throw error;
    }
  }
}

export async function startServerOn(
  port: number,
  id: BrokerId,
  launch: Launch,
  program: string,
  more: readonly string[] = [],
): Promise<Started> {
  const server = await launch.program(id, program, [...serverArguments(port, launch.folder), ...more]);
  await ready(id, server, (line) => (line.includes('Ready to accept connections') ? true : undefined));
  return started(id, port, server, false);
}

/** `port` 0 is any free one. */
export async function startEmbedded(id: BrokerId, launch: Launch, port = 0): Promise<Started> {
  const server = await launch.ours(id, 'transports/embedded/main', { BENCH_BROKER_PORT: String(port) });
  return started(id, await ready(id, server, portIn), server, true);
}

function serverArguments(port: number, folder: string): string[] {
  const where = ['--port', String(port), '--bind', '127.0.0.1', '--protected-mode', 'yes', '--dir', folder];
  const nothingKept = ['--save', '', '--appendonly', 'no', '--dbfilename', `${port}.rdb`];
  return [...where, ...nothingKept, '--daemonize', 'no', '--logfile', '', '--loglevel', 'notice'];
}

async function ready<T>(id: BrokerId, server: Launched, accept: (line: string) => T | undefined): Promise<T> {
  try {
    return await server.said(accept);
  } catch (error) {
    if (error instanceof BenchError) throw error;
    throw unavailable(`[${id}] ended before it was ready: ${wordsOf(error)}`, error);
  }
}

async function started(id: BrokerId, port: number, server: Launched, embedded: boolean): Promise<Started> {
  const url = `redis://127.0.0.1:${port}`;
  await visit(id, url, (redis) => redis.ping());
  return { url, pid: server.pid, embedded };
}

function portIn(line: string): number | undefined {
  const port = /^\{"port":(\d+)\}$/.exec(line)?.[1];
  return port === undefined ? undefined : Number(port);
}
