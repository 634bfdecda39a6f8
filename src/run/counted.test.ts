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

describe('what a broker took in', () => {
  const traffic = (messages: number) => byKind((kind) => ({ in: kind === 'chat' ? messages : 0, out: 0 }));
  const node = (messages: number, put?: number) =>
    ({
      brokers: {
        r1: {
          kinds: traffic(messages),
          receipts: 0,
          junk: 0,
          ...(put !== undefined && { commands: { put, answered: 2 * put, got: put } }),
        },
      },
    }) as unknown as NodeSnapshot;
  const result = (start: Snapshot['nodes'], drained: Snapshot['nodes']) => {
    const running = { broker: { id: 'r1', kind: 'any' }, kind: {}, origin: 'spawned' } as unknown as RunningBroker;
    const at = (nodes: Snapshot['nodes'], taken: number) => ({ nodes, brokers: [{ ...counters(null), in: taken }], listeners: [] });
    return brokerResult(running, 0, { attached: [], start: at(start, 10), drained: at(drained, 14), end: [] });
  };

  it('is what it counted', () => {
    expect(result([node(1)], [node(5)])).toMatchObject({ in: 4 });
    expect(result([node(1)], [node(5)])).not.toHaveProperty('commands');
  });

  it('is the word of the nodes where messages share commands, which are what it counted', () => {
    const [start, drained] = [
      [node(100, 10), node(0, 0)],
      [node(130, 13), node(7, 1)],
    ];
    expect(result(start, drained)).toMatchObject({ in: 37, commands: { put: 4, taken: 4, answered: 8, got: 4 } });
  });

  it('is not known when a node that may have put commands did not report', () => {
    expect(result([node(100, 10), node(0, 0)], [node(130, 13), null])).toMatchObject({
      in: null,
      commands: { put: null, taken: 4, answered: null, got: null },
    });
  });
});
