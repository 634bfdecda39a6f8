import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { Result } from '../measure/result.js';
import { claimsWords } from './claimsWords.js';
import { type FormatName, formatNames, formatted } from './formats.js';
import { type Kept, keptText, kindOfFile, readKept, recordFile, recordKinds } from './records.js';
import { failingResult, modelledResult, sampleResult } from './testing/sample.js';
import { samplePlanned } from './testing/samplePages.js';
import { sampleClaims, sampleComparison, sampleHighestRate, sampleSweep } from './testing/several.js';
import { xmlElements } from './testing/xml.js';

const all: readonly Kept[] = [
  { kind: 'result', record: sampleResult() },
  { kind: 'comparison', record: sampleComparison() },
  { kind: 'sweep', record: sampleSweep() },
  { kind: 'capacity', record: sampleHighestRate() },
  { kind: 'claims', record: sampleClaims() },
  { kind: 'plan', record: samplePlanned() },
];

async function textOf(name: FormatName, kept: Kept): Promise<string> {
  const [file, ...others] = await formatted(name, kept);
  expect(others).toEqual([]);
  return String(file?.content);
}

const ofResult = (name: FormatName, record: Result) => textOf(name, { kind: 'result', record });

function recordsOf(csv: string): readonly Readonly<Record<string, string>>[] {
  return parse(csv, { columns: true, record_delimiter: '\r\n' });
}

function casesOf(xml: string): readonly (readonly [name: string, outcome: string])[] {
  const elements = xmlElements(xml);
  return elements.flatMap(({ name, attributes }, index) => {
    if (name !== 'testcase') return [];
    const after = elements[index + 1]?.name ?? '';
    return [[attributes.name ?? '', ['failure', 'error', 'skipped'].includes(after) ? after : 'pass'] as const];
  });
}

describe('formats', () => {
  it.each(formatNames)('%s has files for every kind of record, all named, none of them empty', async (name) => {
    for (const kept of all) {
      const files = await formatted(name, kept);
      expect(files.length).toBeGreaterThan(0);
      for (const { path, content } of files) {
        expect(path).toMatch(/^[a-z0-9-]+\.[a-z]+$/);
        expect(content.length).toBeGreaterThan(100);
        if (typeof content === 'string' && name !== 'json' && name !== 'html')
          expect(content).not.toMatch(/\b(NaN|undefined|object Object)\b/);
      }
    }
  });

  it('writes json that is read back as the same record, by the kind of its file', () => {
    expect(all.map(({ kind }) => kind).toSorted()).toEqual(recordKinds.toSorted());
    for (const kept of all) {
      const kind = kindOfFile(recordFile(kept.kind));
      expect(kind && readKept(kind, keptText(kept), 'it')).toEqual(kept);
    }
    expect(recordFile('plan')).toBe('fleets.json');
    expect(kindOfFile('plan.json')).toBeUndefined();
  });
});

describe('the CSV of a run', () => {
  it('has one figure a row, of the run, every node, broker and worker, as in result.json', async () => {
    const result = sampleResult();
    const rows = recordsOf(await ofResult('csv', result));
    const value = (id: string, figure: string) => rows.filter((row) => row.id === id && row.figure === figure).map((row) => row.value);
    expect(new Set(rows.map(({ role, id }) => `${role} ${id}`))).toEqual(
      new Set(['run ', ...result.nodes.map(({ id }) => `node ${id}`), ...result.brokers.map(({ id }) => `broker ${id}`), 'worker w0']),
    );
    expect(value('', 'counts.delivered')).toEqual(['10000']);
    expect(value('n2', 'kinds.chat.received')).toEqual([String(result.nodes[2]?.kinds.chat.received)]);
    expect(value('redis-1', 'out')).toEqual([String(result.brokers[1]?.out)]);
    const p99 = result.latencyMs.response.crossNode?.quantiles.find(([at]) => at === 0.99)?.[1];
    expect(value('', 'latencyMs.response.crossNode.p99')).toEqual([String(p99)]);
    expect(rows.filter(({ value: shown }) => Number.isNaN(Number(shown)))).toEqual([]);
  });

  it('leaves empty what nobody knows, with the reason where one is given', async () => {
    const rows = recordsOf(await ofResult('csv', modelledResult()));
    const of = (role: string, figure: string) => rows.find((row) => row.role === role && row.figure === figure);
    const reason = 'nothing was run: this result is computed from the routing alone';
    expect(of('broker', 'cpuUs')).toMatchObject({ value: '', why: reason });
    expect(of('run', 'latencyMs.response.all')).toMatchObject({ value: '', why: reason });
    expect(of('broker', 'in')).toMatchObject({ value: String(modelledResult().brokers[0]?.in), why: '' });
  });

  it('makes no formula of a name', async () => {
    const result = sampleResult();
    const plan = { ...result.plan, strategy: { ...result.plan.strategy, name: '=HYPERLINK("http://evil","x")' } };
    const nodes = result.nodes.map((node, index) => (index === 0 ? { ...node, id: '@SUM(1)\r\n+2' } : node));
    const rows = recordsOf(await ofResult('csv', { ...result, plan, nodes }));
    expect(new Set(rows.map(({ strategy }) => strategy))).toEqual(new Set(['\'=HYPERLINK("http://evil","x")']));
    expect(rows.map(({ id }) => id)).toContain("'@SUM(1)\r\n+2");
  });
});

