import type { Extent, Taken, Window } from './measure.js';
import { take } from './measure.js';
import type { SystemName } from './systems.js';

export const modes = ['saturation', 'equalRate'] as const;
export type Mode = (typeof modes)[number];

/** Every system by the name it is shown with. */
export type Systems<Name extends string> = Readonly<Record<Name, SystemName>>;
export type Rounds<Name extends string> = Readonly<Record<Name, readonly Taken[]>>;

/** A B C C B A, again and again: what changes on the machine meanwhile meets all of them alike. */
export async function takeRounds<Name extends string>(
  systems: Systems<Name>,
  rounds: number,
  extent: Extent,
  log: (words: string) => void,
): Promise<Rounds<Name>> {
  const names = Object.keys(systems) as Name[];
  const order = Array.from({ length: 2 * rounds }, (_, pass) => (pass % 2 === 0 ? names : names.toReversed()));
  const all = Object.fromEntries(names.map((name) => [name, [] as Taken[]])) as Record<Name, Taken[]>;
  for (const [pass, inOrder] of order.entries()) {
    for (const name of inOrder) {
      const taken = await take(systems[name], extent);
      all[name].push(taken);
      log(`${pass + 1}/${order.length} ${name}: ${inWords(taken)}`);
    }
  }
  return all;
}

function inWords(taken: Taken): string {
  return modes.map((mode) => windowInWords(taken[mode])).join(', ');
}

function windowInWords({ cpuUsPerDelivered, deliveredPerSecond, failed, why }: Window): string {
  const words = `${cpuUsPerDelivered.toFixed(1)} us at ${deliveredPerSecond.toFixed(0)}/s`;
  return failed === 0 ? words : `${words} (${failed} failed: ${why})`;
}

export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export type Figure = Exclude<keyof Window, 'why'>;

export function spreadOf(taken: readonly Taken[], mode: Mode, figure: Figure): Spread {
  return spread(taken.map((one) => one[mode][figure]));
}

/** Of two systems taken in the same pass, since they met the same machine. */
export function ratioOf(taken: readonly Taken[], reference: readonly Taken[], mode: Mode): Spread {
  const costs = (one: Taken | undefined) => one?.[mode].cpuUsPerDelivered ?? Number.NaN;
  return spread(taken.map((one, pass) => costs(one) / costs(reference[pass])));
}

function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  const median = ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
  return { median, least: sorted[0] ?? Number.NaN, most: sorted.at(-1) ?? Number.NaN };
}
