import type { TicksAt } from './drawing.js';
import { logarithmicTicks } from './html/plot.js';

interface Range {
  readonly min: number;
  readonly max: number;
  /** Where ticks are. */
  readonly at: readonly number[];
}

/** Its title, or none. */
export function logarithmicAxis(text: string, { min, max, at }: Range) {
  const ticks: TicksAt = { at, autoSkip: false };
  return { type: 'logarithmic' as const, title: { display: text !== '', text }, min, max, ticks };
}

/** From the round value below all of them to that above, so that what hardly changes looks so. */
export function around(values: readonly number[]): Range {
  const [min, max] = [roundBelow(Math.min(...values) * 0.98), roundAbove(Math.max(...values) * 1.02)];
  return { min, max, at: logarithmicTicks(min, max, String).map(({ at }) => at) };
}

function roundBelow(value: number): number {
  const decade = 10 ** Math.floor(Math.log10(value));
  return decade * ([5, 2].find((factor) => factor * decade <= value) ?? 1);
}

function roundAbove(value: number): number {
  const decade = 10 ** Math.floor(Math.log10(value));
  return decade * ([1, 2, 5].find((factor) => factor * decade >= value) ?? 10);
}

/** With ticks at just these values, and some air at both ends. */
export function exactly(values: readonly number[]): Range {
  const at = values.toSorted((one, other) => one - other);
  const [first = 1, last = first] = [at[0], at.at(-1)];
  const air = first === last ? 2 : (last / first) ** 0.08;
  return { min: first / air, max: last * air, at };
}

/** About how much of the width of an axis a digit takes on a phone. */
const digitShare = 0.028;

/** Without the ticks whose numbers would run into those before them, or into the last. */
export function spaced({ min, max, at }: Range): Range {
  const collide = (one = 0, other = 0) => Math.log(other / one) / Math.log(max / min) < digitShare * (String(other).length + 1);
  const last = at.at(-1);
  const kept: number[] = [];
  for (const value of at.slice(0, -1)) if (!collide(value, last) && (kept.length === 0 || !collide(kept.at(-1), value))) kept.push(value);
  return { min, max, at: last === undefined ? [] : [...kept, last] };
}
