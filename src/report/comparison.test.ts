import { describe, expect, it } from 'vitest';
import type { Result } from '../measure/result.js';
import { type Comparison, comparedOf, comparisonText, perMessage, readComparison } from './comparison.js';
import { comparisonPage } from './html/comparison.js';
import { comparisonMarkdown } from './markdown/comparison.js';
import { renderComparison } from './terminal/comparison.js';
import { failingResult, sampleResult } from './testing/sample.js';
import { wastefulTrace } from './testing/sampleTraces.js';

const row = { in: 10_000, out: 10_000, relayed: 0, hops: 0, questions: null };

function compared(result: Result, strategy: string, more: Partial<typeof row> = {}) {
  return { ...comparedOf(result, { folder: strategy, row: { ...row, ...more } }), strategy };
}

function comparison(): Comparison {
  return {
    schema: 1,
    startedAt: '2026-01-15T12:00:00.000Z',
    source: 'live',
    command: 'npx bench run --strategies all --seed 7',
    ...{ scenario: 'direct', rooms: 'members', seed: 7, rate: '1,000 messages/s for 10 s, 64 bytes each' },
    ...{ commit: null, machine: 'linux x64, 2 cores' },
    runs: [compared(sampleResult(), 'hashed'), compared(failingResult(), 'lossy', { in: 9_000 })],
    leftOut: [{ strategy: 'kafka', why: 'no <broker> here' }],
    failed: [{ strategy: 'odd', why: '[r1] died' }],
  };
}

function shownIn(of: Comparison) {
  return {
    terminal: renderComparison(of, { colour: false, width: 100 }),
    page: comparisonPage(of).replaceAll(/<(script|style)\b[\s\S]*?<\/\1>/g, ''),
    markdown: comparisonMarkdown(of),
  };
}

describe('a comparison', () => {
  it('is read back as it was written; what is none is refused', () => {
    expect(readComparison(comparisonText(comparison()), 'it')).toEqual(comparison());
    expect(() => readComparison('{"schema": 1}', 'x.json')).toThrow(/x\.json is no comparison of this bench: .*is missing/);
    expect(() => readComparison('{"schema": 1', 'x.json')).toThrow(/cut off/);
  });

  it('shows what becomes of one message with each strategy, where one was followed', () => {
    const traced = { ...comparison(), runs: [compared({ ...sampleResult(), traces: [wastefulTrace()] }, 'single-channel')] };
    expect(readComparison(comparisonText(traced), 'it').runs[0]?.trace).toEqual(wastefulTrace());
    const [group] = shownIn(traced).page.split('class="followed"').slice(1);
    expect(group).toContain('single-channel');
    expect(group?.match(/<li class="wasted"/g)).toHaveLength(3);
    expect(shownIn(comparison()).page).not.toContain('id="followed"');
  });

  it('counts messages by message sent, and leaves unknown what a broker does not say', () => {
    const result = sampleResult();
    const silent = { ...result, brokers: result.brokers.map((broker) => ({ ...broker, out: null })) };
    expect(perMessage(compared(result, 'hashed'), 'in')).toBe(1);
    expect(perMessage(compared(silent, 'hashed'), 'out')).toBeNull();
    expect(compared({ ...result, brokers: [] }, 'none').traffic).toEqual({ in: 0, out: 0, relayed: 0, hops: 0, questions: 0 });
  });

  it('shows on the terminal a line for each strategy, then why others are missing, inside the width', () => {
    const text = renderComparison(comparison(), { colour: false, width: 100 });
    expect(text).toMatch(/✓ {2}hashed +0 +1\.00 +1\.00/);
    expect(text).toMatch(/✗ {2}lossy +3 /);
    expect(text).toContain('kafka was left out: no <broker> here');
    expect(text).toContain('odd ended without a result: [r1] died');
    expect(text).toContain('EMBEDDED');
    expect(text.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });

  it('has a page that leads to each report and escapes what it is given', () => {
    const page = comparisonPage(comparison()).replaceAll(/<(script|style)\b[\s\S]*?<\/\1>/g, '');
    expect(page).toContain('<a href="lossy/report.html">lossy</a>');
    expect(page).toContain('no &lt;broker&gt; here');
    expect(page).toContain('1 of 3 strategies passed');
    expect(page).not.toMatch(/\b(NaN|undefined|null|object Object)\b/);
  });

  it('says in the table, on the page and in Markdown how long after a join messages may be lost, where they may be', () => {
    const joining = (runs: Comparison['runs']) => ({ ...comparison(), runs });
    const [first, second] = comparison().runs;
    if (first === undefined || second === undefined) throw new Error('the comparison has fewer than two runs');
    const slow = { ...first, strategy: 'slow', joinWindowMsMax: 23.4 };
    const told = shownIn(joining([slow, second]));
    expect(told.terminal).toMatch(/p99 .* join\n.*slow .* 23\.4\n.*lossy .* none\n/);
    expect(told.terminal).toContain('join: ms after joining a room');
    expect(told.page).toMatch(/join window.*slow.*<td class="figure">23\.4<.*lossy.*<td class="figure">none</s);
    expect(told.page).toContain('within 23.4 ms of a join may be lost');
    expect(told.markdown).toMatch(/Lost after a join:\n\n\* `slow`: .*within 23\.4 ms of a join may be lost/);
    const silent = shownIn(joining([first, second]));
    for (const text of Object.values(silent)) expect(text).not.toMatch(/\bjoin\b/);
  });

  it('takes the longest join window of all nodes of a run; one that was written before there was any has none', () => {
    const result = sampleResult();
    const nodes = result.nodes.map((node, index) => ({ ...node, joinWindowMsMax: index }));
    expect(compared({ ...result, nodes }, 'hashed').joinWindowMsMax).toBe(nodes.length - 1);
    const { runs } = comparison();
    const older = { ...comparison(), runs: runs.map(({ joinWindowMsMax: _, ...run }) => run) };
    expect(readComparison(JSON.stringify(older), 'older').runs.map((run) => run.joinWindowMsMax)).toEqual([null, null]);
  });

  it('is held against the rows: what equals them is marked, what does not stands beside them', () => {
    const page = comparisonMarkdown(comparison());
    expect(page).toContain(
      '| `hashed` | 4 nodes, 3 Redis, 400 users | ✓ pass | 10,000 | 10,000 | 0 | 10,000 ✓ | 10,000 ✓ | 0 ✓ | 0 ✓ | 0 |',
    );
    expect(page).toContain('| 10,000 ✗ 9,000 | 10,000 ✓ |');
    expect(page).toContain('* `kafka`: no &lt;broker&gt; here');
  });
});
