import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unavailable, wordsOf } from '../../error.js';
import type { BrokerId } from '../../routing/types.js';
import { findProgram } from '../findProgram.js';
import type { Launch, Started } from '../types.js';
import { natsUrl } from './place.js';

export const natsProgram = 'nats-server';
/** More than the largest frame; NATS allows 1 MiB unless told otherwise. */
const largestPayloadBytes = 4 * 2 ** 20;

/** What to install; undefined: nothing. */
export function missingNats(path = process.env.PATH): string | undefined {
  if (findProgram([natsProgram], path) !== undefined) return undefined;
  return 'nats-server is not on the PATH; Debian, Ubuntu: apt-get install nats-server; macOS: brew install nats-server';
}

/** A server of bench's own, on this machine only; it picks free ports itself, unless it is to come back on those it had. */
export async function startNats(
  id: BrokerId,
  launch: Launch,
  again?: { readonly port: number; readonly monitoring: number },
): Promise<Started> {
  const program = findProgram([natsProgram]);
  if (program === undefined) throw unavailable(`[${id}] ${missingNats()}`);
  const folder = join(launch.folder, id);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'nats.conf'), configuration(again?.port ?? -1, again?.monitoring ?? -1));
  const server = await launch.program(id, program, ['-c', join(folder, 'nats.conf')]);
  try {
    const port = await server.said((line) => portIn(line, 'Listening for client connections on'));
    const monitoring = await server.said((line) => portIn(line, 'Starting http monitor on'));
    await server.said((line) => (line.includes('Server is ready') ? true : undefined));
    return { url: natsUrl({ port, monitoring, pid: server.pid }), pid: server.pid, embedded: false };
  } catch (error) {
    throw unavailable(`[${id}] ended before it was ready: ${wordsOf(error)}`, error);
  }
}

/** The server says in its log which ports it took; the file that it also writes them to comes only after it is ready. */
function portIn(line: string, what: string): number | undefined {
  const port = line.includes(what) ? /:(\d+)$/.exec(line.trim())?.[1] : undefined;
  return port === undefined ? undefined : Number(port);
}

function configuration(port: number, monitoring: number): string {
  return ['host: 127.0.0.1', `port: ${port}`, `http: "127.0.0.1:${monitoring}"`, `max_payload: ${largestPayloadBytes}`, ''].join('\n');
}
