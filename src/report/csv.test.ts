import { describe, expect, it } from 'vitest';
import { csv } from './csv.js';
import { resultCsv } from './figuresCsv.js';
import { sampleResult } from './testing/sample.js';

describe('comma-separated values', () => {
  it('quote what would end a cell, leave empty what is not known, and keep numbers numbers', () => {
    expect(
      csv(
        ['a', 'b'],
        [
          ['x,"y"', -1.5],
          ['two\nlines', null],
        ],
      ),
    ).toBe('a,b\r\n"x,""y""",-1.5\r\n"two\nlines",\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1'])('never are a formula: %j', (formula) => {
    const [, line = ''] = csv(['name'], [[formula]]).split('name\r\n');
    expect(line.replace(/^"/, '')).toMatch(/^'/);
  });

  it('have every figure of a result, with hostile names as text', () => {
    const result = sampleResult();
    const nodes = result.nodes.map((node, index) => (index === 0 ? { ...node, id: '=HYPERLINK("http://x")' } : node));
    const text = resultCsv({ ...result, nodes });
    expect(text).toContain('node,"\'=HYPERLINK(""http://x"")",published,');
    expect(text).toContain(`broker,redis-1,in,${result.brokers[1]?.in}\r\n`);
    expect(text).toContain('all,,delivered,10000\r\n');
  });
});
