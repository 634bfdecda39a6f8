import { describe, expect, it } from 'vitest';
import { byKind, zeroKind } from '../routing/counters.js';
import type { Topology } from '../routing/types.js';
import { amplificationOf } from './accounting.js';
import type { BrokerResult, NodeResult } from './result.js';
import { ownWord, wordOfSenders } from './traffic.js';

type Said = Pick<BrokerResult, 'id' | 'in' | 'out' | 'relayed' | 'hops'>;

function broker(said: Said, chat = { in: 0, out: 0 }): BrokerResult {
  const silent = { channels: null, bytesIn: null, bytesOut: null, cpuUs: null, memoryBytes: null };
  const raw = { attached: null, start: null, drained: null, end: null };
  const byNodes = { ...byKind(() => ({ in: 0, out: 0 })), chat };
  return { kind: 'any', embedded: false, origin: null, ...said, kinds: byNodes, ...silent, raw };
}

function asking(questions: number, answers: number): NodeResult {
  const directory = { ...zeroKind(), published: questions, received: answers, useful: answers };
  return { kinds: { ...byKind(zeroKind), directory } } as NodeResult;
}

const redis = { id: 'r1', in: 10, out: 40, relayed: null, hops: 0 };
const master = { id: 'master', in: 10, out: 10, relayed: 0, hops: 0 };
const nodes = ['n1', 'n2'];

function topology(...brokers: Topology['brokers']): Topology {
  return { version: 1, nodes, brokers };
}

describe('what a run moved, in the words of those that took it in', () => {
  it('counts what relays only where somebody relays', () => {
    const relaying = topology({ id: 'r1', kind: 'redis', relaysTo: ['r2', 'r3'] });
    expect(ownWord({ brokers: [broker(redis)] }, topology({ id: 'r1', kind: 'redis' })).relayed).toBe(0);
    expect(ownWord({ brokers: [broker(redis)] }, relaying).relayed).toBeNull();
    expect(ownWord({ brokers: [broker({ ...redis, relayed: 20 })] }, relaying).relayed).toBe(20);
  });

  it('tells messages from questions: a directory passes nothing on', () => {
    const listed = topology({ id: 'r1', kind: 'redis' }, { id: 'master', kind: 'hub', directoryOnly: true });
    const traffic = ownWord({ brokers: [broker(redis), broker(master)] }, listed);
    expect(traffic).toEqual({ in: 10, out: 40, relayed: 0, hops: 0, questions: 10, answers: 10 });
  });

  it('counts a message from node to node once, though the node takes it in and hands it to its sockets', () => {
    const listed = topology({ id: 'master', kind: 'hub', directoryOnly: true });
    const brokers = [master, { id: 'n1', in: 4, out: 4, relayed: 0, hops: 4 }, { id: 'n2', in: 3, out: 3, relayed: 0, hops: 3 }];
    const traffic = ownWord({ brokers: brokers.map((said) => broker(said)) }, listed);
    expect(traffic).toEqual({ in: 0, out: 0, relayed: 0, hops: 7, questions: 10, answers: 10 });
    expect(amplificationOf(traffic, 10)).toBe(2.7);
  });

  it('takes what a node gets beside messages for its part of a directory', () => {
    const { hops, questions, answers } = ownWord({ brokers: [broker({ id: 'n1', in: 9, out: 8, relayed: 0, hops: 4 })] }, topology());
    expect({ hops, questions, answers }).toEqual({ hops: 4, questions: 5, answers: 4 });
  });

  it('is unknown where one is silent, and nothing where there is nobody', () => {
    const silent = broker({ id: 'n1', in: null, out: null, relayed: null, hops: null });
    const unknown = { hops: null, questions: null, answers: null };
    expect(ownWord({ brokers: [silent] }, topology())).toMatchObject({ in: 0, out: 0, relayed: 0, ...unknown });
    expect(amplificationOf(ownWord({ brokers: [] }, topology()), 10)).toBe(0);
  });
});

it('what a run moved, in the words of those that sent it, comes from other counters', () => {
  const brokers = [broker(redis, { in: 11, out: 41 }), broker({ id: 'n1', in: 9, out: 9, relayed: 0, hops: 9 }, { in: 8, out: 8 })];
  const traffic = wordOfSenders({ brokers, nodes: [asking(3, 2), asking(4, 4)] }, topology({ id: 'r1', kind: 'redis' }));
  expect(traffic).toEqual({ in: 11, out: 41, relayed: null, hops: 8, questions: 7, answers: 6 });
});
