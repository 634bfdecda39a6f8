import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * What the fast engine relies on beyond documented interfaces, and the versions that its suites were run with: 6.6 of Engine.IO brings either of two of `ws`. Of Socket.IO: a message reaches its
 * listeners in the tick after Engine.IO's `data`; of Engine.IO: one packet per message, `writable` while nothing waits; of `ws`: messages are
 * handed over while they are read; of the parser: what it makes of an event and of an acknowledgement. Each is required by the one before it.
 */
const relied = [
  { name: 'socket.io', from: null, tested: ['4.8'] },
  { name: 'socket.io-parser', from: 'socket.io', tested: ['4.2'] },
  { name: 'engine.io', from: 'socket.io', tested: ['6.6'] },
  { name: 'ws', from: 'engine.io', tested: ['8.21', '8.23'] },
] as const;

export type VersionOf = (name: string) => string;

/** Words about each library here that is of another version than the engine was tested with. */
export function untested(versionOf: VersionOf = installedVersion): readonly string[] {
  return relied.flatMap(({ name, tested }) => {
    const version = versionOf(name);
    return tested.some((known) => version.startsWith(`${known}.`)) ? [] : [`${name} is ${version}, not ${tested.join(' or ')}`];
  });
}

/** Of the copy that is loaded, wherever npm has put it. */
function installedVersion(name: string): string {
  const path = entryOf(name);
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const version = versionIn(folder, name);
    if (version !== undefined) return version;
  }
  return 'not found';
}

function entryOf(name: string): string {
  const from = relied.find((library) => library.name === name)?.from ?? null;
  return createRequire(from === null ? import.meta.url : entryOf(from)).resolve(name);
}

/** A folder in between may hold a package.json that says no more than what kind of modules there are. */
function versionIn(folder: string, name: string): string | undefined {
  try {
    const found: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const named = typeof found === 'object' && found !== null && 'name' in found && found.name === name;
    return named && 'version' in found ? String(found.version) : undefined;
  } catch {
    return undefined;
  }
}
