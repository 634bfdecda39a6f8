import { describe, expect, it } from 'vitest';
import { sampleResult } from '../testing/sample.js';
import { wholeComparison, wholeHighestRate, wholeSweep } from '../testing/samplePages.js';
import { sampleClaims } from '../testing/several.js';
import { repeatSection } from './repeat.js';
import { seriesRepeat } from './series.js';

const { environment } = sampleResult();
const heads = { comparison: wholeComparison(), sweep: wholeSweep(), capacity: wholeHighestRate(), claims: sampleClaims() };

describe('how to run several again', () => {
  it.each(Object.entries(heads))('of a %s: the versions, as the page of a run says them', (_, head) => {
    const { text } = seriesRepeat({ ...head, environment }, 'en').body;
    const versions = text.slice(text.indexOf('<dl', text.indexOf('<h3>Machine and versions</h3>')));
    expect(repeatSection(sampleResult(), 'en').body.text).toContain(versions);
    for (const words of ['0.1.0, v20.20.2', 'socket.io 4.8.4', 'ioredis 6.0.0', 'redis 7.0.15', '100 ms, 20 times'])
      expect(versions).toContain(words);
  });

  it('of an older record: command, seed and commit', () => {
    const { text } = seriesRepeat(heads.sweep, 'en').body;
    expect(text).toMatch(/<dt>seed<\/dt><dd>7<\/dd>.*<dt>commit<\/dt><dd><code>3f1c2ab90d47e658<\/code>/s);
    expect(text).not.toContain('Machine and versions');
  });

  it('names servers of one version together, of very many the first and the last', () => {
    const brokers = Object.fromEntries(Array.from({ length: 64 }, (_, index) => [`r${index + 1}`, 'spawned redis 7.0.15']));
    const { text } = seriesRepeat(
      { ...heads.sweep, environment: { ...environment, brokers: { ...brokers, n1: 'spawned nats 2.10' } } },
      'en',
    ).body;
    expect(text).toContain('<dd>r1, …, r64 spawned redis 7.0.15; n1 spawned nats 2.10</dd>');
  });
});
