import { describe, expect, it } from 'vitest';
import { type BarChart, brokersChart, nodesChart, palette } from './charts.js';
import { expectedOf, failingResult, modelledResult, sampleResult } from './testing/sample.js';

const charts = { nodesChart, brokersChart };

function titles({ options }: BarChart): string {
  return [options?.plugins?.title?.text, options?.plugins?.subtitle?.text].flat().join('\n');
}

function seriesOf({ data }: BarChart): Record<string, readonly (number | null)[]> {
  return Object.fromEntries(data.datasets.map(({ label, data: values }) => [label, values]));
}

describe('charts', () => {
  it.each(Object.entries(charts))('%s is plain data and says what ran', (_, chart) => {
    const drawn = chart(sampleResult());
    expect(JSON.parse(JSON.stringify(drawn))).toEqual(drawn);
    expect(titles(drawn)).toMatch(/hashed\n4 nodes, 3 Redis, 400 users\n1,000 messages\/s for 10 s/);
    expect(titles(drawn)).not.toMatch(/EMBEDDED|verdict/);
  });

  it.each(Object.entries(charts))('%s is never shown without what spoils it', (_, chart) => {
    expect(titles(chart(failingResult()))).toMatch(/EMBEDDED broker[\s\S]*verdict: FAIL/);
    expect(titles(chart(modelledResult()))).toContain('modelled');
  });

  it('shows what each node published, got and wasted, and delivered', () => {
    const result = sampleResult();
    const wasteful = result.nodes.map((node) => ({ ...node, kinds: { ...node.kinds, chat: { ...node.kinds.chat, wasted: 7 } } }));
    const drawn = nodesChart({ ...result, nodes: wasteful });
    expect(drawn.data.labels).toEqual(['n0', 'n1', 'n2', 'n3']);
    expect(seriesOf(drawn)).toEqual({
      published: result.nodes.map(({ kinds }) => kinds.chat.published),
      'received, useful': result.nodes.map(({ kinds }) => kinds.chat.useful),
      'received, wasted': [7, 7, 7, 7],
      'delivered to sockets': result.nodes.map(({ kinds }) => kinds.chat.deliveredToSockets),
    });
    const stacks = drawn.data.datasets.map(({ stack }) => stack);
    expect(stacks).toEqual(['published', 'received', 'received', 'delivered']);
  });

  it('shows each broker in its own words, relays only where there are any', () => {
    const result = sampleResult();
    const [first] = result.brokers;
    expect(seriesOf(brokersChart(result))).toEqual({
      in: result.brokers.map((each) => each.in),
      out: result.brokers.map((each) => each.out),
    });
    expect(first?.in).toBeGreaterThan(0);
    const relaying = result.brokers.map((broker) => ({ ...broker, relayed: 5 }));
    expect(seriesOf(brokersChart({ ...result, brokers: relaying })).relayed).toEqual([5, 5, 5]);
  });

  it('shows what goes from node to node once, apart from what a node is asked', () => {
    const result = sampleResult();
    const nodes = result.brokers.map((broker) => ({ ...broker, in: 9, out: 8, hops: 6 }));
    expect(seriesOf(brokersChart({ ...result, brokers: nodes }))).toEqual({
      in: [3, 3, 3],
      out: [2, 2, 2],
      'from node to node': [6, 6, 6],
    });
  });

  it('marks what the model says of each bar, in the stack of that bar, on an axis that ends where that of the bars does', () => {
    const result = sampleResult();
    const expected = expectedOf(result);
    const { datasets } = nodesChart({ ...result, expected }).data;
    const marks = datasets.filter(({ label }) => label === 'by the model');
    expect(marks.map(({ stack, yAxisID }) => [stack, yAxisID])).toEqual([
      ['published', 'marks'],
      ['received', 'marks'],
      ['delivered', 'marks'],
    ]);
    const middles = marks[0]?.data.map((ends) => (Array.isArray(ends) ? (ends[0] + ends[1]) / 2 : null));
    expect(middles?.map((middle) => Math.round(middle ?? 0))).toEqual(expected.nodes.map(({ published }) => published));
    expect(nodesChart(result).data.datasets).toHaveLength(4);
  });

  it('says so when there is no broker', () => {
    expect(titles(brokersChart({ ...sampleResult(), brokers: [] }))).toContain('no broker');
  });

  it.each(Object.entries(charts))('%s gives every series a colour of the palette of its own', (_, chart) => {
    const colours = chart(sampleResult()).data.datasets.map(({ backgroundColor }) => backgroundColor);
    expect(new Set(colours).size).toBe(colours.length);
    expect(Object.values(palette)).toEqual(expect.arrayContaining(colours));
  });
});
