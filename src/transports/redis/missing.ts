import { spawnSync } from 'node:child_process';
import { findRedisServer } from './start.js';

export const redisInstall = 'Debian, Ubuntu: apt-get install redis-server; macOS: brew install redis';

/**
 * What keeps `what` from running on the Redis of this machine, and what to install; undefined: nothing. Valkey counts as the Redis 7.2 that
 * it began as, by its own numbers; a program that does not say its version is tried.
 */
export function missingRedis(what: string, majorMin: number, path?: string): string | undefined {
  const needs = `${what} needs redis-server ${majorMin} or newer, or valkey-server, on the PATH (${redisInstall})`;
  const program = findRedisServer(path);
  if (program === undefined) return needs;
  const version = versionOf(program);
  if (version === undefined || Number.parseInt(version, 10) >= majorMin) return undefined;
  return `${needs}; ${program} is ${version}`;
}

/** By program: a version is asked for once in a process. */
const versions = new Map<string, string | undefined>();

function versionOf(program: string): string | undefined {
  if (!versions.has(program)) versions.set(program, askVersion(program));
  return versions.get(program);
}

/** `Redis server v=7.0.15 sha=...`; Valkey writes the same with its name. */
function askVersion(program: string): string | undefined {
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8', timeout: 5_000 });
  return / v=(\d+(?:\.\d+)*)/.exec(stdout ?? '')?.[1];
}
