/** What was measured in all rounds: the middle, and how far apart they were. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly rounds: readonly number[];
}

export function spreadOf(rounds: readonly number[]): Spread {
  const sorted = [...rounds].sort((left, right) => left - right);
  const middle = (sorted.length - 1) / 2;
  const median = ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
  return { median, least: sorted[0] ?? Number.NaN, most: sorted.at(-1) ?? Number.NaN, rounds };
}

/** Of each round with its own neighbour, so that what slows the machine for a while slows both. */
export function ratioOf(left: readonly number[], right: readonly number[]): Spread {
  return spreadOf(left.map((value, round) => value / (right[round] ?? Number.NaN)));
}

/** A B C, C B A, A B C, ...: nobody is always first. */
export function interleaved<Item>(items: readonly Item[], rounds: number): readonly Item[][] {
  return Array.from({ length: rounds }, (_, round) => (round % 2 === 0 ? [...items] : [...items].reverse()));
}
