import { randomBytes } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unavailable, wordsOf } from '../../error.js';
import type { BrokerId } from '../../routing/types.js';
import { connectionTimes } from '../times.js';
import type { Launch, Launched, Started } from '../types.js';
import { RabbitConnection } from './connection.js';
import { rabbitUrl } from './place.js';
import { findRabbit, missingPlugins, missingRabbit } from './programs.js';

/** Between asking for a free port and listening on it, another process may take it. */
const attempts = 3;
/** What server and daemon say then, in the last words that are kept of a process. */
export const portTaken = /already a epmd running|could_not_start_listener|dist_port_already_used/;
const username = 'bench';
/** It only tells Erlang's nodes of each other, and here is one. */
const withoutDaemon = 'RabbitMQ works on without this daemon, which handles no message';

export interface RabbitPorts {
  readonly amqp: number;
  readonly metrics: number;
  /** Erlang's own: between its nodes, and of the daemon that knows them. */
  readonly distribution: number;
  readonly epmd: number;
}

/** What makes a server the same one when it is started again. */
export interface RabbitIdentity {
  readonly ports: RabbitPorts;
  readonly password: string;
}

/** A server of bench's own, on this machine only, with the plugins. */
export async function startRabbit(id: BrokerId, launch: Launch, plugins: readonly string[]): Promise<Started> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startRabbitAs(await newIdentity(launch), id, launch, plugins);
    } catch (error) {
      if (attempt === attempts || !portTaken.test(wordsOf(error))) throw error;
    }
  }
}

export async function newIdentity(launch: Launch): Promise<RabbitIdentity> {
  const [amqp = 0, metrics = 0, distribution = 0, epmd = 0] = await Promise.all([1, 2, 3, 4].map(() => launch.freePort()));
  return { ports: { amqp, metrics, distribution, epmd }, password: randomBytes(24).toString('base64url') };
}

/**
 * The daemon that knows Erlang's nodes is started here and not by the server, which would leave it behind; and the server's script replaces
 * itself by the Erlang machine, so that whoever stops the two started processes has stopped everything. A start that fails leaves neither.
 */
export async function startRabbitAs(
  { ports, password }: RabbitIdentity,
  id: BrokerId,
  launch: Launch,
  plugins: readonly string[],
): Promise<Started> {
  const missing = missingRabbit() ?? missingPlugins(plugins);
  const programs = findRabbit();
  if (missing !== undefined || programs === undefined) throw unavailable(`[${id}] ${missing}`);
  const folder = await furnish(await mkdtemp(join(launch.folder, `${id}-`)), ports, password, plugins);
  // Only when asked to say much does it say when it listens.
  const daemon = await launch.program(`${id}-epmd`, programs.epmd, ['-address', '127.0.0.1', '-port', String(ports.epmd), '-d', '-d']);
  return orEnd(daemon, async () => {
    await ready(id, daemon, /entering the main select/);
    const server = await launch.program(id, programs.server, [], environment(folder, ports));
    return orEnd(server, async () => {
      await ready(id, server, /completed with \d+ plugins?/);
      const url = rabbitUrl({ port: ports.amqp, username, password, metrics: ports.metrics, pid: server.pid });
      await (await RabbitConnection.dial(url, connectionTimes)).end();
      daemon.spare(withoutDaemon);
      return { url, pid: server.pid, embedded: false };
    });
  });
}

/** What is made of a process; where that fails, the process is ended. */
async function orEnd<T>(process: Launched, make: () => Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (error) {
    await process.end();
    throw error;
  }
}

async function ready(id: BrokerId, process: Launched, words: RegExp): Promise<void> {
  try {
    await process.said((line) => (words.test(line) ? true : undefined));
  } catch (error) {
    throw unavailable(`[${id}] ended before it was ready: ${wordsOf(error)}`, error);
  }
}

/** Passwords are written to files that nobody else can read: an argument would stand in the process list. */
async function furnish(folder: string, ports: RabbitPorts, password: string, plugins: readonly string[]): Promise<string> {
  const write = (name: string, text: string) => writeFile(join(folder, name), text, { mode: 0o600 });
  await write('rabbitmq.conf', configuration(ports, password));
  await write('enabled_plugins', `[${plugins.join(',')}].\n`);
  await write('rabbitmq-env.conf', '');
  await writeFile(join(folder, '.erlang.cookie'), randomBytes(24).toString('hex'), { mode: 0o400 });
  return folder;
}

function configuration(ports: RabbitPorts, password: string): string {
  return [
    `listeners.tcp.1 = 127.0.0.1:${ports.amqp}`,
    'prometheus.tcp.ip = 127.0.0.1',
    `prometheus.tcp.port = ${ports.metrics}`,
    `default_user = ${username}`,
    `default_pass = ${password}`,
    '',
  ].join('\n');
}

/** Erlang reads these; whatever this machine's own RabbitMQ is told is left aside. */
function environment(folder: string, ports: RabbitPorts): Record<string, string> {
  const file = (name: string) => join(folder, name);
  return {
    HOME: folder,
    ERL_EPMD_ADDRESS: '127.0.0.1',
    ERL_EPMD_PORT: String(ports.epmd),
    // RabbitMQ looks for the daemon every minute, and one that it started would outlive it.
    ERL_FLAGS: '-start_epmd false',
    ERL_CRASH_DUMP_SECONDS: '0',
    RABBITMQ_NODENAME: `bench-${ports.amqp}@localhost`,
    RABBITMQ_DIST_PORT: String(ports.distribution),
    RABBITMQ_MNESIA_BASE: file('database'),
    RABBITMQ_LOG_BASE: file('log'),
    RABBITMQ_LOGS: '-',
    RABBITMQ_LOG: 'warning,-color',
    RABBITMQ_CONFIG_FILE: file('rabbitmq.conf'),
    RABBITMQ_ADVANCED_CONFIG_FILE: file('advanced.config'),
    RABBITMQ_CONF_ENV_FILE: file('rabbitmq-env.conf'),
    RABBITMQ_ENABLED_PLUGINS_FILE: file('enabled_plugins'),
    // With input allowed the script becomes the Erlang machine instead of waiting for it; the machine then reads none.
    RABBITMQ_ALLOW_INPUT: '1',
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-noinput -kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none',
  };
}
