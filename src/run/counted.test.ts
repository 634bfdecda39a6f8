import { describe, expect, it } from 'vitest';
import type { NodeSnapshot } from '../processes/protocol.js';
import { byKind } from '../routing/counters.js';
import type { BrokerCounters, TransportKind } from '../transports/types.js';
import type { RunningBroker } from './cast.js';
import type { Snapshot } from './collect.js';
import { brokerResult } from './counted.js';

function counters(out: number | null): BrokerCounters {
  const silent = { version: null, relayed: 0, channels: null, bytesIn: null, bytesOut: null, cpuUs: null, memoryBytes: null };
  return { ...silent, in: 1, out, raw: {} };
}

/** A broker and what it answered to publishes, the word of a node. */
function snapshot(broker: BrokerCounters | null, receipts: number): Snapshot {
  const node = { brokers: { r1: { kinds: byKind(() => ({ in: 0, out: 0 })), receipts, junk: 0 } } } as unknown as NodeSnapshot;
  return { nodes: [node], brokers: [broker], listeners: [] };
}

function outOf(start: Snapshot, drained: Snapshot, kind: Partial<TransportKind> = {}): number | null {
  const running = { broker: { id: 'r1', kind: 'any' }, kind, origin: 'spawned' } as unknown as RunningBroker;
  return brokerResult(running, 0, { attached: [], start, drained, end: [] }).out;
}

describe('what a broker handed out', () => {
  it('is what its own counter says', () => {
    expect(outOf(snapshot(counters(2), 0), snapshot(counters(9), 100))).toBe(7);
  });

  it('is what it answered to publishes where it has no such counter, even if it died after that', () => {
    expect(outOf(snapshot(counters(null), 3), snapshot(counters(null), 8))).toBe(5);
    expect(outOf(snapshot(counters(null), 3), snapshot(null, 8))).toBe(5);
  });

  it('is not known when its own counter could not be read: answers to publishes are not all of it', () => {
    expect(outOf(snapshot(counters(2), 0), snapshot(null, 5))).toBeNull();
    expect(outOf(snapshot(null, 0), snapshot(counters(9), 5))).toBeNull();
  });

  it('is not known of a kind that never says it', () => {
    expect(outOf(snapshot(counters(2), 0), snapshot(counters(9), 5), { silent: { out: 'it does not count' } })).toBeNull();
  });
});
