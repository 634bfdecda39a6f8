import { kindsBetween, sum, sumKnown, sumTraffic, trafficBetween } from '../measure/accounting.js';
import type { BrokerResult, NodeResult } from '../measure/result.js';
import type { NodeSnapshot } from '../processes/protocol.js';
import type { BrokerCounters, Commands } from '../transports/types.js';
import type { RunningBroker } from './cast.js';
import type { Snapshot } from './collect.js';
import type { LiveFacts } from './live.js';
import { trafficWith } from './nodesAsBrokers.js';

type Facts = Pick<LiveFacts, 'attached' | 'start' | 'drained' | 'end'>;

/** What a node counted between the two snapshots; nothing when one of them is missing. */
export function nodeResult(id: string, start: NodeSnapshot | null | undefined, drained: NodeSnapshot | null | undefined): NodeResult[] {
  if (!start || !drained) return [];
  const junk = (snapshot: NodeSnapshot) => sum(Object.values(snapshot.brokers).map((broker) => broker.junk));
  return [
    {
      id,
      kinds: kindsBetween(start.kinds, drained.kinds),
      throughBrokers: throughBrokers(start, drained),
      subscribes: drained.subscribes - start.subscribes,
      unsubscribes: drained.unsubscribes - start.unsubscribes,
      subscriptions: drained.subscriptions,
      entries: drained.entries,
      connections: drained.connections,
      junk: junk(drained) - junk(start),
      refused: differences(start.refused, drained.refused),
      slowReadersCut: drained.slowReadersCut - start.slowReadersCut,
      joinWindowMsMax: drained.joinWindowMsMax,
      cpuUs: drained.cpuUs - start.cpuUs,
      memoryBytes: drained.memoryBytes,
      eventLoopDelayMsP99: drained.eventLoopDelayMsP99,
    },
  ];
}

/** Over all brokers that the node ever spoke to. */
function throughBrokers(start: NodeSnapshot, drained: NodeSnapshot): NodeResult['throughBrokers'] {
  return sumTraffic(Object.entries(drained.brokers).map(([id, { kinds }]) => trafficBetween(start.brokers[id]?.kinds, kinds)));
}

function differences(start: Record<string, number>, end: Record<string, number>): Record<string, number> {
  const all = Object.entries(end).map(([name, value]) => [name, value - (start[name] ?? 0)] as const);
  return Object.fromEntries(all.filter(([, value]) => value !== 0));
}

/** What a broker counted, by its own word, and what the nodes say of it. */
export function brokerResult({ broker, kind, origin }: RunningBroker, index: number, facts: Facts): BrokerResult {
  const { start, drained } = facts;
  const between = (figure: keyof Omit<BrokerCounters, 'raw' | 'version' | 'heartbeats'>) =>
    difference(start.brokers[index]?.[figure], drained.brokers[index]?.[figure]);
  return {
    id: broker.id,
    kind: broker.kind,
    embedded: origin === 'embedded',
    origin,
    ...takenIn(broker.id, between('in'), facts),
    out: kind.silent?.out === undefined ? handedOut(broker.id, index, facts) : null,
    relayed: between('relayed'),
    ...heartbeatsOf(start.brokers[index], drained.brokers[index]),
    hops: 0,
    kinds: trafficWith(broker.id, facts),
    channels: drained.brokers[index]?.channels ?? null,
    bytesIn: between('bytesIn'),
    bytesOut: between('bytesOut'),
    cpuUs: between('cpuUs'),
    memoryBytes: drained.brokers[index]?.memoryBytes ?? null,
    raw: {
      attached: facts.attached[index]?.raw ?? null,
      start: start.brokers[index]?.raw ?? null,
      drained: drained.brokers[index]?.raw ?? null,
      end: facts.end[index]?.raw ?? null,
    },
  };
}

function heartbeatsOf(
  start: BrokerCounters | null | undefined,
  drained: BrokerCounters | null | undefined,
): Pick<BrokerResult, 'heartbeats'> {
  const [before, after] = [start?.heartbeats, drained?.heartbeats];
  if (before === undefined && after === undefined) return {};
  return { heartbeats: { in: difference(before?.in, after?.in), out: difference(before?.out, after?.out) } };
}

function difference(start: number | null | undefined, end: number | null | undefined): number | null {
  return start === null || start === undefined || end === null || end === undefined ? null : end - start;
}

/** Where messages share commands, those are what the broker counts; how many messages were in them, only the nodes know. */
function takenIn(broker: string, taken: number | null, facts: Facts): Pick<BrokerResult, 'in' | 'commands'> {
  const commands = commandsAt(broker, facts);
  if (commands === undefined) return { in: taken };
  const messages = commands.put === null ? null : sum(Object.values(trafficWith(broker, facts)).map((traffic) => traffic.in));
  return { in: messages, commands: { ...commands, taken } };
}

/** What all nodes say of the commands there; undefined where messages share none. Who did not report may have put some. */
function commandsAt(broker: string, { start, drained }: Facts): Record<keyof Commands, number | null> | undefined {
  const all = ({ nodes }: Snapshot) => nodes.map((node) => (node === null ? null : node.brokers[broker]?.commands));
  if (all(drained).every((commands) => commands === undefined)) return undefined;
  const total = (snapshot: Snapshot, figure: keyof Commands) =>
    sumKnown(all(snapshot).map((commands) => (commands === null ? null : (commands?.[figure] ?? 0))));
  const between = (figure: keyof Commands) => difference(total(start, figure), total(drained, figure));
  return { put: between('put'), answered: between('answered'), got: between('got') };
}

/** In the words of its counters; where those do not count it, as with Redis, in its answers to publishes. Counters that could not be read are not replaced by these. */
function handedOut(broker: string, index: number, { start, drained }: Facts): number | null {
  const before = start.brokers[index];
  if (!before) return null;
  if (before.out === null) return difference(receipts(start, broker), receipts(drained, broker));
  return difference(before.out, drained.brokers[index]?.out);
}

/** What a broker answered to the publishes of all nodes: its own word on what it handed out (docs/decisions/07). Null: it did not say. */
function receipts({ nodes }: Snapshot, broker: string): number | null {
  const receiptsAt = (node: NodeSnapshot) => (node.brokers[broker] === undefined ? 0 : node.brokers[broker].receipts);
  return sumKnown(nodes.map((node) => (node === null ? null : receiptsAt(node))));
}
