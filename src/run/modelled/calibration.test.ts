import { describe, expect, it } from 'vitest';
import type { Result } from '../../measure/result.js';
import type { EngineName } from '../../plan/types.js';
import { sampleResult } from '../../report/testing/sample.js';
import { calibrate } from './calibration.js';

const madeAt = '2026-01-15T12:00:00.000Z';

/** A run whose nodes took so much CPU for each message that a client sent them, and for nothing else, and a MB for each such µs. */
function played(engine: EngineName, ratePerSecond: number, usEach: number): Result {
  const sample = sampleResult();
  const nodes = sample.nodes.map((node) => {
    const chat = { fromClients: ratePerSecond, published: 0, received: 0, useful: 0, wasted: 0, deliveredToSockets: 0 };
    return { ...node, kinds: { ...node.kinds, chat }, cpuUs: ratePerSecond * usEach, memoryBytes: usEach * 1e6, connections: 0 };
  });
  return {
    ...sample,
    nodes,
    plan: { ...sample.plan, run: `${engine} at ${ratePerSecond}`, size: { ...sample.plan.size, ratePerSecond } },
    environment: { ...sample.environment, settings: { ...sample.environment.settings, engine } },
  };
}

const rates = [100, 1_000, 5_000];
const fast = rates.map((rate) => played('fast', rate, 10));
const slow = rates.map((rate) => played('socket.io', rate, 40));

describe('a calibration', () => {
  it('tells the engines of nodes apart', () => {
    const { cpuUs, memoryBytes, runs } = calibrate([...fast, ...slow], madeAt);
    expect(cpuUs.nodes.fast?.terms.fromClients?.each).toBeCloseTo(10);
    expect(cpuUs.nodes['socket.io']?.terms.fromClients?.each).toBeCloseTo(40);
    expect(memoryBytes.nodes.fast?.terms.process?.each).toBeCloseTo(10e6);
    expect(memoryBytes.nodes['socket.io']?.terms.process?.each).toBeCloseTo(40e6);
    expect(runs.map(({ engine }) => engine)).toEqual([...rates.map(() => 'fast'), ...rates.map(() => 'socket.io')]);
  });

  it('leaves out an engine of which too few runs are there', () => {
    const { cpuUs } = calibrate([...fast, ...slow.slice(0, 2)], madeAt);
    expect(Object.keys(cpuUs.nodes)).toEqual(['fast']);
  });

  it('refuses runs of which no engine has enough', () => {
    expect(() => calibrate([...fast.slice(0, 2), ...slow.slice(0, 2)], madeAt)).toThrow('3 live results of nodes with one engine');
    expect(() => calibrate(fast.slice(0, 2), madeAt)).toThrow('at least 3 live results that passed, and 2 of those given are');
  });

  it('takes for the engine what served the clients, not what was asked for', () => {
    const fallenBack = fast.map((result) => ({ ...result, environment: { ...result.environment, settings: { engine: 'socket.io' } } }));
    expect(fallenBack.map(({ plan }) => plan.engine)).toEqual(rates.map(() => 'fast'));
    expect(Object.keys(calibrate(fallenBack, madeAt).cpuUs.nodes)).toEqual(['socket.io']);
  });
});
