import { usage } from '../error.js';
import type { Guard } from '../processes/guard.js';
import type { Given } from '../run/cast.js';
import { redisUrls } from './parsers.js';
import type { RunFlags } from './runFlags.js';

/** What a run is given beside its plan. URLs of the environment are taken out of it: no child needs them there. */
export function givenBy(flags: RunFlags, guard: Guard): Given {
  const brokers = redisUrls('--redis', flags.redis);
  const store = redisUrls('--store', flags.store)?.[0] ?? null;
  warnOfPasswords(flags);
  delete process.env.BENCH_REDIS;
  delete process.env.BENCH_STORE;
  if (brokers !== null && flags.brokers !== undefined && flags.brokers !== brokers.length) {
    throw usage(`--brokers ${flags.brokers} does not go with the ${brokers.length} of --redis: leave --brokers out`);
  }
  if (store !== null && brokers?.some((url) => new URL(url).host === new URL(store).host)) {
    throw usage('--store names one of the servers of --redis: the rooms must be kept elsewhere, or they would spoil the counts');
  }
  return { brokers, store, controlPort: flags.controlPort, guard };
}

/** bench hides its own argv, but not that of the npx or shell that started it. */
function warnOfPasswords(flags: RunFlags): void {
  for (const [flag, text, variable] of [
    ['--redis', flags.redis, 'BENCH_REDIS'],
    ['--store', flags.store, 'BENCH_STORE'],
  ] as const) {
    if (text === undefined || text === process.env[variable] || !/:[^/@]+@/.test(text)) continue;
    process.stderr.write(`warning: ${flag} holds a password, which others may see in the process list; give it as ${variable} instead\n`);
  }
}
