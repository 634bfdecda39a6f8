import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import type { Comparison } from '../verdict/costGate.js';
import type { ExactEntry, GateRecord } from '../verdict/gate.js';
import { gateJunit } from './gateJunit.js';
import { gateMarkdown } from './gateMarkdown.js';
import { renderGate } from './terminal/gate.js';

const sound: ExactEntry = {
  ...{ name: 'hashed-direct', why: 'a channel for each user', command: 'npx bench run --strategy hashed', seconds: 2.5 },
  ...{ status: 'pass', reasons: [], differences: [] },
};
const difference = { figure: 'nodes.n1.chat.published', live: 66, expected: '33', by: 'baseline' } as const;
const failed: ExactEntry = {
  ...sound,
  name: 'ring-direct',
  status: 'fail',
  differences: [difference],
  command: 'npx bench run --strategy ring',
};
const hostile = '<img src=x onerror=alert(1)>"]]>&|`\u0000\ud800*';

function recordOf(entries: readonly ExactEntry[]): GateRecord {
  return {
    schema: 1,
    status: 'fail',
    command: 'npx bench gate',
    exact: { status: 'fail', baseline: 'results/baseline', entries },
    statistical: null,
  };
}

const comparison: Comparison = {
  ...{ strategy: 'hashed', figure: 'node', status: 'fail', advisory: false, pairs: 10, base: 140, head: 161 },
  ...{ ratio: 1.152, low: 1.09, high: 1.21, confidence: 0.99, limit: 0.06 },
};
const compared: GateRecord = {
  ...{ schema: 1, status: 'fail', command: 'npx bench gate --against main', exact: null },
  statistical: {
    ...{ status: 'fail', reasons: [], base: 'main (<abc>)', head: 'this folder', run: '--nodes 1', limits: 'stated', pairs: [] },
    figures: [comparison, { ...comparison, figure: 'p99', status: 'unknown', advisory: true, low: Number.NEGATIVE_INFINITY }],
  },
};

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

/** Throws at the first thing that is no XML. */
function elementsOf(xml: string): readonly Element[] {
  const elements: Element[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => elements.push({ name, attributes, text: '' }));
  parser.on('text', (text) => {
    const last = elements.at(-1);
    if (last !== undefined) last.text += text;
  });
  parser.write(xml).close();
  return elements;
}

describe('a gate on the terminal', () => {
  const shown = renderGate(recordOf([sound, failed]), { colour: false, width: 120 });

  it('names the figure, its place, both values, and the command that repeats it', () => {
    expect(shown).toContain('- nodes.n1.chat.published: 66 live, 33 by the baseline');
    expect(shown).toContain('again: npx bench run --strategy ring\n');
    expect(shown.trimEnd().endsWith('npx bench gate')).toBe(true);
  });

  it('says how many more figures differ than it shows', () => {
    const many = { ...failed, differences: Array.from({ length: 20 }, () => difference) };
    const lines = renderGate(recordOf([many]), { colour: false, width: 120 });
    expect(lines.match(/66 live/g)).toHaveLength(8);
    expect(lines).toContain('and 12 more, which --json lists');
  });
});

describe('a comparison with another commit', () => {
  it('says change, interval, limit and verdict of each figure, in a table', () => {
    const text = gateMarkdown(compared);
    expect(text).toContain('### CPU, this folder against main \\(&lt;abc&gt;\\)');
    expect(text).toContain('| ✗ | hashed | CPU, nodes, µs | 140 | 161 | +15.2 % | +9.0 % to +21.0 % | +6.0 % | fail |');
    expect(text).toContain('| ? | hashed | response p99, ms | 140 | 161 | +15.2 % | −∞ to +21.0 % | +6.0 % | unknown, advisory |');
    expect(renderGate(compared, { colour: false, width: 160 })).toMatch(
      /✗ {2}hashed +CPU, nodes, µs +140 +161 +\+15\.2 % +\+9\.0 % to \+21\.0 %/,
    );
  });

  it('is a case for each figure in JUnit, with the command that repeats it', () => {
    const elements = elementsOf(gateJunit(compared));
    expect(elements.map(({ name, attributes }) => attributes.name ?? name)).toEqual([
      ...['bench gate', 'statistical', 'hashed node', 'failure', 'hashed p99', 'error'],
    ]);
    expect(elements[3]?.text).toMatch(/change: \+15\.2 %, interval: \+9\.0 % to \+21\.0 %.*\nagain: npx bench gate --against main/);
  });
});

describe('a gate as JUnit', () => {
  it('is XML, with a case for each run and the words of what failed', () => {
    const unknown: ExactEntry = { ...sound, name: 'grouped-direct', status: 'unknown', reasons: ['a process died'] };
    const elements = elementsOf(gateJunit(recordOf([sound, failed, unknown])));
    expect(elements.map(({ name }) => name)).toEqual([
      ...['testsuites', 'testsuite', 'testcase', 'testcase', 'failure', 'testcase', 'error'],
    ]);
    expect(elements[1]?.attributes).toEqual({ name: 'exact', tests: '3', failures: '1', errors: '1', skipped: '0', time: '7.500' });
    expect(elements[4]?.text).toContain('66 live, 33 by the baseline\nagain: npx bench run --strategy ring');
    expect(elements[6]?.attributes.message).toBe('a process died');
  });

  it('keeps text of others text, and leaves out what XML has no place for', () => {
    const [, , testcase, failure] = elementsOf(gateJunit(recordOf([{ ...failed, name: hostile, reasons: [hostile] }])));
    expect(testcase?.attributes.name).toBe('<img src=x onerror=alert(1)>"]]>&|`\ufffd\ufffd*');
    expect(failure?.text).toContain('<img src=x onerror=alert(1)>"]]>&|`');
  });
});

describe('a gate as Markdown', () => {
  it('is a table with a row for each run, and the command that repeats each that did not pass', () => {
    const text = gateMarkdown(recordOf([sound, failed]));
    expect(text).toContain('| ✓ | hashed-direct | pass | 0 |  |');
    expect(text).toContain('| ✗ | ring-direct | fail | 1 | nodes.n1.chat.published: 66 live, 33 by the baseline |');
    expect(text).toContain('npx bench run --strategy ring');
    expect(text).not.toContain('npx bench run --strategy hashed');
  });

  it('keeps text of others in its cell, without markup of theirs', () => {
    const row = gateMarkdown(recordOf([{ ...failed, reasons: [hostile, 'second'] }]))
      .split('\n')
      .find((line) => line.includes('onerror'));
    expect(row?.replaceAll('<br>', '')).not.toMatch(/[<>]/);
    expect(row?.split(/(?<!\\)\|/)).toHaveLength(7);
  });
});
