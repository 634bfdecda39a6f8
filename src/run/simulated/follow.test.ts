import { describe, expect, it } from 'vitest';
import { sum } from '../../measure/accounting.js';
import type { Measured } from '../../measure/result.js';
import type { Hop } from '../../measure/traceSchema.js';
import { simulate } from './simulate.js';
import { simulatedPlan } from './testing/plans.js';

const hopMs = 10;

async function simulated(strategy: string, form: 'direct' | 'topic' = 'direct'): Promise<Measured> {
  const plan = await simulatedPlan(strategy, form, { hopLatency: { distribution: 'constant', ms: hopMs } });
  return (await simulate(plan)).measured;
}

function hopsOf({ traces = [] }: Measured): readonly Hop[] {
  return traces[0]?.hops ?? [];
}

describe('a message that is followed in a simulation', () => {
  it('is in no figure, and takes the time of its hops', async () => {
    const measured = await simulated('hashed');
    expect(sum(measured.nodes.map(({ kinds }) => kinds.chat.fromClients))).toBe(measured.counts.sent);
    expect(hopsOf(measured).map(({ what, ms }) => `${what} ${ms}`)).toEqual([
      ...['intended 0', 'sent 0', `taken ${hopMs}`, `published ${hopMs}`],
      ...[`received ${3 * hopMs}`, `written ${3 * hopMs}`, `delivered ${4 * hopMs}`],
    ]);
  });

  it('shows copies that nobody wanted, and the question to a directory', async () => {
    const dropped = hopsOf(await simulated('single-channel')).filter(({ what }) => what === 'dropped');
    expect(dropped).toHaveLength(3);
    const asked = hopsOf(await simulated('mesh-master')).map(({ what }) => what);
    expect(asked).toEqual(['intended', 'sent', 'taken', 'asked', 'learned', 'published', 'received', 'written', 'delivered']);
  });

  it('is to a room where the load has rooms', async () => {
    const { traces = [] } = await simulated('hashed', 'topic');
    expect(traces.map(({ kind }) => kind)).toContain('post');
    const recipients = traces.find(({ kind }) => kind === 'post')?.hops.filter(({ what }) => what === 'delivered');
    expect(sum(recipients?.map(({ copies = 1 }) => copies) ?? [])).toBeGreaterThan(1);
  });
});