describe('the CSV of several runs', () => {
  it('has each figure of each strategy and round, of each size, of each measurement', async () => {
    const compared = recordsOf(await textOf('csv', { kind: 'comparison', record: sampleComparison() }));
    const lost = compared
      .filter(({ figure }) => figure === 'lost')
      .map(({ strategy, round, verdict, value }) => [strategy, round, verdict, value]);
    expect(lost).toEqual([
      ['hashed', '', 'pass', '0'],
      ['lossy', '', 'fail', '3'],
    ]);
    expect(compared.filter(({ figure, round }) => figure === 'responseMs.p99' && round === '1')).toHaveLength(2);
    const swept = recordsOf(await textOf('csv', { kind: 'sweep', record: sampleSweep() }));
    expect(swept.filter(({ figure }) => figure === 'amplification').map(({ nodes, value }) => [nodes, value])).toHaveLength(2);
    expect(swept.find(({ figure }) => figure === 'exponent.amplification.nodes')).toMatchObject({
      strategy: 'hashed',
      nodes: '',
      value: '0',
    });
    const found = recordsOf(await textOf('csv', { kind: 'capacity', record: sampleHighestRate() }));
    expect(found.filter(({ figure }) => figure === 'ratePerSecond').map(({ trial, holds, value }) => [trial, holds, value])).toEqual([
      ['1', 'yes', '100'],
      ['2', 'no', '200'],
    ]);
    expect(found.find(({ figure, trial }) => figure === 'breaks' && trial === '')).toMatchObject({ value: '200', limit: 'system' });
  });
});

describe('the JUnit of a run', () => {
  it('has a case for each part and each equation, and says what did not pass and why', async () => {
    const result = failingResult();
    const xml = await ofResult('junit', result);
    const cases = casesOf(xml);
    expect(cases).toHaveLength(4 + result.equations.length);
    expect(cases.slice(0, 4).map(([name, outcome]) => [name.split(':')[0], outcome])).toEqual([
      ['delivery', 'failure'],
      ['accounting', 'error'],
      ['latency', 'pass'],
      ['load', 'pass'],
    ]);
    const broken = result.equations.filter(({ holds }) => holds === false);
    expect(broken.length).toBeGreaterThan(0);
    expect(cases.slice(4).filter(([, outcome]) => outcome === 'error')).toEqual(
      broken.map(({ place, name }) => [`[${place}] ${name}`, 'error']),
    );
    const suite = xmlElements(xml).find(({ name }) => name === 'testsuite');
    expect(suite?.attributes).toMatchObject({ name: 'hashed direct', failures: '1', errors: String(1 + broken.length), time: '9.999' });
  });

  it('skips a part that no limit asks for, and an equation of which a side is not known', async () => {
    const { plan, ...result } = modelledResult();
    const { responseMsP99: _, ...limits } = plan.limits;
    const cases = casesOf(await ofResult('junit', { ...result, plan: { ...plan, limits } }));
    expect(cases.filter(([, outcome]) => outcome === 'skipped').map(([name]) => name)).toEqual([
      'latency: Was it fast enough?',
      'load: Was the intended load really offered?',
      '[all] sum of replies = received',
    ]);
  });
});

