import { describe, expect, it } from 'vitest';
import { testPlan } from '../load/testing/plan.js';
import type { NodeSnapshot, WorkerReport } from '../processes/protocol.js';
import type { RunningNode } from './cast.js';
import { unknownsOf } from './unknowns.js';

const plan = { ...testPlan(), topology: { version: 1, nodes: ['n1', 'n2'], brokers: [{ id: 'r1', kind: 'redis' }] } };
const counted = {} as NodeSnapshot;
const clean = {
  plan,
  cast: { nodes: [], brokers: [] },
  drained: { nodes: [counted, counted], brokers: [], listeners: [] },
  reports: [],
  undrained: null,
  unanswered: new Map<string, string>(),
};

function early(mostMs: number): WorkerReport {
  return { early: { count: 1, mostMs } } as WorkerReport;
}

describe('what is not known', () => {
  it('is nothing after a clean run', () => {
    expect(unknownsOf(clean, 0)).toEqual({});
  });

  it('is whether the figures agree, when they were read too early', () => {
    const unknowns = unknownsOf({ ...clean, undrained: 'waiting took longer than 10 s' }, 0);
    expect(unknowns).toEqual({ drained: 'waiting took longer than 10 s', equations: expect.stringContaining('is not compared: waiting') });
  });

  it('is what somebody did not say, in the words of why, and what was summed over the others', () => {
    const unanswered = new Map([['nodes.n2', '[n2] did not answer within 60 s']]);
    expect(unknownsOf({ ...clean, drained: { nodes: [counted, null], brokers: [], listeners: [] }, unanswered }, 0)).toEqual({
      'nodes.n2': '[n2] did not answer within 60 s',
      'brokers.r1.kinds': 'only what the other nodes counted: [n2] did not report',
    });
  });

  it('is what a silent node did as a broker for the others', () => {
    const nodes = ['n1', 'n2'].map((id) => ({ id, place: { id, url: '' } }) as RunningNode);
    const unknowns = unknownsOf({ ...clean, cast: { nodes, brokers: [] }, drained: { ...clean.drained, nodes: [counted, null] } }, 0);
    expect(Object.keys(unknowns)).toEqual(['brokers.r1.kinds', 'brokers.n1.kinds', 'brokers.n2.kinds', 'brokers.n2']);
    expect(unknowns['brokers.n2']).toContain('[n2] did not report');
  });

  it('is the latency, when a message came earlier than the clocks allow', () => {
    const facts = { ...clean, reports: [early(0.2), null, early(1.5)] };
    expect(unknownsOf(facts, 1.6)).toEqual({});
    expect(unknownsOf(facts, 1.4)).toEqual({ 'latencyMs.early': expect.stringMatching(/1\.500 ms before .* at most 1\.400 ms apart/) });
    expect(unknownsOf(facts, null)).toEqual({ 'latencyMs.early': expect.stringContaining('is not known') });
  });
});
