import { answerInWords, type HighestRate, type RateTrial, rate } from '../highestRate.js';
import { code, inCell, markdownTable } from '../markdown.js';
import { percent, threeDigits, whole } from '../numbers.js';
import { again, bullets, document, listed, named, setting } from './blocks.js';

/** A search for the highest rate: the answer in words, then every measurement. */
export function highestRateMarkdown(found: HighestRate): string {
  const [answer = '', ...more] = answerInWords(found);
  return document([
    `## The highest rate of ${code(found.strategy)}`,
    `**${inCell(answer)}**`,
    bullets(more.map(inCell)),
    `${inCell(found.size ?? 'size not known')}; ${setting(found)}`,
    markdownTable(
      ['rate', 'step', 'held', 'sent/s', 'response p99, ms', 'lost', 'busiest node', 'broker', 'worker', 'machine', 'limit'],
      found.trials.map(row),
    ),
    ...listed(
      'Why it did not hold',
      found.trials.flatMap((trial) => trial.reasons.map((why) => named(rate(trial.ratePerSecond), why))),
    ),
    ...again(found.command),
  ]);
}

function row({ ratePerSecond, step, holds, limit, sentPerSecond, responseMsP99, lost, busyShare }: RateTrial): readonly string[] {
  return [
    rate(ratePerSecond),
    step,
    holds ? '✓ yes' : '✗ no',
    ...[whole(sentPerSecond), threeDigits(responseMsP99), whole(lost)],
    ...[busyShare.node, busyShare.broker, busyShare.worker, busyShare.machine].map(percent),
    limit ?? '',
  ];
}
