import { describe, expect, it } from 'vitest';
import { answerInWords, type HighestRate, highestRateText, limitAt, type RateTrial, readHighestRate } from './highestRate.js';
import { highestRatePage } from './html/highestRate.js';
import { renderHighestRate } from './terminal/highestRate.js';

function trial(step: RateTrial['step'], ratePerSecond: number, limit: RateTrial['limit']): RateTrial {
  const broken = limit !== null;
  return {
    ...{ step, ratePerSecond, folder: `${step}-${ratePerSecond}`, holds: !broken, limit },
    reasons: broken ? [`p99 is 80 ms (limit 50 <ms>)`] : [],
    ...{ sentPerSecond: ratePerSecond - 1, responseMsP99: broken ? 80 : 9, lost: 0 },
    busyShare: { node: 0.5, broker: 0.1, worker: 0.2, machine: null },
  };
}

const trials = [
  ...[trial('double', 100, null), trial('double', 100, null), trial('double', 200, 'machine'), trial('double', 200, 'system')],
  ...[trial('double', 200, 'system'), trial('confirm', 90, null), trial('confirm', 90, null)],
];

function found(answer: HighestRate['answer'], more: Partial<HighestRate> = {}): HighestRate {
  return {
    ...{ schema: 1, startedAt: '2026-01-15T12:00:00.000Z', source: 'live', command: 'npx bench capacity --strategy hashed' },
    ...{ scenario: 'direct', rooms: 'members', seed: 7, rate: 'from 100 messages/s', commit: null, machine: null },
    ...{ strategy: 'hashed', size: '4 nodes', slo: 'p99<50ms,lost=0', trials, answer },
    range: { startRate: 100, leastRate: 1, mostRate: 1_000, precision: 1, mostBecause: '--rate-most 1000 ends the search' },
    ...more,
  };
}

const bracket = { holds: 100, breaks: 200, confirmedAt: 90, limit: 'system' } as const;

describe('the highest rate', () => {
  it.each([
    ['a bracket', bracket, /up to between 100\/s and 200\/s; confirmed at 90\/s.*system was the limit/],
    ['a bracket of the machine', { ...bracket, limit: 'machine' }, /machine was the limit.*at least so much/],
    [
      'a bracket of the generator',
      { ...bracket, limit: 'generator' },
      /generator was the limit, not the system: it holds at least so much/,
    ],
    ['one that was not confirmed', { ...bracket, confirmedAt: null }, /NOT confirmed/],
    ['an open end', { ...bracket, breaks: null, limit: null }, /holds .* at 100\/s, and nothing higher was tried.*--rate-most 1000 ends/],
    ['none', { holds: null, breaks: 1.5, confirmedAt: null, limit: 'system' }, /does not hold p99<50ms,lost=0 at 1\/s or more/],
    ['an interrupted search', null, /interrupted after 7 measurements/],
  ] as const)('is said in words: %s', (_case, answer, words) => {
    expect(answerInWords(found(answer)).join(' ')).toMatch(words);
  });

  it('was limited by whoever most measurements at the rate that broke name', () => {
    expect(limitAt(trials, 200)).toBe('system');
    expect(limitAt(trials, 100)).toBeNull();
    expect(limitAt(trials, null)).toBeNull();
  });

  it('is shown with its votes at each rate, and why the last one broke', () => {
    const text = renderHighestRate(found(bracket), { colour: false, width: 100 });
    expect(text).toMatch(/double +200 {2}✗✗✗ +199 +80\.0 +0 +50% +10% +20% +– {2}machine, system/);
    expect(text).toMatch(/confirm +90 {2}✓✓/);
    expect(text).toContain('200/s: p99 is 80 ms (limit 50 <ms>)');
  });

  it('is read back as it was written, and has a page', () => {
    const text = highestRateText(found(bracket));
    expect(readHighestRate(text, 'it')).toEqual(found(bracket));
    const page = highestRatePage(found(bracket)).replaceAll(/<(script|style)\b[\s\S]*?<\/\1>/g, '');
    expect(page).toContain('<a href="double-200/report.html">200/s</a>');
    expect(page).toContain('limit 50 &lt;ms&gt;');
    expect(page).not.toMatch(/\b(NaN|undefined|null|object Object)\b/);
  });
});
