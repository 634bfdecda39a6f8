import { describe, expect, it } from 'vitest';
import { languages } from '../language.js';
import { sampleResult } from '../testing/sample.js';
import { wholeComparison, wholeHighestRate, wholeSweep } from '../testing/samplePages.js';
import { comparisonPage } from './comparison.js';
import { highestRatePage } from './highestRate.js';
import { methodSection } from './method.js';
import { page } from './page.js';
import { sweepPage } from './sweep.js';

const sources = ['live', 'simulated', 'modelled'] as const;
const processes = 'separate processes of the operating system';

const pages = {
  run: (source) => page({ ...sampleResult(), source }),
  comparison: (source) => comparisonPage({ ...wholeComparison(), source }),
  sweep: (source) => sweepPage({ ...wholeSweep(), source }),
  capacity: (source) => highestRatePage({ ...wholeHighestRate(), source }),
} satisfies Record<string, (source: (typeof sources)[number]) => string>;

describe('how figures came about', () => {
  it.each(Object.entries(pages))('of a %s: processes are spoken of only where some ran', (_, pageOf) => {
    expect(pageOf('live')).toContain(processes);
    for (const source of ['simulated', 'modelled'] as const) expect(pageOf(source)).not.toContain(processes);
  });

  it.each(languages)('is said of every runner in words of its own: %s', (language) => {
    const said = sources.map((source) => methodSection({ source }, language));
    expect(new Set(said.map(({ title }) => title)).size).toBe(sources.length);
    expect(new Set(said.map(({ body }) => body.text)).size).toBe(sources.length);
  });

  it('is true to a simulation and to a model', () => {
    expect(methodSection({ source: 'simulated' }, 'en').body.text).toMatch(
      /None\. Virtual nodes run the state machine.*Virtual: the clock/s,
    );
    expect(methodSection({ source: 'modelled' }, 'en').body.text).toMatch(/the functions of the strategy are asked.*has no clock/s);
  });
});
