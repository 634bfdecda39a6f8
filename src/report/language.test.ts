import { describe, expect, it } from 'vitest';
import { strategyNames } from '../plan/strategies.js';
import type { LineChart } from './charts.js';
import { htmlReporter } from './html.js';
import { figuresIn } from './numbers.js';
import { englishWordsOn } from './testing/foreignWords.js';
import { modelledResult, sampleResult } from './testing/sample.js';
import { samplePages } from './testing/samplePages.js';

/** Words of the names of strategies, scenarios and brokers of the samples, and of a command, where they stand in titles and sentences. */
const given = ['hashed', 'direct', 'redis', 'broadcast', 'socket', 'predict'];

/** Names of strategies, which are made of English words. */
const names = new RegExp(`\\b(${(await strategyNames()).join('|')})\\b`, 'g');

describe('a page in Russian', () => {
  const pages = samplePages('ru');

  it.each(Object.entries(pages))('of a %s says so, and has no English outside of names, code and what was recorded', (_, page) => {
    expect(page).toContain('<html lang="ru">');
    expect(englishWordsOn(page.replaceAll(names, 'hashed'), given)).toEqual([]);
  });

  it.each(Object.entries(pages))('of a %s has charts without English but of names, with figures of that language', (_, page) => {
    const [, json = ''] = /id="charts">([\s\S]*?)<\/script>/.exec(page) ?? [];
    const charts = JSON.parse(json) as Record<string, LineChart>;
    expect(wordsOfCharts(charts)).toEqual([]);
    expect(new Set(Object.values(charts).map(({ options }) => options?.locale))).toEqual(new Set(['ru']));
  });

  it('of what was computed has none either', async () => {
    const [file] = await htmlReporter.render([modelledResult()], 'ru');
    expect(englishWordsOn(String(file?.content), given)).toEqual([]);
  });

  it('has figures and a ledger of that language', () => {
    expect(pages.run).toMatch(/ожидалось 10\u00a0000 = доставлено 9\u00a0997 \+ потеряно 3/);
  });

  it('is English when nobody asks, and the search for English finds it', async () => {
    const [asked] = await htmlReporter.render([sampleResult()], 'en');
    const [file] = await htmlReporter.render([sampleResult()]);
    expect(file).toEqual(asked);
    expect(englishWordsOn(String(file?.content))).toEqual(expect.arrayContaining(['delivered', 'Latency', 'verdict']));
  });
});

/** Titles, labels and units, but for strategies, limits and the ids of nodes and brokers. */
function wordsOfCharts(value: unknown, key = ''): readonly string[] {
  if (typeof value === 'string') return ['text', 'label'].includes(key) ? (value.match(/[A-Za-z]{3,}/g) ?? []).filter(isNoName) : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => wordsOfCharts(part, Array.isArray(value) ? key : name));
}

function isNoName(word: string): boolean {
  return !/^(hashed|single|channel|direct|Redis|lost)$/.test(word);
}

describe('figures in Russian', () => {
  const { counted, bytes, hundredths, percent, whole } = figuresIn('ru');

  it('go with the form of the word that Russian asks for', () => {
    const nodes = { one: 'узел', few: 'узла', many: 'узлов', other: 'узла' };
    expect([1, 2, 5, 11, 21, 104].map((count) => counted(count, nodes))).toEqual([
      '1 узел',
      '2 узла',
      '5 узлов',
      '11 узлов',
      '21 узел',
      '104 узла',
    ]);
  });

  it('have a comma, spaces between thousands, and units of that language', () => {
    expect([hundredths(1.5), whole(1234567), percent(0.125), bytes(1500)]).toEqual([
      '1,50',
      '1\u00a0234\u00a0567',
      '12,5\u00a0%',
      '1,50 кБ',
    ]);
  });
});
