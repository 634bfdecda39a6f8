import { describe, expect, it } from 'vitest';
import { type BarChart, barChart, brokersChart, nodesChart, palette } from './charts.js';
import { heightOf, type TicksAt } from './drawing.js';
import { legendOf } from './legend.js';
import { lineChart, lookOf } from './lineChart.js';
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

describe('bars', () => {
  const drawn = (labels: readonly string[], marks = false) => {
    const values = labels.map(() => 3);
    const series = [{ label: 'cost', colour: palette.blue, values, stack: 'cost' }];
    const by = { label: 'by the model', stack: 'cost', values };
    return barChart({ title: '', subtitle: [], unit: '', labels, series, ...(marks ? { marks: [by] } : {}) });
  };
  const names = Array.from({ length: 27 }, (_, index) => `user-channels-random-publish-${index}`);

  it('stand side by side as long as their names fit on a phone', () => {
    const { data, options } = drawn(['n0', 'n1', 'n2']);
    expect([data.labels, options?.indexAxis, heightOf(drawn(['n0']))]).toEqual([['n0', 'n1', 'n2'], 'x', null]);
  });

  it('lie beneath each other where they do not, each with its whole name, and need a height for it', () => {
    const { data, options } = drawn(names, true);
    expect(options?.indexAxis).toBe('y');
    expect(data.labels?.[0]).toEqual(['user-channels-', 'random-publish-0']);
    expect(data.datasets.map(({ xAxisID }) => xAxisID)).toEqual([undefined, 'marks']);
    expect(options?.scales).toMatchObject({ y: { ticks: { autoSkip: false } }, marks: { axis: 'x' } });
    expect(heightOf(drawn(names))).toBeGreaterThan(27 * 30);
  });
});

describe('lines', () => {
  const line = (label: string, at: number, ys: readonly number[]) => ({
    ...{ label, ...lookOf(at) },
    points: ys.map((y, index) => ({ x: 2 ** index, y })),
  });
  const drawn = (lines: Parameters<typeof lineChart>[0]['lines'], ticks?: readonly number[]) =>
    lineChart({ title: '', subtitle: [], horizontal: 'nodes', lines, ...(ticks === undefined ? {} : { ticks }) });
  const ticksOf = ({ options }: ReturnType<typeof drawn>, axis: 'x' | 'y') =>
    (options?.scales?.[axis]?.ticks as Partial<TicksAt> | undefined)?.at;

  it('differ in their markers as well as in their colours, as many as there are', () => {
    const { datasets } = drawn(Array.from({ length: 60 }, (_, index) => line(`${index}`, index, [1, 2, index + 3]))).data;
    const looks = datasets.map(
      ({ borderColor, pointStyle, backgroundColor }) => `${borderColor} ${pointStyle} ${backgroundColor === 'transparent'}`,
    );
    expect(new Set(looks).size).toBe(60);
    expect(new Set(datasets.slice(0, 7).map(({ pointStyle }) => pointStyle)).size).toBe(7);
  });

  it('that coincide take turns on one line, and their points surround each other', () => {
    const chart = drawn([line('one', 0, [4, 2]), line('apart', 1, [4, 9]), line('other', 2, [4, 2])]);
    const [one, apart, other] = chart.data.datasets;
    expect([one?.borderDash, apart?.borderDash, other?.borderDash]).toEqual([[9, 9], undefined, [9, 9]]);
    expect([one?.borderDashOffset, other?.borderDashOffset]).toEqual([undefined, -9]);
    expect([one?.pointRadius, apart?.pointRadius, other?.pointRadius]).toEqual([
      [5, 5],
      [8, 5],
      [11, 8],
    ]);
    expect(chart.options?.plugins?.subtitle?.text).toEqual([expect.stringContaining('coincide')]);
    expect(drawn([line('one', 0, [4, 2])]).options?.plugins?.subtitle?.text).toEqual([]);
  });

  it('have ticks at the values measured, but none whose numbers run into each other', () => {
    const chart = drawn([line('one', 0, [4, 2, 1])], [4, 1, 2]);
    expect(ticksOf(chart, 'x')).toEqual([1, 2, 4]);
    expect(ticksOf(drawn([line('one', 0, [4, 2])], [100, 1000, 1100]), 'x')).toEqual([100, 1100]);
  });

  it('stand between round values, so that what stays as it is looks so', () => {
    expect(ticksOf(drawn([line('one', 0, [9_997, 10_003])]), 'y')).toEqual([5_000, 10_000, 20_000]);
    expect(ticksOf(drawn([line('one', 0, [0.003, 70])]), 'y')).toEqual([0.01, 0.1, 1, 10, 100]);
  });

  it('of the model have no entry of their own in the legend', () => {
    const [points, model] = [line('one', 0, [4, 2]), { ...line('one, model', 0, [4, 3]), as: 'line' as const, of: 'one' }];
    expect(legendOf(drawn([points, model, line('two', 1, [5, 6])]).data.datasets)).toEqual(
      new Map([
        ['one', [0, 1]],
        ['two', [2]],
      ]),
    );
  });
});
