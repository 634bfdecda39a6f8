import { randomBytes } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unavailable, wordsOf } from '../../error.js';
import type { BrokerId } from '../../routing/types.js';
import { findProgram } from '../findProgram.js';
import type { Launch, Started } from '../types.js';
import { type NatsPlace, natsUrl } from './place.js';

export const natsProgram = 'nats-server';
export const natsInstall = 'Debian, Ubuntu: apt-get install nats-server; macOS: brew install nats-server';
/** More than the largest frame; NATS allows 1 MiB unless told otherwise. */
const largestPayloadBytes = 4 * 2 ** 20;

/** What to install; undefined: nothing. */
export function missingNats(path = process.env.PATH): string | undefined {
  if (findProgram([natsProgram], path) !== undefined) return undefined;
  return `${natsProgram} is not on the PATH; ${natsInstall}`;
}

/** What makes a server the same one when it is started again. Port -1: one that the server picks. */
export type NatsIdentity = Omit<NatsPlace, 'pid'>;

export function newIdentity(): NatsIdentity {
  return { port: -1, monitoring: -1, token: randomBytes(24).toString('base64url') };
}

/** A server of bench's own, on this machine only, for those who know its token. */
export async function startNats(id: BrokerId, launch: Launch, identity = newIdentity()): Promise<Started> {
  const program = findProgram([natsProgram]);
  if (program === undefined) throw unavailable(`[${id}] ${missingNats()}`);
  const file = join(await mkdtemp(join(launch.folder, `${id}-`)), 'nats.conf');
  await writeFile(file, configuration(identity), { mode: 0o600 });
  const server = await launch.program(id, program, ['-c', file]);
  try {
    const port = await server.said((line) => portIn(line, 'Listening for client connections on'));
    const monitoring = await server.said((line) => portIn(line, 'Starting http monitor on'));
    await server.said((line) => (line.includes('Server is ready') ? true : undefined));
    return { url: natsUrl({ port, token: identity.token, monitoring, pid: server.pid }), pid: server.pid, embedded: false };
  } catch (error) {
    throw unavailable(`[${id}] ended before it was ready: ${wordsOf(error)}`, error);
  }
}

/** The server says in its log which ports it took; the file that it also writes them to comes only after it is ready. */
function portIn(line: string, what: string): number | undefined {
  const port = line.includes(what) ? /:(\d+)$/.exec(line.trim())?.[1] : undefined;
  return port === undefined ? undefined : Number(port);
}

/** In a file that nobody else can read: an argument would stand in the process list. */
function configuration({ port, monitoring, token }: NatsIdentity): string {
  return [
    'host: 127.0.0.1',
    `port: ${port}`,
    `http: "127.0.0.1:${monitoring}"`,
    `authorization { token: "${token}" }`,
    `max_payload: ${largestPayloadBytes}`,
    '',
  ].join('\n');
}
