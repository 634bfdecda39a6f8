import type { Equation, Result } from '../../measure/result.js';
import { isJudged } from '../../verdict/verdict.js';
import { type Part, parts } from '../describe.js';
import { describeWords } from '../describeWords.js';
import type { JunitCase, JunitSuite } from '../junit.js';

export function runSuite(result: Result): JunitSuite {
  const { plan, startedAt, rate, environment } = result;
  return {
    name: `${plan.strategy.name} ${plan.scenario}`,
    cases: [...parts.map((part) => partCase(result, part)), ...result.equations.map(equationCase)],
    startedAt,
    seconds: rate.seconds ?? 0,
    properties: { source: result.source, seed: String(plan.seed), commit: environment.commit ?? 'not known', command: plan.command },
  };
}

/** A part that no limit asks for was not looked at. */
function partCase({ verdict, plan }: Result, part: Part): JunitCase {
  const { status, reasons } = verdict.parts[part];
  const name = `${part}: ${describeWords.en.questions[part]}`;
  return isJudged(part, plan.limits)
    ? { name, status, words: reasons }
    : { name, status: 'skipped', words: ['no limit asks for it', ...reasons] };
}

/** Figures that differ make a run unknown, as its verdict has it. */
function equationCase({ name: equation, place, left, right, holds }: Equation): JunitCase {
  const name = `[${place}] ${equation}`;
  if (holds === true) return { name, status: 'pass' };
  if (holds === false) return { name, status: 'unknown', words: [`${left} is not ${right} (difference ${(left ?? 0) - (right ?? 0)})`] };
  return { name, status: 'skipped', words: ['a side is not known'] };
}
