import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { createInterface } from 'node:readline';
import { unavailable, wordsOf } from '../../../error.js';
import type { Broker } from '../../../routing/types.js';
import type { BrokerCounters, BrokerPlace, Forked, Launch, Started } from '../../types.js';
import type { Fork } from './primary.js';
import type { RelayedCounts } from './relayed.js';

type Answer = RelayedCounts & { readonly cpuUs: number; readonly memoryBytes: number };

/** Its URL is where bench asks; the secret stands in the place of the password, the port that clients connect to in that of the path. */
export async function start([broker, ...others]: readonly Broker[], launch: Launch): Promise<readonly Started[]> {
  if (broker === undefined || others.length > 0) throw unavailable('[node-cluster] a cluster has one primary; the strategy lists more');
  const secret = randomBytes(16).toString('hex');
  const primary = await launch.ours(broker.id, 'transports/adapters/cluster/main', { BENCH_PRIMARY_SECRET: secret });
  const port = await primary.said(portIn);
  return [{ url: `http://bench:${secret}@127.0.0.1:${port}/${await launch.freePort()}`, pid: primary.pid, embedded: false }];
}

/** The primary forks a chat node, which dials back like any other. */
export async function fork(place: BrokerPlace, file: string, environment: Readonly<Record<string, string>>): Promise<Forked> {
  const wanted: Fork = { file, environment };
  const lines = createInterface({ input: await ask(place, 'POST', JSON.stringify(wanted)) });
  const [pid] = await once(lines, 'line');
  const ended = once(lines, 'line').then(
    ([how]) => String(how),
    () => withPrimary(place),
  );
  const closed = once(lines, 'close').then(() => withPrimary(place));
  return { pid: Number(pid), ended: Promise.race([ended, closed]) };
}

export async function counters(place: BrokerPlace): Promise<BrokerCounters> {
  const chunks: Buffer[] = [];
  for await (const chunk of await ask(place, 'GET')) chunks.push(chunk as Buffer);
  const { messages, heartbeats, cpuUs, memoryBytes } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Answer;
  const [taken, out] = [messages.in + heartbeats.in, messages.out + heartbeats.out];
  return {
    version: `node ${process.versions.node}`,
    in: taken,
    out,
    relayed: 0,
    heartbeats,
    channels: null,
    bytesIn: null,
    bytesOut: null,
    cpuUs,
    memoryBytes,
    raw: { in: taken, out, heartbeatsIn: heartbeats.in, heartbeatsOut: heartbeats.out, cpuUs, memoryBytes },
  };
}

/** How a node ended that was a child of the primary. */
function withPrimary({ id }: BrokerPlace): string {
  return `[${id}], its parent, whose end is the cause`;
}

function portIn(line: string): number | undefined {
  const port = /^\{"port":(\d+)\}$/.exec(line)?.[1];
  return port === undefined ? undefined : Number(port);
}

async function ask({ id, url }: BrokerPlace, method: string, body = ''): Promise<IncomingMessage> {
  const { port, password } = new URL(url);
  const asked = request({ host: '127.0.0.1', port, method, headers: { authorization: `Bearer ${password}` } });
  asked.end(body);
  try {
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    if (response.statusCode !== 200) throw new Error(`status ${response.statusCode}`);
    return response;
  } catch (error) {
    throw unavailable(`[${id}] the primary does not answer (${wordsOf(error)}); its last words say why`, error);
  }
}
