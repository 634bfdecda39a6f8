import { unavailable, wordsOf } from '../../error.js';
import { processCpuUs } from '../processCpu.js';
import { connectionTimes } from '../times.js';
import type { BrokerCounters, BrokerPlace } from '../types.js';
import { parseRabbitUrl } from './place.js';

/** Its global counters that go into the result as read. */
const rawCounters = [
  'rabbitmq_global_messages_received_total',
  'rabbitmq_global_messages_routed_total',
  'rabbitmq_global_messages_unroutable_returned_total',
  'rabbitmq_global_messages_confirmed_total',
  'rabbitmq_global_messages_delivered_total',
  'rabbitmq_global_messages_redelivered_total',
  'rabbitmq_global_messages_dead_lettered_maxlen_total',
  'rabbitmq_queues_created_total',
  'rabbitmq_connections_opened_total',
  'rabbitmq_process_resident_memory_bytes',
  'erlang_vm_statistics_runtime_milliseconds',
  'erlang_vm_statistics_bytes_received_total',
  'erlang_vm_statistics_bytes_output_total',
] as const;

/**
 * The figures of a RabbitMQ since it started, in its own words: the global counters of its Prometheus plugin. Channels add to them message by
 * message and they are read as they are, while the management interface shows samples taken every few seconds.
 */
export async function rabbitCounters({ id, url }: BrokerPlace): Promise<BrokerCounters> {
  const { metrics, pid } = parseRabbitUrl(url);
  const figures = parseMetrics(await metricsOf(id, metrics));
  const figure = (name: (typeof rawCounters)[number]) => figures.sums.get(name) ?? null;
  return {
    version: figures.version === null ? null : `rabbitmq ${figures.version}`,
    in: figure('rabbitmq_global_messages_received_total'),
    out: figure('rabbitmq_global_messages_delivered_total'),
    relayed: 0,
    // Only the management interface counts bindings.
    channels: null,
    // Of the whole Erlang machine, this interface included.
    bytesIn: figure('erlang_vm_statistics_bytes_received_total'),
    bytesOut: figure('erlang_vm_statistics_bytes_output_total'),
    // Erlang counts user time only.
    cpuUs: await processCpuUs(pid),
    memoryBytes: figure('rabbitmq_process_resident_memory_bytes'),
    raw: Object.fromEntries(rawCounters.flatMap((name) => (figure(name) === null ? [] : [[name, figure(name) ?? 0]]))),
  };
}

async function metricsOf(id: string, port: number): Promise<string> {
  const options = { headers: { connection: 'close' }, signal: AbortSignal.timeout(connectionTimes.answerTimeoutMs) };
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`, options);
    const text = await answer.text();
    if (answer.ok && text.includes('rabbitmq_global_messages_received_total')) return text;
  } catch (error) {
    throw unavailable(`[${id}] its metrics port ${port} does not answer: ${wordsOf(error)}`, error);
  }
  throw unavailable(`[${id}] answers on its metrics port ${port} without global counters; bench needs RabbitMQ 3.10 or newer`);
}

export interface Metrics {
  /** Values by name, added up over all labels. */
  readonly sums: ReadonlyMap<string, number>;
  readonly version: string | null;
}

/** Prometheus' text format: `name{label="value"} number`. */
export function parseMetrics(text: string): Metrics {
  const sums = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [, name, value] = /^([a-z_]+)(?:\{.*\})? (\S+)$/.exec(line) ?? [];
    if (name !== undefined) sums.set(name, (sums.get(name) ?? 0) + Number(value));
  }
  return { sums, version: /rabbitmq_version="([^"]+)"/.exec(text)?.[1] ?? null };
}
