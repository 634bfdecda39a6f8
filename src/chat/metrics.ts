import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { NodeSnapshot } from '../processes/protocol.js';

type Sample = readonly [labels: Record<string, string>, value: number];

/** The node's own figures in Prometheus' words; each is read from the node when it is asked for, and counted nowhere else. */
export function metricsOf(take: () => NodeSnapshot): Registry {
  const snapshot = onceATurn(take);
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const counter = (name: string, help: string, labels: string[], samples: () => Iterable<Sample>) =>
    addCounter(registry, { name, help, labels }, samples);
  const gauge = (name: string, help: string, value: () => number) => addGauge(registry, name, help, value);

  counter('chat_messages_total', 'Messages by kind and by what became of them', ['kind', 'what'], () => perKind(snapshot()));
  counter('chat_broker_messages_total', 'Messages put to (in) and got from (out) a broker', ['broker', 'direction'], () =>
    perBroker(snapshot()),
  );
  counter('chat_broker_junk_total', 'Things from a broker that were no message of this run', ['broker'], () => junk(snapshot()));
  counter('chat_refused_total', 'Refused handshakes and events of clients', ['reason'], () => refused(snapshot()));
  counter('chat_slow_readers_cut_total', 'Sockets disconnected because they did not read', [], () => [[{}, snapshot().slowReadersCut]]);
  gauge('chat_sockets', 'Open connections', () => snapshot().connections);
  gauge(
    'chat_event_loop_delay_p99_seconds',
    '99th percentile of the event loop delay since the last snapshot of the run',
    () => snapshot().eventLoopDelayMsP99 / 1000,
  );
  return registry;
}

/** All metrics of one answer show the same moment. */
function onceATurn<T>(take: () => T): () => T {
  let taken: { readonly value: T } | undefined;
  return () => {
    if (taken === undefined) setImmediate(() => (taken = undefined));
    taken ??= { value: take() };
    return taken.value;
  };
}

function addCounter(
  registry: Registry,
  { name, help, labels }: { name: string; help: string; labels: string[] },
  samples: () => Iterable<Sample>,
): void {
  new Counter({
    name,
    help,
    labelNames: labels,
    registers: [registry],
    collect() {
      this.reset();
      for (const [of, value] of samples()) this.inc(of, value);
    },
  });
}

function addGauge(registry: Registry, name: string, help: string, value: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(value());
    },
  });
}

function* perKind({ kinds }: NodeSnapshot): Iterable<Sample> {
  for (const [kind, counts] of Object.entries(kinds)) {
    for (const [what, value] of Object.entries(counts)) yield [{ kind, what }, value];
  }
}

function* perBroker({ brokers }: NodeSnapshot): Iterable<Sample> {
  for (const [broker, { kinds }] of Object.entries(brokers)) {
    const traffic = Object.values(kinds);
    yield [{ broker, direction: 'in' }, traffic.reduce((sum, kind) => sum + kind.in, 0)];
    yield [{ broker, direction: 'out' }, traffic.reduce((sum, kind) => sum + kind.out, 0)];
  }
}

function junk({ brokers }: NodeSnapshot): Iterable<Sample> {
  return Object.entries(brokers).map(([broker, { junk }]): Sample => [{ broker }, junk]);
}

function refused({ refused }: NodeSnapshot): Iterable<Sample> {
  return Object.entries(refused).map(([reason, value]): Sample => [{ reason }, value]);
}
