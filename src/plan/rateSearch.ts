/** The search for the highest rate that holds, without a clock or a run: it says what to try next and is told how that went. */

export const trialSteps = ['double', 'halve', 'bisect', 'confirm'] as const;

/** One measurement that the search asks for; `next` is told whether it held. */
export interface Trial {
  readonly step: (typeof trialSteps)[number];
  readonly ratePerSecond: number;
  /** How many more measurements may follow, with what is known now; null: nobody knows before a rate has broken. */
  readonly later: number | null;
}

export interface SearchRange {
  readonly startRate: number;
  readonly leastRate: number;
  readonly mostRate: number;
  /** How far apart the ends of the bracket may be, as a share of the lower one; `leastPrecision` or more. */
  readonly precision: number;
}

/** Between the highest rate that held and the lowest above it that did not; null: none was found within the range. */
export interface Bracket {
  readonly holds: number | null;
  readonly breaks: number | null;
  /** The rate, 0.9 of `holds`, at which it held once more; null: it did not, however often it was tried. */
  readonly confirmedAt: number | null;
}

type Search<Found> = Generator<Trial, Found, boolean>;

interface Ends {
  readonly holds: number | null;
  readonly breaks: number | null;
}

/** Rates have three digits: nearer ends could not be told apart. */
export const leastPrecision = 0.02;

const votesNeeded = 2;
const confirmedShare = 0.9;
const confirmationsMost = 2;

/** Doubling until a rate breaks (or halving until one holds), bisection, then a confirmation below; where that fails, the same below it. */
export function* rateSearch(range: SearchRange): Search<Bracket> {
  let ends = yield* bracketed(range);
  for (let tried = 0; ends.holds !== null; tried++) {
    ends = yield* bisected(ends.holds, ends.breaks, range.precision);
    if (tried === confirmationsMost || ends.holds === null) break;
    const confirmedAt = rounded(ends.holds * confirmedShare);
    if (yield* voted('confirm', confirmedAt, 0)) return { ...ends, confirmedAt };
    ends = yield* halved(confirmedAt, range.leastRate);
  }
  return { ...ends, confirmedAt: null };
}

function* bracketed({ startRate, leastRate, mostRate }: SearchRange): Search<Ends> {
  const start = Math.min(startRate, mostRate);
  if (!(yield* voted('double', start, null))) return yield* halved(start, leastRate);
  let holds = start;
  while (holds < mostRate) {
    const next = Math.min(holds * 2, mostRate);
    if (!(yield* voted('double', next, null))) return { holds, breaks: next };
    holds = next;
  }
  return { holds, breaks: null };
}

/** Below a rate that broke, the first half of a half that holds. */
function* halved(broken: number, least: number): Search<Ends> {
  let breaks = broken;
  for (let rate = rounded(broken / 2); rate >= least; rate = rounded(rate / 2)) {
    if (yield* voted('halve', rate, null)) return { holds: rate, breaks };
    breaks = rate;
  }
  return { holds: null, breaks };
}

/** By the geometric mean: the bracket is as wide as its ends are apart in proportion. */
function* bisected(low: number, high: number | null, precision: number): Search<Ends> {
  let [holds, breaks] = [low, high];
  while (breaks !== null && breaks / holds > 1 + precision) {
    const middle = rounded(Math.sqrt(holds * breaks));
    const stepsAfter = Math.ceil(Math.log2(Math.log(breaks / holds) / Math.log(1 + precision)));
    if (yield* voted('bisect', middle, stepsAfter * votesNeeded)) holds = middle;
    else breaks = middle;
  }
  return { holds, breaks };
}

/** Two of three: one measurement may be bad luck. */
function* voted(step: Trial['step'], ratePerSecond: number, after: number | null): Search<boolean> {
  const votes = { for: 0, against: 0 };
  while (votes.for < votesNeeded && votes.against < votesNeeded) {
    const later = after === null ? null : after + votesNeeded - 1 - Math.max(votes.for, votes.against);
    if (yield { step, ratePerSecond, later }) votes.for++;
    else votes.against++;
  }
  return votes.for === votesNeeded;
}

function rounded(rate: number): number {
  return Number(rate.toPrecision(3));
}
