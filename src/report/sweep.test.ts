import { describe, expect, it } from 'vitest';
import type { Plan } from '../plan/types.js';
import { exponentInWords, growthFigureNames } from './growthFigures.js';
import { sweepPage } from './html/sweep.js';
import { growthOf, readSweep, type Sweep, type SweepPoint, sweepPointOf, sweepText } from './sweep.js';
import { sweepCharts } from './sweepCharts.js';
import { renderSweep } from './terminal/sweep.js';
import { largeSweep } from './testing/largePages.js';
import { sampleResult } from './testing/sample.js';

const vary: Sweep['vary'] = [
  { name: 'nodes', values: [1, 2, 4] },
  { name: 'brokers', values: [3, 6] },
];

/** `received` falls as 1/nodes, `handled` as 1/brokers, `wasted` is 0 at first; the other figures are those of the sample. */
function pointAt(strategy: string, nodes: number, brokers: number): SweepPoint {
  const result = sampleResult();
  const plan: Plan = { ...result.plan, size: { ...result.plan.size, nodes, brokers } };
  const point = sweepPointOf({ ...result, plan }, `${strategy}-${nodes}-${brokers}`, vary);
  const figures = { ...point.figures, receivedPerNode: 600 / nodes, handledPerBroker: 90 / brokers, subscriptionsPerNode: nodes - 1 };
  return { ...point, strategy, figures };
}

const points = [1, 2, 4].flatMap((nodes) => [3, 6].map((brokers) => pointAt('hashed', nodes, brokers)));

function sweep(): Sweep {
  return {
    ...{ schema: 1, startedAt: '2026-01-15T12:00:00.000Z', source: 'live', command: 'npx bench sweep --vary nodes=1,2,4' },
    ...{ scenario: 'direct', rooms: 'members', seed: 7, rate: '1,000 messages/s', commit: null, machine: null },
    ...{ vary, points, growth: growthOf(points, vary), added: [], leftOut: [{ strategy: 'kafka', why: 'no <broker> here' }], failed: [] },
  };
}

