import { afterEach, describe, expect, it, vi } from 'vitest';
import { type RunFlags, runFlags } from './runFlags.js';
import { heeded } from './runner.js';

const standards = Object.fromEntries(
  Object.entries(runFlags as Readonly<Record<string, { readonly standard?: unknown }>>).map(([name, { standard }]) => [name, standard]),
) as RunFlags;
const simulated: RunFlags = { ...standards, runner: 'simulated' };

afterEach(() => vi.unstubAllEnvs());

describe('a simulation', () => {
  it.each([
    ['redis', 'redis://127.0.0.1:1', '--redis'],
    ['store', 'redis://127.0.0.1:1', '--store'],
    ['workers', 2, '--workers'],
    ['controlPort', 7000, '--control-port'],
  ] as const)('has no use for --%s', (name, value, flag) => {
    expect(() => heeded({ ...simulated, [name]: value })).toThrow(`${flag} is of no use to --runner simulated`);
    expect(heeded({ ...standards, [name]: value })).toMatchObject({ [name]: value });
  });

  it('does not mind a server that the environment names for live runs', () => {
    vi.stubEnv('BENCH_REDIS', 'redis://127.0.0.1:1');
    expect(heeded({ ...simulated, redis: 'redis://127.0.0.1:1' }).redis).toBeUndefined();
    expect(() => heeded({ ...simulated, redis: 'redis://127.0.0.1:2' })).toThrow('--redis');
  });

  it('alone is told how long a hop takes', () => {
    const hopLatency = { distribution: 'constant', ms: 1 } as const;
    expect(heeded({ ...simulated, hopLatency })).toMatchObject({ hopLatency });
    expect(() => heeded({ ...standards, hopLatency })).toThrow('--hop-latency is for --runner simulated');
  });
});
