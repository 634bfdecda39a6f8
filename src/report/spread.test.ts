import { describe, expect, it } from 'vitest';
import { brokersChart, nodesChart } from './charts.js';
import { mostBars, spreadOf, spreadWords } from './spread.js';
import { sampleResult } from './testing/sample.js';

const many = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `n${index}`, load: (index * 17) % count }));

describe('bars', () => {
  it('are all shown while they can be told apart', () => {
    const few = many(mostBars);
    expect(spreadOf(few, ({ load }) => load)).toEqual(few.map((item) => ({ label: item.id, item })));
    expect(spreadWords(few.length, 'nodes')).toEqual([]);
  });

  it('of many are those at the quantiles and the busiest', () => {
    const shown = spreadOf(many(1001), ({ load }) => load);
    expect(shown.map(({ item }) => item.load)).toEqual([0, 250, 500, 750, 950, 990, 996, 997, 998, 999, 1000]);
    expect(shown.map(({ label }) => label.split(':')[0])).toEqual(expect.arrayContaining(['least', 'median', 'most']));
    expect(spreadWords(1001, 'nodes')[0]).toMatch(/^of 1,001 nodes/);
  });

  it('of ten thousand nodes and a thousand brokers make a chart of a few, which says so', () => {
    const result = sampleResult();
    const [node, broker] = [result.nodes[0], result.brokers[0]];
    if (node === undefined || broker === undefined) throw new Error('no node or broker');
    const large = {
      ...result,
      nodes: many(10_000).map(({ id }) => ({ ...node, id })),
      brokers: many(1_000).map(({ id }) => ({ ...broker, id })),
    };
    for (const chart of [nodesChart(large), brokersChart(large)]) {
      expect(chart.data.labels?.length).toBe(11);
      expect(chart.data.datasets.every(({ data }) => data.length === 11)).toBe(true);
      expect(JSON.stringify(chart.options?.plugins?.subtitle)).toMatch(/of 10?,000 (nodes|brokers)/);
    }
  });
});
