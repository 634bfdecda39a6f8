import type { Difference } from '../verdict/exactGate.js';
import { whole } from './numbers.js';

/** A gate in words: the same ones on the terminal, in Markdown and in JUnit. */

/** More tell a person nothing that these do not; all are in the record. */
const shownMost = 8;

/** `nodes.n1.chat.published: 66 live, 33 by the baseline` */
export function differenceInWords({ figure, live, expected, by }: Difference): string {
  return `${figure}: ${live ?? 'none'} live, ${expected} by the ${by}`;
}

export function shownDifferences(differences: readonly Difference[]): {
  readonly shown: readonly Difference[];
  readonly more: string | null;
} {
  const left = differences.length - shownMost;
  return { shown: differences.slice(0, shownMost), more: left > 0 ? `and ${whole(left)} more, which --json lists` : null };
}
