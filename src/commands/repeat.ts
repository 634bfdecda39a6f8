import type { Given } from '../run/cast.js';
import { maskUrl } from '../transports/redis/url.js';
import type { RunFlags } from './run.js';

/** The command that repeats a run, with every number said and passwords masked. */
export function repeatCommand(flags: RunFlags, attached: Given): string {
  const { strategy, option, scenario, size, nodes, brokers, users, rate, duration, warmUp, bytes, seed, rooms, workers } = flags;
  const words: readonly (readonly [string, string | number | undefined])[] = [
    ['strategy', strategy],
    ...Object.entries(option).map(([name, value]) => ['option', `${name}=${value}`] as const),
    ['scenario', scenario],
    ['size', size],
    ['nodes', nodes],
    ['brokers', attached.brokers === null ? brokers : undefined],
    ['users', users],
    ['rate', rate],
    ['duration', duration === undefined ? undefined : `${duration}s`],
    ['warm-up', warmUp === undefined ? undefined : `${warmUp}s`],
    ['bytes', bytes],
    ['rooms', rooms],
    ['workers', workers],
    ['seed', seed],
    ['redis', attached.brokers?.map(maskUrl).join(',')],
    ['store', attached.store === null ? undefined : maskUrl(attached.store)],
  ];
  const given = words.flatMap(([name, value]) => (value === undefined ? [] : [`--${name} ${quoted(String(value))}`]));
  return ['bench run', ...given].join(' ');
}

/** Safe to paste into a shell. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
