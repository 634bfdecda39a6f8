import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
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

describe('a gate as JUnit', () => {
  it('is XML, with a case for each run and the words of what failed', () => {
    const unknown: ExactEntry = { ...sound, name: 'grouped-direct', status: 'unknown', reasons: ['a process died'] };
    const elements = elementsOf(gateJunit(recordOf([sound, failed, unknown])));
    expect(elements.map(({ name }) => name)).toEqual([
      ...['testsuites', 'testsuite', 'testcase', 'testcase', 'failure', 'testcase', 'error'],
    ]);
    expect(elements[1]?.attributes).toEqual({ name: 'exact', tests: '3', failures: '1', errors: '1', time: '7.500' });
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
