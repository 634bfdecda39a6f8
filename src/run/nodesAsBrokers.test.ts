import { describe, expect, it } from 'vitest';
import type { NodeSnapshot } from '../processes/protocol.js';
import { byKind } from '../routing/counters.js';
import type { BrokerTraffic } from '../routing/messages.js';
import type { Kind } from '../routing/types.js';
import type { BrokerCounters } from '../transports/types.js';
import type { Cast, RunningNode } from './cast.js';
import { listenerEquations, nodesAsBrokers, nodesSpokenTo } from './nodesAsBrokers.js';

type Traffic = Partial<Record<Kind, BrokerTraffic>>;

function traffic(some: Traffic): Record<Kind, BrokerTraffic> {
  return { ...byKind(() => ({ in: 0, out: 0 })), ...some };
}

/** What a node counted as a broker, and what it put to the other one and got there. */
function snapshot(asBroker: Traffic, other: string, put: Traffic): NodeSnapshot {
  return { asBroker: traffic(asBroker), brokers: { [other]: { kinds: traffic(put), receipts: 0, junk: 0 } } } as unknown as NodeSnapshot;
}

function listener(published: number): BrokerCounters {
  const silent = { version: null, in: null, out: null, relayed: 0, channels: null, cpuUs: null, memoryBytes: null };
  return { ...silent, bytesIn: published * 10, bytesOut: published, raw: { published } };
}

function cast(place: RunningNode['place']): Cast {
  return { nodes: ['n1', 'n2'].map((id) => ({ id, place })) } as unknown as Cast;
}

const linked = cast({ id: 'any', url: 'any' });
const start = {
  nodes: [snapshot({ probe: { in: 2, out: 2 } }, 'n2', {}), snapshot({}, 'n1', { probe: { in: 2, out: 0 } })],
  brokers: [],
  listeners: [listener(2), listener(0)],
};
const drained = {
  nodes: [
    snapshot({ probe: { in: 2, out: 2 }, chat: { in: 5, out: 5 }, directory: { in: 3, out: 3 } }, 'n2', {}),
    snapshot({}, 'n1', { probe: { in: 2, out: 0 }, chat: { in: 5, out: 0 }, directory: { in: 3, out: 3 } }),
  ],
  brokers: [],
  listeners: [listener(7), listener(0)],
};

describe('nodes as brokers', () => {
  it('are none where nodes do not speak to each other', () => {
    const facts = { cast: cast(null), start, drained, undrained: null };
    expect([nodesSpokenTo(facts.cast), nodesAsBrokers(facts), listenerEquations(facts)]).toEqual([[], [], []]);
  });

  it('say what they took in and handed on since the start, beside what the others say of them', () => {
    const [first, second] = nodesAsBrokers({ cast: linked, start, drained });
    expect(first).toMatchObject({ id: 'n1', kind: 'node', embedded: false, origin: null, in: 8, out: 8, relayed: 0, hops: 5 });
    expect(first?.kinds).toMatchObject({ chat: { in: 5, out: 0 }, directory: { in: 3, out: 3 }, probe: { in: 0, out: 0 } });
    expect(first).toMatchObject({ bytesIn: 50, bytesOut: 5, channels: null, cpuUs: null, memoryBytes: null });
    expect(first?.raw).toEqual({ attached: null, start: { published: 2 }, drained: { published: 7 }, end: null });
    expect(second).toMatchObject({ id: 'n2', in: 0, out: 0, hops: 0 });
  });

  it('are held to what their listener took, message by message; questions are not among them', () => {
    const [first] = listenerEquations({ cast: linked, start, drained, undrained: null });
    expect(first).toMatchObject({ place: 'n1', left: 5, right: 5, holds: true });
    const deaf = { ...drained, listeners: [listener(8), listener(0)] };
    expect(listenerEquations({ cast: linked, start, drained: deaf, undrained: null })[0]).toMatchObject({
      left: 6,
      right: 5,
      holds: false,
    });
    const silent = { ...drained, listeners: [null, null] };
    expect(listenerEquations({ cast: linked, start, drained: silent, undrained: null })[0]).toMatchObject({ left: null, holds: null });
  });

  it('are not held to it when both were read while something was on its way', () => {
    const early = { cast: linked, start, drained, undrained: 'waiting took longer than 10 s' };
    expect(listenerEquations(early)[0]).toMatchObject({ right: null, holds: null });
  });

  it('are not known where the node did not report', () => {
    const facts = { cast: linked, start, drained: { ...drained, nodes: [null, drained.nodes[1] ?? null] }, undrained: null };
    expect(nodesAsBrokers(facts)[0]).toMatchObject({ in: null, out: null, relayed: null, hops: null });
    expect(nodesAsBrokers(facts)[0]?.kinds.chat).toEqual({ in: 5, out: 0 });
    expect(listenerEquations(facts)[0]).toMatchObject({ left: 5, right: null, holds: null });
  });
});
