import type { Topology } from '../routing/types.js';
import { sum, sumKnown } from './accounting.js';
import type { Distribution } from './distribution.js';
import type { Findings } from './findingsSchema.js';
import { Latency } from './latency.js';
import type { Ledger } from './ledger.js';
import { added, mergedOrNull, orNull } from './merged.js';
import { presenceOf } from './presenceFindings.js';
import type { BrokerResult } from './result.js';
import type { ComingSightings, HttpSightings, Sightings } from './sightings.js';

/** What findings are made from: the ledger of all workers, and what each saw beside it. */
export interface Seen {
  readonly sightings: readonly Sightings[];
  readonly ledger: Ledger;
  readonly graceMs: number;
  readonly brokers: readonly BrokerResult[];
  readonly topology: Topology;
}

export function findingsOf({ sightings, ledger, graceMs, brokers, topology }: Seen): Findings {
  const startMs = Math.min(...sightings.map((one) => one.startMs));
  return {
    spreadMs: spreadOf(sightings),
    hottestBroker: hottestOf(brokers, topology),
    responseBy: responsesOf(sightings),
    presence: presenceOf(parts(sightings, 'presence'), { ledger, graceMs, startMs }),
    comings: comingsOf(parts(sightings, 'comings')),
    http: httpOf(parts(sightings, 'http')),
  };
}

function parts<Part extends 'presence' | 'comings' | 'http'>(sightings: readonly Sightings[], part: Part): NonNullable<Sightings[Part]>[] {
  return sightings.flatMap((one) => one[part] ?? []);
}

/** Recipients may be at several workers: first and last are those of all. */
function spreadOf(sightings: readonly Sightings[]): Distribution | null {
  const spans = new Map<string, { firstMs: number; lastMs: number }>();
  for (const { startMs, spread } of sightings)
    for (const [from, room, first, last] of spread)
      for (const [index, ms] of first.entries()) {
        if (ms === null) continue;
        widen(spans, `${from} ${room} ${index}`, startMs + ms, startMs + (last[index] ?? ms));
      }
  const latency = new Latency();
  for (const { firstMs, lastMs } of spans.values()) if (lastMs > firstMs) latency.add(lastMs - firstMs);
  return orNull(latency);
}

function widen(spans: Map<string, { firstMs: number; lastMs: number }>, message: string, firstMs: number, lastMs: number): void {
  const span = spans.get(message);
  if (span === undefined) {
    spans.set(message, { firstMs, lastMs });
    return;
  }
  span.firstMs = Math.min(span.firstMs, firstMs);
  span.lastMs = Math.max(span.lastMs, lastMs);
}

/** By the brokers' own words, of those that pass messages on. */
function hottestOf(brokers: readonly BrokerResult[], topology: Topology): Findings['hottestBroker'] {
  const passing = new Set(topology.brokers.filter(({ directoryOnly }) => !directoryOnly).map(({ id }) => id));
  const own = brokers.filter(({ id }) => passing.has(id));
  const total = sumKnown(own.map((broker) => broker.in));
  const [first] = [...own].sort((one, other) => (other.in ?? 0) - (one.in ?? 0));
  if (first === undefined || total === null || total === 0) return null;
  return { id: first.id, ratio: ((first.in ?? 0) * own.length) / total };
}

function responsesOf(sightings: readonly Sightings[]): Findings['responseBy'] {
  const by = sightings.flatMap(({ responseBy }) => responseBy ?? []);
  if (by.length === 0) return null;
  return { websocket: mergedOrNull(by.map((one) => one.websocket)), polling: mergedOrNull(by.map((one) => one.polling)) };
}

function comingsOf(all: readonly ComingSightings[]): Findings['comings'] {
  if (all.length === 0) return null;
  const [left, away] = [sum(all.map((one) => one.left)), sum(all.map((one) => one.away))];
  const firstMs = Math.min(...all.map(({ firstLeftAtMs }) => firstLeftAtMs ?? Infinity));
  const lastMs = Math.max(...all.map(({ lastBackAtMs }) => lastBackAtMs ?? -Infinity));
  return {
    left,
    connected: sum(all.map((one) => one.connected)),
    failed: added(all.map((one) => one.failed)),
    away,
    connectMs: mergedOrNull(all.map((one) => one.connectMs)),
    allBackMs: left > 0 && away === 0 && lastMs > firstMs ? lastMs - firstMs : null,
  };
}

function httpOf(all: readonly HttpSightings[]): Findings['http'] {
  if (all.length === 0) return null;
  const statuses = added(all.map((one) => one.statuses));
  const seconds = Math.max(...all.map((one) => one.seconds));
  return {
    messages: sum(all.map((one) => one.messages)),
    asks: sum(all.map((one) => one.asks)),
    statuses,
    unanswered: sum(all.map((one) => one.unanswered)),
    perSecond: seconds > 0 ? sum(Object.values(statuses)) / seconds : null,
    messageMs: mergedOrNull(all.map((one) => one.messageMs)),
    askMs: mergedOrNull(all.map((one) => one.askMs)),
  };
}
