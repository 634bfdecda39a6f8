import { unavailable } from '../../error.js';
import type { BrokerCounters, BrokerPlace } from '../types.js';
import { callsIn, type Information, numberIn, parseInformation, versionIn } from './information.js';
import { visit } from './visit.js';

/** INFO's fields that go into the result as read. */
const rawFields = [
  'redis_version',
  'valkey_version',
  'run_id',
  'uptime_in_seconds',
  'connected_clients',
  'rejected_connections',
  'total_connections_received',
  'total_commands_processed',
  'total_error_replies',
  'total_net_input_bytes',
  'total_net_output_bytes',
  'client_output_buffer_limit_disconnections',
  'pubsub_patterns',
  'used_memory',
  'used_memory_rss',
  'used_cpu_sys',
  'used_cpu_user',
];
/** Under which names a kind of Pub/Sub is counted. */
export interface CounterNames {
  readonly publish: string;
  readonly channels: string;
  /** Commands whose calls go into the result as read. */
  readonly commands: readonly string[];
}

export const classicNames: CounterNames = {
  publish: 'publish',
  channels: 'pubsub_channels',
  commands: ['publish', 'subscribe', 'unsubscribe', 'psubscribe', 'ping', 'info'],
};

/** The figures of one standalone Redis since it started, in its own words. It knows no other server, so it relays nothing. */
export async function counters({ id, url }: BrokerPlace): Promise<BrokerCounters> {
  const information = parseInformation(await visit(id, url, (redis) => redis.info('all')));
  if (!information.has('redis_version')) throw unavailable(`[${id}] answers INFO without redis_version; is it a Redis?`);
  return countersIn(information);
}

/** What INFO alone says. */
export function countersIn(information: Information, names = classicNames): BrokerCounters {
  return {
    version: versionIn(information),
    in: callsIn(information, names.publish),
    out: null,
    relayed: 0,
    channels: numberIn(information, names.channels),
    bytesIn: numberIn(information, 'total_net_input_bytes'),
    bytesOut: numberIn(information, 'total_net_output_bytes'),
    cpuUs: cpuUs(information),
    memoryBytes: numberIn(information, 'used_memory'),
    raw: rawOf(information, names),
  };
}

function cpuUs(information: Information): number | null {
  const system = numberIn(information, 'used_cpu_sys');
  const user = numberIn(information, 'used_cpu_user');
  return system === null || user === null ? null : Math.round((system + user) * 1e6);
}

function rawOf(information: Information, { channels, commands }: CounterNames): Record<string, string | number> {
  const raw: Record<string, string | number> = {};
  for (const field of [...rawFields, channels]) {
    const value = numberIn(information, field) ?? information.get(field);
    if (value !== undefined) raw[field] = value;
  }
  for (const command of commands) raw[`cmdstat_${command}`] = callsIn(information, command);
  return raw;
}
