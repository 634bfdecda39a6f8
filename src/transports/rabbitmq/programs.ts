import { readdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { wordsOf } from '../../error.js';
import { findProgram } from '../findProgram.js';

/** Debian's script on the PATH changes to a user of its own and to its own folders; the one that it calls is here. */
const debianFolder = '/usr/lib/rabbitmq/bin';

export const rabbitInstall = 'Debian, Ubuntu: apt-get install rabbitmq-server; macOS: brew install rabbitmq';

export interface RabbitPrograms {
  readonly server: string;
  readonly epmd: string;
}

export function findRabbit(path = process.env.PATH ?? ''): RabbitPrograms | undefined {
  const server = findProgram(['rabbitmq-server'], `${debianFolder}:${path}`);
  const epmd = findProgram(['epmd'], path);
  return server === undefined || epmd === undefined ? undefined : { server, epmd };
}

/** What to install; undefined: nothing. */
export function missingRabbit(): string | undefined {
  if (findRabbit() !== undefined) return undefined;
  return `rabbitmq-server, or the epmd of its Erlang, is not on the PATH; ${rabbitInstall}`;
}

/** The plugins that the installation does not have, and what to do; undefined: it has all. */
export function missingPlugins(wanted: readonly string[], folder = pluginFolder()): string | undefined {
  try {
    const there = readdirSync(folder);
    const missing = wanted.filter((plugin) => !there.some((name) => name.startsWith(`${plugin}-`)));
    if (missing.length === 0) return undefined;
    return `RabbitMQ comes without ${missing.join(' and ')} (looked in ${folder}); install a RabbitMQ with its standard plugins, 3.10 or newer`;
  } catch (error) {
    return `the plugins of RabbitMQ are not where they should be: ${wordsOf(error)}; install it anew`;
  }
}

/** As its own plugin `rabbit` is named: asking the program takes an Erlang machine, and seconds. */
export function rabbitVersion(): string | undefined {
  try {
    return readdirSync(pluginFolder()).flatMap((name) => /^rabbit-(\d+(?:\.\d+)+)/.exec(name)?.[1] ?? [])[0];
  } catch {
    return undefined;
  }
}

/** Beside the folder of the script, wherever links lead to it. */
function pluginFolder(): string {
  const server = findRabbit()?.server;
  return server === undefined ? '' : join(dirname(dirname(realpathSync(server))), 'plugins');
}
