import { createColors } from 'picocolors';
import type { Colors } from 'picocolors/types.js';
import { answerInWords, byRate, type HighestRate, type RateTrial, rate } from '../highestRate.js';
import { percent, threeDigits, whole } from '../numbers.js';
import { median } from '../perProcess.js';
import { columns, wrap } from './layout.js';

const heads = ['', 'step', 'rate', 'votes', 'sent/s', 'p99', 'lost', 'node', 'broker', 'worker', 'machine', 'limit'];
const units =
  'votes: ✓ it held, ✗ it did not; sent/s, p99 of the response in ms: medians; lost: all of them; node, broker, worker: share of a core that the busiest used; machine: of all cores';

/** The end of a search for the highest rate: the answer, who was at its limit, and how it was found. */
export function renderHighestRate(found: HighestRate, { colour, width }: { readonly colour: boolean; readonly width: number }): string {
  const colours = createColors(colour);
  const [answer = '', ...others] = answerInWords(found);
  const setting = [found.size ?? '', `scenario ${found.scenario}, rooms by ${found.rooms}, ${found.rate}, seed ${found.seed}`];
  const last = byRate(found.trials).findLast((trials) => trials.some(({ holds }) => !holds));
  return `${[
    ...wrap(answer, width).map(colours.bold),
    ...others.flatMap((words) => wrap(words, width, '  ')),
    ...wrap(setting.filter((words) => words !== '').join(', '), width, '  ').map(colours.dim),
    '',
    ...columns(
      [heads.map((word) => colours.dim(word)), ...byRate(found.trials).map((trials) => row(trials, colours))],
      heads.map((_, index) => (index < 2 || index === 3 || index === heads.length - 1 ? 'left' : 'right')),
    ),
    ...wrap(units, width, '  ').map(colours.dim),
    ...(last?.flatMap(({ reasons, ratePerSecond }) => reasons.map((why) => `${rate(ratePerSecond)}: ${why}`)) ?? [])
      .filter((words, index, all) => all.indexOf(words) === index)
      .flatMap((words) => wrap(words, width, '  ').map(colours.yellow)),
    '',
    colours.bold('Again'),
    `  ${found.command}`,
  ].join('\n')}\n`;
}

function row(trials: readonly RateTrial[], colours: Colors): readonly string[] {
  const over = (of: (trial: RateTrial) => number | null) => median(trials.map(of));
  const [first] = trials;
  const limits = [...new Set(trials.flatMap(({ limit }) => limit ?? []))];
  return [
    '',
    first?.step ?? '',
    whole(first?.ratePerSecond ?? null),
    trials.map(({ holds }) => (holds ? colours.green('✓') : colours.red('✗'))).join(''),
    whole(over(({ sentPerSecond }) => sentPerSecond)),
    threeDigits(over(({ responseMsP99 }) => responseMsP99)),
    whole(over(({ lost }) => lost)),
    ...(['node', 'broker', 'worker', 'machine'] as const).map((who) => percent(over(({ busyShare }) => busyShare[who]))),
    limits.join(', '),
  ];
}
