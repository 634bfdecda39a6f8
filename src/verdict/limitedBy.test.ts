import { describe, expect, it } from 'vitest';
import type { Status, Verdict } from '../measure/result.js';
import { limitedBy } from './limitedBy.js';

function run(status: Status, load: Status, coreShare: number) {
  const part = (of: Status) => ({ status: of, reasons: [] });
  const verdict: Verdict = {
    status,
    reasons: [],
    parts: { delivery: part('pass'), accounting: part('pass'), latency: part(status), load: part(load) },
  };
  const worker = { id: 'w1', clockAheadMs: 0, clockErrorMs: 0, cpuUs: 1, memoryBytes: 1, refusals: {}, disconnects: {} };
  return { verdict, workers: [{ ...worker, coreShare }] };
}

describe('the limit of a rate that did not hold', () => {
  it.each([
    ['nobody, where it held', 'pass', 'pass', 0.1, 1, null],
    ['a generator without CPU left, whatever the machine does', 'unknown', 'unknown', 0.85, 0.99, 'generator'],
    ['a generator that is late though there is CPU', 'unknown', 'unknown', 0.3, 0.5, 'generator'],
    ['the machine, where the generator is late because all cores are busy', 'unknown', 'unknown', 0.3, 0.95, 'machine'],
    ['the machine, where the system is late because all cores are busy', 'fail', 'pass', 0.3, 0.95, 'machine'],
    ['the system, where cores are idle', 'fail', 'pass', 0.3, 0.5, 'system'],
    ['the system, where nobody knows of the machine', 'fail', 'pass', 0.3, null, 'system'],
  ] as const)('is %s', (_who, status, load, coreShare, machineShare, limit) => {
    expect(limitedBy(run(status, load, coreShare), machineShare)).toBe(limit);
  });
});
