import { afterEach, expect, it, vi } from 'vitest';
import type { WorkerPlan } from '../processes/protocol.js';
import { Numbers } from './numbers.js';
import { HttpLoad } from './overHttp.js';
import { PresenceLog } from './presenceLog.js';
import { Recorder } from './recorder.js';
import { testPlan } from './testing/plan.js';

afterEach(() => vi.doUnmock('autocannon'));

/** A machine on which autocannon is not installed. */
function withoutAutocannon(): HttpLoad {
  vi.doMock('autocannon', () => {
    throw new Error('not installed');
  });
  const plan: WorkerPlan = {
    plan: testPlan(),
    secrets: { tokenKey: 'x' },
    shard: 0,
    of: 1,
    nodes: ['http://127.0.0.1:1'],
    clockAheadMs: 0,
  };
  const books = { recorder: new Recorder(plan.plan, () => 0), presence: new PresenceLog(), numbers: new Numbers() };
  return new HttpLoad(plan, books, () => 0);
}

it('needs autocannon for requests, and nothing where there are none', async () => {
  const { signal } = new AbortController();
  await expect(withoutAutocannon().play([], signal)).resolves.toBeUndefined();
  const asks = { do: 'http:ask', atMs: 0, user: 0, about: 1 } as const;
  await expect(withoutAutocannon().play([asks], signal)).rejects.toThrow('need the package autocannon');
});
