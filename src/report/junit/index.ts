import { pointInWords } from '../../plan/variation.js';
import { type ClaimPart, type Claims, statusOfPart } from '../claims.js';
import { criterionInWords, holdsInWords, measuredInWords, statementOf } from '../claimsInWords.js';
import type { Comparison } from '../comparison.js';
import { answerInWords, type HighestRate } from '../highestRate.js';
import { type JunitCase, type JunitSuite, junitText } from '../junit.js';
import type { ForEach } from '../records.js';
import type { SeriesHead } from '../series.js';
import type { Sweep } from '../sweep.js';
import { planSuite } from './plan.js';
import { runSuite } from './run.js';

/** Every record as suites of cases: of one run a case for each part of the verdict and for each equation, of several a suite for each strategy. */
export const junit: ForEach<string> = {
  result: (result) => junitText('bench run', [runSuite(result)]),
  comparison: (comparison) => junitText('bench compare', comparisonSuites(comparison)),
  sweep: (sweep) => junitText('bench sweep', sweepSuites(sweep)),
  capacity: (found) => junitText('bench capacity', [highestRateSuite(found)]),
  claims: (claims) => junitText('bench claims', claimsSuites(claims)),
  plan: (plan) => junitText('bench plan', [planSuite(plan)]),
};

function comparisonSuites(comparison: Comparison): readonly JunitSuite[] {
  const suites = comparison.runs.map(
    ({ strategy, status, reasons, rounds, differs }) =>
      [
        strategy,
        [
          { name: 'verdict', status, words: reasons },
          ...(rounds.length < 2
            ? []
            : [{ name: 'all rounds count alike', status: differs.length === 0 ? 'pass' : 'unknown', words: differs } as const]),
        ],
      ] as const,
  );
  return withNotRun(comparison, comparison, new Map(suites));
}

function sweepSuites(sweep: Sweep): readonly JunitSuite[] {
  const suites = new Map<string, JunitCase[]>();
  for (const { strategy, at, status, reasons } of sweep.points)
    suites.set(strategy, [...(suites.get(strategy) ?? []), { name: pointInWords(at), status, words: reasons }]);
  return withNotRun(sweep, sweep, suites);
}

/** What ended without a result is an error of its strategy, what cannot run on the machine was skipped. */
function withNotRun(
  head: SeriesHead,
  { failed, leftOut }: Pick<Sweep, 'failed' | 'leftOut'>,
  suites: ReadonlyMap<string, readonly JunitCase[]>,
): readonly JunitSuite[] {
  const all = new Map(suites);
  const add = (strategy: string, one: JunitCase) => all.set(strategy, [...(all.get(strategy) ?? []), one]);
  for (const { strategy, why } of failed) add(strategy, { name: 'ended with a result', status: 'unknown', words: [why] });
  for (const { strategy, why } of leftOut) add(strategy, { name: 'can run here', status: 'skipped', words: [why] });
  return [...all].map(([name, cases]) => ({ name, cases, ...aboutSeries(head) }));
}

/** A case for each part of a claim, whose name says how it came out. */
function claimsSuites(claims: Claims): readonly JunitSuite[] {
  const suites = claims.claims.map(({ strategy, parts }) => [strategy, parts.map(claimCase)] as const);
  return withNotRun(claims, claims, new Map(suites));
}

function claimCase(part: ClaimPart): JunitCase {
  const name = `${statementOf(part, 'en')}: ${holdsInWords(part, 'en')}`;
  return { name, status: statusOfPart(part), words: [measuredInWords(part, 'en'), criterionInWords(part, 'en')] };
}

/** An answer that was not confirmed, or that the search was kept from, is one that nobody knows. */
function highestRateSuite(found: HighestRate): JunitSuite {
  const { answer, slo, strategy } = found;
  const known = answer !== null && (answer.holds === null || answer.confirmedAt !== null);
  const status = !known ? 'unknown' : answer.holds === null ? 'fail' : 'pass';
  return { name: strategy, cases: [{ name: `holds ${slo}`, status, words: answerInWords(found) }], ...aboutSeries(found) };
}

function aboutSeries({ startedAt, scenario, rooms, seed, commit, command }: SeriesHead): Pick<JunitSuite, 'startedAt' | 'properties'> {
  return { startedAt, properties: { scenario, rooms, seed: String(seed), commit: commit ?? 'not known', command } };
}