describe('the JUnit of several runs', () => {
  it('has a suite for each strategy, with what ended without a result and what was left out', async () => {
    const record = sampleComparison();
    const [first, ...others] = record.runs;
    if (first === undefined) throw new Error('the comparison has no run');
    const differing = {
      ...first,
      status: 'unknown' as const,
      rounds: [...first.rounds, ...first.rounds],
      differs: ['round 2 counted otherwise'],
    };
    const xml = await textOf('junit', { kind: 'comparison', record: { ...record, runs: [differing, ...others] } });
    expect(
      xmlElements(xml)
        .filter(({ name }) => name === 'testsuite')
        .map(({ attributes }) => attributes.name),
    ).toEqual(['hashed', 'lossy', 'odd', 'kafka']);
    expect(casesOf(xml)).toEqual([
      ['verdict', 'error'],
      ['all rounds count alike', 'error'],
      ['verdict', 'failure'],
      ['ended with a result', 'error'],
      ['can run here', 'skipped'],
    ]);
  });

  it.each([
    ['pass', {}],
    ['error', { confirmedAt: null }],
    ['failure', { holds: null, breaks: 10, confirmedAt: null }],
  ])('judges a search: %s', async (outcome, answer) => {
    const record = sampleHighestRate();
    const changed = { ...record, answer: { ...record.answer, ...answer } as typeof record.answer };
    expect(casesOf(await textOf('junit', { kind: 'capacity', record: changed }))).toEqual([['holds p99<50ms,lost=0', outcome]]);
  });
});

const hostile = '<img src=x onerror=alert(1)> ``` | [x](javascript:1) @all\n# h';

