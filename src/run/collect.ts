import type { NodeSnapshot } from '../processes/protocol.js';
import { transportKind } from '../transports/index.js';
import type { BrokerCounters } from '../transports/types.js';
import { offsetOf } from './clocks.js';
import { follow } from './follow.js';
import type { LiveFacts, Stage } from './live.js';
import { meshKind } from './nodesAsBrokers.js';

/** How long a worker may take to say what it saw: a report of a million messages takes seconds. */
const reportMs = 60_000;
/** How long nodes and brokers may take to say what they counted: RabbitMQ gathers its figures every 5 s. */
const countersMs = 30_000;
/** How long everyone may take to leave when all is counted. */
const endMs = 10_000;

/** What everyone counted at one moment, when nothing was in flight. `null`: it was dead, or did not answer. */
export interface Snapshot {
  readonly nodes: readonly (NodeSnapshot | null)[];
  readonly brokers: readonly (BrokerCounters | null)[];
  /** What others connect to at each node, as it counted; null also where nodes do not speak to each other. */
  readonly listeners: readonly (BrokerCounters | null)[];
}

/** After the load: what everyone counted, a few messages followed, then the end in good order. */
export async function collect(
  stage: Stage,
  inOrder: boolean,
): Promise<Pick<LiveFacts, 'drained' | 'end' | 'reports' | 'clocks' | 'traces'>> {
  const { cast, patience } = stage;
  const reports = await Promise.all(
    cast.workers.map((worker) => patience.known(`workers.${worker.id}`, worker, reportMs, worker.call.report())),
  );
  const clocks = await Promise.all(
    cast.workers.map((worker) => {
      const offset = offsetOf(() => worker.call.time());
      return patience.known(`workers.${worker.id}.clockErrorMs`, worker, countersMs, offset);
    }),
  );
  const drained = await snapshot(stage);
  const traces = inOrder ? await follow(stage) : undefined;
  if (inOrder) await retire(stage);
  return { drained, traces, end: await brokerCounters(stage, 'raw.end'), reports, clocks };
}

/** Everyone's figures, one moment's only when nothing is in flight. */
export async function snapshot(stage: Pick<Stage, 'cast' | 'patience'>): Promise<Snapshot> {
  const { cast, patience } = stage;
  const nodes = Promise.all(cast.nodes.map((node) => patience.known(`nodes.${node.id}`, node, countersMs, node.call.snapshot())));
  const brokers = brokerCounters(stage);
  const listeners = listenerCounters(stage);
  return { nodes: await nodes, brokers: await brokers, listeners: await listeners };
}

/** What the listener of each node says, where nodes speak to each other: a witness that their cores know nothing of. */
export async function listenerCounters({ cast, patience }: Pick<Stage, 'cast' | 'patience'>): Promise<(BrokerCounters | null)[]> {
  const { counters } = await transportKind(meshKind);
  return Promise.all(
    cast.nodes.map(({ id, place }) => {
      return place === null ? null : patience.known(`brokers.${id}.raw`, { id }, countersMs, counters(place));
    }),
  );
}

/** `figure`: what of a broker is not known without them; absent: nothing of it is. */
export function brokerCounters({ cast, patience }: Pick<Stage, 'cast' | 'patience'>, figure?: string): Promise<(BrokerCounters | null)[]> {
  return Promise.all(
    cast.brokers.map(({ broker, kind, place }) => {
      const name = ['brokers', broker.id, ...(figure === undefined ? [] : [figure])].join('.');
      return patience.known(name, broker, countersMs, kind.counters(place));
    }),
  );
}

/** All is counted by now: who does not leave in good order is ended with the run, and costs no result. */
export async function retire({ cast, patience, watch }: Pick<Stage, 'cast' | 'patience' | 'watch'>): Promise<void> {
  const left = patience
    .all('leave', endMs, cast.workers, ({ call }) => call.stop())
    .then(() =>
      patience.all('leave', endMs, cast.nodes, async ({ call, hello }) => {
        cast.processes.ask(hello.pid);
        const exited = cast.processes.exited(hello.pid);
        await Promise.race([call.drain(), exited]);
        return exited;
      }),
    );
  await patience.known('end', { id: 'end' }, 2 * endMs, left);
  const why = patience.unknowns.get('end');
  if (why !== undefined) watch.warn(`the run did not end in good order, after all was counted: ${why}`);
}
