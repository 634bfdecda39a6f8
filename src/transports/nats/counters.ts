import { unavailable, wordsOf } from '../../error.js';
import { processCpuUs } from '../processCpu.js';
import { connectionTimes } from '../times.js';
import type { BrokerCounters, BrokerPlace } from '../types.js';
import { parseNatsUrl } from './place.js';

/** Fields of /varz that go into the result as read. */
const rawFields = [
  'server_id',
  'version',
  'start',
  'connections',
  'total_connections',
  'in_msgs',
  'out_msgs',
  'in_bytes',
  'out_bytes',
  'slow_consumers',
  'subscriptions',
  'mem',
] as const;

type Fields = Readonly<Record<string, unknown>>;

/**
 * The figures of a NATS server since it started, in its own words, from its monitoring port. `in_msgs` and `out_msgs` are messages of clients
 * only: no PING, no subscription, and not the server's word that nobody listens. Bytes are those of payloads. `channels` are its clients'
 * subscriptions, one of each node being for that word.
 */
export async function natsCounters({ id, url }: BrokerPlace): Promise<BrokerCounters> {
  const { monitoring, pid } = parseNatsUrl(url);
  const [fields, { connections }] = await Promise.all([ask(id, monitoring, 'varz'), ask(id, monitoring, 'connz')]);
  return {
    version: typeof fields.version === 'string' ? `nats ${fields.version}` : null,
    in: numberIn(fields, 'in_msgs'),
    out: numberIn(fields, 'out_msgs'),
    relayed: 0,
    channels: subscriptionsOf(connections),
    bytesIn: numberIn(fields, 'in_bytes'),
    bytesOut: numberIn(fields, 'out_bytes'),
    // The server says only what share of a core it uses at the moment.
    cpuUs: await processCpuUs(pid),
    memoryBytes: numberIn(fields, 'mem'),
    raw: rawOf(fields),
  };
}

async function ask(id: string, port: number, page: 'varz' | 'connz'): Promise<Fields> {
  const { answerTimeoutMs } = connectionTimes;
  try {
    const options = { headers: { connection: 'close' }, signal: AbortSignal.timeout(answerTimeoutMs) };
    const answer: unknown = await (await fetch(`http://127.0.0.1:${port}/${page}`, options)).json();
    if (isFields(answer) && 'server_id' in answer) return answer;
  } catch (error) {
    throw unavailable(`[${id}] its monitoring port ${port} does not answer: ${wordsOf(error)}`, error);
  }
  throw unavailable(`[${id}] answers on its monitoring port ${port}, but not as NATS does`);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

/** `subscriptions` of /varz counts the server's own as well. Connections come 1,024 to a page, which no run here reaches. */
function subscriptionsOf(connections: unknown): number | null {
  if (!Array.isArray(connections)) return null;
  return connections.filter(isFields).reduce((total, connection) => total + (numberIn(connection, 'subscriptions') ?? 0), 0);
}

function numberIn(fields: Fields, name: string): number | null {
  const value = fields[name];
  return typeof value === 'number' ? value : null;
}

function rawOf(fields: Fields): Record<string, string | number> {
  const raw: Record<string, string | number> = {};
  for (const name of rawFields) {
    const value = fields[name];
    if (typeof value === 'string' || typeof value === 'number') raw[name] = value;
  }
  return raw;
}