describe('Markdown', () => {
  it('of a run says the verdict, why, and who handled how much', async () => {
    const text = await ofResult('markdown', failingResult());
    expect(text).toMatch(/^## ✗ `hashed`: fail\n/);
    expect(text).toContain('\n* 3 of 10,000 expected deliveries were lost');
    expect(text).toContain('| accounting | ? unknown | ');
    expect(text).toMatch(/\| `n0` \| 2,520 \| 2,509 \| 2,509 \| 0 \| 2,509 \|/);
    expect(text).toContain('**EMBEDDED broker');
    expect(text).toContain('```sh\nbench run --strategy hashed');
  });

  it('of a comparison sets everything beside the best', async () => {
    const text = await textOf('markdown', { kind: 'comparison', record: sampleComparison() });
    expect(text).toContain('**1 of 3 strategies passed**');
    expect(text).toMatch(/\| strategy \| amplification \|.*\n.*\n\| `hashed` \| 2\.00 ×1 \|/);
    expect(text).toContain('* `odd`: \\[r1\\] died');
  });

  it('of a sweep has the exponents, of a search its answer', async () => {
    expect(await textOf('markdown', { kind: 'sweep', record: sampleSweep() })).toMatch(/\| `hashed` \| nodes \| .*0\.00 \|/);
    expect(await textOf('markdown', { kind: 'capacity', record: sampleHighestRate() })).toContain(
      '**hashed holds p99&lt;50ms,lost=0 up to',
    );
  });

  it('keeps hostile names and reasons text, inside their cells', async () => {
    const result = failingResult();
    const parts = { ...result.verdict.parts, delivery: { status: 'fail' as const, reasons: [hostile] } };
    const plan = { ...result.plan, strategy: { ...result.plan.strategy, name: hostile }, command: hostile };
    const text = await ofResult('markdown', { ...result, plan, verdict: { ...result.verdict, reasons: [hostile], parts } });
    expect(text.replaceAll(/(`{4,})(?!`)[\s\S]*?[^`]\1(?!`)/g, '')).not.toMatch(/<(?!br>)|\]\(javascript|^# h/m);
    const line = text.split('\n').find((one) => one.startsWith('| delivery |')) ?? '';
    expect(line.match(/(?<!\\)\|/g)).toHaveLength(4);
  });
});

describe('claims', () => {
  it('are cases of JUnit, part by part, with how they came out: refuted is measured, what nobody measured is an error, what no run shows is skipped', async () => {
    const cases = new Map(casesOf(await textOf('junit', { kind: 'claims', record: sampleClaims() })));
    const { parts } = claimsWords.en;
    const outcomes = (part = '') => [...cases].filter(([name]) => name.startsWith(`${part}: `));
    expect(outcomes(parts.oneNode)).toEqual([[`${parts.oneNode}: ✓ yes`, 'pass']]);
    expect(outcomes(parts.nodesShare)).toEqual([[`${parts.nodesShare}: ✗ no`, 'pass']]);
    expect(outcomes(parts.mostMoves)).toEqual([[expect.any(String), 'error']]);
    expect(cases.get('can run here')).toBe('skipped');
  });

  it('have in CSV what was seen and what it decided', async () => {
    const rows = recordsOf(await textOf('csv', { kind: 'claims', record: sampleClaims() }));
    const decided = rows.filter(({ strategy, part }) => strategy === 'hashed' && part === 'nodesShare');
    expect(decided).toMatchObject([
      { holds: 'false', figure: 'receivedPerNode', point: 'four-nodes', besidePoint: 'two-nodes', value: '0.8' },
    ]);
    expect(rows.filter(({ point, part, figure }) => point === 'two-nodes' && part === '' && figure === 'receivedPerNode')).toMatchObject([
      { strategy: 'hashed', value: '500' },
    ]);
  });
});

describe('a plan', () => {
  const plan = samplePlanned();
  const ofPlan = (name: FormatName, record = plan) => textOf(name, { kind: 'plan', record });

  it('is a case of JUnit for each strategy; one that cannot is skipped with the reason, and only that none can is a failure', async () => {
    const xml = await ofPlan('junit');
    expect(casesOf(xml)).toEqual([
      ['a strategy carries the load', 'pass'],
      ['hashed: 120 nodes, 4 brokers', 'pass'],
      ['single-channel: 120 nodes, 40 brokers', 'pass'],
      ['node-inbox: 120 nodes, 0 brokers', 'pass'],
      ['master', 'skipped'],
    ]);
    expect(xml).toContain('the master would be full');
    const none = { ...plan, strategies: [], advice: null };
    expect(casesOf(await ofPlan('junit', none))).toEqual([
      ['a strategy carries the load', 'failure'],
      ['master', 'skipped'],
    ]);
  });

  it('has in CSV what was demanded, every figure of every fleet, and why there is none', async () => {
    const rows = recordsOf(await ofPlan('csv'));
    const of = (strategy: string) => rows.filter((row) => row.strategy === strategy && row.users === '1000000');
    const value = (strategy: string, figure: string) => of(strategy).find((row) => row.figure === figure)?.value;
    expect([value('', 'demands.utilisation'), value('', 'demands.responseMsP99')]).toEqual(['0.6', '50']);
    expect([value('hashed', 'nodes'), value('hashed', 'broker.share'), value('hashed', 'millionMore.cores')]).toEqual([
      '120',
      '0.58',
      '40',
    ]);
    expect(value('node-inbox', 'lostShare')).toBe('');
    expect(of('master')).toMatchObject([{ figure: 'cores', value: '', why: 'the master would be full' }]);
    expect(new Set(of('hashed').map(({ take }) => take))).toEqual(new Set(['hashed']));
    expect(rows.filter(({ users }) => users === '10000000')).toMatchObject([{ take: 'node-inbox', strategy: 'hashed', value: '420' }]);
  });

  it('says in Markdown which to take, that it is predicted, what cannot do it, and what it rests on', async () => {
    const text = await ofPlan('markdown');
    expect(text).toMatch(/^## How many nodes and brokers\n\n\*\*Take hashed\*\*\n\n\* it needs the fewest cores\n/);
    expect(text).toContain('Predicted, not measured');
    expect(text).toMatch(/\n\| `hashed` \| 120 \| 4 \| 41\.0 \|/);
    expect(text).toContain('* `master`: the master would be full');
    expect(text).toMatch(
      /the reference; 2 live runs at 150 to 4,000 messages\/s.*; seed: 7; commit: 3f1c2ab90d47e658; bench, Node\.js: 0\.1\.0/,
    );
    expect(text).toContain('```sh\nnpx bench plan --users 1e6');
    const [file] = await formatted('markdown', { kind: 'plan', record: plan }, 'ru');
    expect(file?.content).toContain('**Возьмите hashed**');
  });

  it('tells on its page how it came about, and gives the record', async () => {
    const page = await ofPlan('html');
    expect(page).toContain('How this was predicted');
    expect(page).toContain('download="fleets.json"');
    expect(page).toContain('<code>3f1c2ab90d47e658</code>');
  });

  it('without a fleet is a page and a picture less', async () => {
    const none = { ...plan, strategies: [], advice: null, outlooks: [], winners: [] };
    expect(await ofPlan('html', none)).toContain('No strategy can do it');
    expect(await formatted('png', { kind: 'plan', record: none })).toEqual([]);
    expect(await ofPlan('markdown', none)).toContain('**No strategy can do it under these demands**');
  });

  it.each([
    ['no schema', { schema: 2 }],
    ['a fleet without a size', { strategies: [{ strategy: 'hashed' }] }],
    ['sliders of nothing', { outlooks: [{}] }],
  ])('that is none is refused in words: %s', (_, changed) => {
    const text = JSON.stringify({ ...plan, ...changed });
    expect(() => readKept('plan', text, 'fleets.json')).toThrow(/fleets\.json is no plan of this bench/);
  });
});