describe('a sweep', () => {
  it('reads its figures off a result: all nodes and brokers of the sample together handled every message once', () => {
    const { figures, at } = sweepPointOf(sampleResult(), 'x', vary);
    expect(at).toEqual({ nodes: 4, brokers: 3 });
    expect(figures).toMatchObject({ receivedByAll: 10_000, receivedPerNode: 2_500, handledPerBroker: 20_000 / 3, amplification: 2 });
    expect(figures.receivedMost).toBeGreaterThan(2_500);
  });

  it('says how each figure grows with each variable, and why of some it cannot', () => {
    const growth = (figure: string, against: string) => sweep().growth.find((one) => one.figure === figure && one.against === against);
    expect(growth('receivedPerNode', 'nodes')?.exponent).toBeCloseTo(-1, 10);
    expect(growth('receivedPerNode', 'brokers')?.exponent).toBeCloseTo(0, 10);
    expect(growth('handledPerBroker', 'brokers')?.exponent).toBeCloseTo(-1, 10);
    expect(growth('subscriptionsPerNode', 'nodes')).toMatchObject({ exponent: null, why: expect.stringContaining('it is 0 at some') });
    const alone = growthOf([pointAt('single-server', 1, 3)], vary).find(({ figure }) => figure === 'receivedPerNode');
    expect(alone).toMatchObject({ exponent: null, why: expect.stringContaining('no different nodes') });
  });

  it('is read back as it was written; what is none is refused', () => {
    expect(readSweep(sweepText(sweep()), 'it')).toEqual(sweep());
    expect(() => readSweep('{"schema": 1}', 'x.json')).toThrow(/x\.json is no sweep of this bench: .*is missing/);
  });

  it('shows on the terminal growth first, then every point', () => {
    const text = renderSweep(sweep(), { colour: false, width: 100 });
    expect(text).toMatch(/hashed +nodes +−1\.00 ±0\.00/);
    expect(text).toMatch(/✓ {2}hashed +nodes 4, brokers 6 +150 /);
    expect(text).toContain('kafka was left out: no <broker> here');
    expect(text.match(/✓ {2}hashed/g)).toHaveLength(points.length);
  });

  it('sets the model beside every measured point, as a dashed line, and names what differs from it', () => {
    const modelled = points.map((point, index) => ({
      ...point,
      model: { ...point.figures, responseMsP99: null, receivedPerNode: (point.figures.receivedPerNode ?? 0) * (index === 0 ? 2 : 1) },
    }));
    const page = sweepPage({ ...sweep(), points: modelled });
    const [, charts = ''] = /<script type="application\/json" id="charts">(.*?)<\/script>/s.exec(page) ?? [];
    const { datasets } = JSON.parse(charts)['chart-received-per-node-by-nodes'].data;
    expect(datasets.map(({ label }: { label: string }) => label)).toContain('hashed, brokers 3, model');
    expect(datasets[0]).toMatchObject({ showLine: false });
    expect(datasets[1]).toMatchObject({ borderDash: [6, 4], pointRadius: 0, data: [{ x: 1, y: 1200 }, { y: 300 }, { y: 150 }] });
    const [, residuals = ''] = /id="residuals"([\s\S]*?)<\/section>/.exec(page) ?? [];
    expect(residuals.match(/<tbody>[\s\S]*<\/tbody>/)?.[0].match(/<tr/g)).toHaveLength(1);
    expect(residuals).toMatch(/>600<\/td><td class="figure">1,200<\/td><td class="figure">-600<\/td><td class="figure">-50%</);
    expect(sweepPage(sweep())).not.toContain('id="residuals"');
  });

  it('has a page that leads to each run, names every figure and draws lines on logarithmic axes', () => {
    const page = sweepPage(sweep());
    const shown = page.replaceAll(/<(script|style)\b[\s\S]*?<\/\1>/g, '');
    expect(shown).toContain('<a href="hashed-4-6/report.html">hashed</a>');
    expect(shown).toContain('no &lt;broker&gt; here');
    expect(shown).not.toMatch(/\b(NaN|undefined|null|object Object)\b/);
    expect(shown.match(/<td class="words">nodes<\/td>/g)).toHaveLength(growthFigureNames.length);
    const [, charts = ''] = /<script type="application\/json" id="charts">(.*?)<\/script>/s.exec(page) ?? [];
    const drawn = JSON.parse(charts)['chart-received-per-node-by-nodes'];
    expect(drawn.options.scales.x.type).toBe('logarithmic');
    expect(drawn.data.datasets.map(({ label }: { label: string }) => label)).toEqual(['hashed, brokers 3', 'hashed, brokers 6']);
    expect(drawn.data.datasets[0].data).toEqual([600, 300, 150].map((y, index) => ({ x: 2 ** index, y })));
  });

  it('draws every figure over each variable, with ticks where it was measured', () => {
    const charts = sweepCharts(sweep());
    const over = (name: string) => Object.keys(charts).filter((id) => id.endsWith(`-by-${name}`));
    expect(over('brokers')).toHaveLength(over('nodes').length);
    const { data, options } = charts['chart-handled-per-broker-by-brokers'] ?? {};
    expect(data?.datasets.map(({ label }) => label)).toEqual(['hashed, nodes 1', 'hashed, nodes 2', 'hashed, nodes 4']);
    expect(options?.scales?.x).toMatchObject({ title: { text: 'brokers' }, ticks: { at: [3, 6] } });
    expect(options?.plugins?.title?.text).toBe('messages in, out and relayed per broker, against brokers');
  });

  it('draws what a strategy made of a size where that is, and nothing of a mesh over the brokers that it does not have', () => {
    const { points, ...rest } = sweep();
    const [first] = points;
    if (first === undefined) throw new RangeError('no point');
    const alone: SweepPoint = { ...first, strategy: 'single-channel', at: { nodes: 1, brokers: 1 } };
    const mesh: SweepPoint = { ...first, strategy: 'mesh', at: { nodes: 1, brokers: 0 } };
    const chart = sweepCharts({ ...rest, points: [...points, alone, mesh] })['chart-received-per-node-by-brokers'];
    expect(chart?.options?.scales?.x).toMatchObject({ ticks: { at: [1, 3, 6] } });
    expect(Number(chart?.options?.scales?.x?.min)).toBeLessThanOrEqual(1);
    const placed = chart?.data.datasets.flatMap(({ label, data }) => (label?.startsWith('hashed') ? [] : [[label, data.length]]));
    expect(placed).toEqual([['single-channel, nodes 1', 1]]);
  });

  it('draws of each strategy but the most of what else varies, and says so, where there are more lines than markers', () => {
    const strategies = ['hashed', 'ring', 'grouped', 'single-channel'];
    const chart = sweepCharts(largeSweep(strategies, [1, 2, 4]))['chart-amplification-by-nodes'];
    const drawn = chart?.data.datasets.filter(({ pointRadius }) => pointRadius !== 0).map(({ label }) => label);
    expect(drawn).toEqual(strategies.map((strategy) => `${strategy}, brokers 4`));
    expect(chart?.options?.plugins?.subtitle?.text).toContain('each strategy only at its largest brokers; the table has the rest');
  });

  it('of every strategy over two variables is a page below 1.5 MB', () => {
    const strategies = Array.from({ length: 27 }, (_, index) => `strategy-${index}`);
    expect(Buffer.byteLength(sweepPage(largeSweep(strategies, [1, 2, 4])))).toBeLessThan(1_500_000);
  });
});

it('an exponent is said with its error, and no 0 with a sign', () => {
  expect(exponentInWords(-0.9962, 0.013)).toBe('−1.00 ±0.01');
  expect(exponentInWords(-0.0000001, 0)).toBe('0.00 ±0.00');
  expect(exponentInWords(1, null)).toBe('1.00');
  expect(exponentInWords(null, null)).toBe('–');
});
