import { type RunFlags, runFlags } from './runFlags.js';

/** Every flag of a run as it is where nobody gives it. */
export function standardFlags(): RunFlags {
  return Object.fromEntries(
    Object.entries(runFlags as Readonly<Record<string, { readonly standard?: unknown }>>).map(([name, { standard }]) => [name, standard]),
  ) as RunFlags;
}
