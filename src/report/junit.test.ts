import { describe, expect, it } from 'vitest';
import { junitText } from './junit.js';
import { xmlElements } from './testing/xml.js';

const hostile = '<img src=x onerror="alert(1)">\']]>&\u0000\u001b\ud800\ufffe\n\tend';
/** What of it XML has no place for, replaced. */
const shown = '<img src=x onerror="alert(1)">\']]>&\ufffd\ufffd\ufffd\ufffd\n\tend';

describe('JUnit', () => {
  it('has a case for each, failures, errors and skips apart, and sums', () => {
    const xml = junitText('bench gate', [
      {
        name: 'exact',
        startedAt: '2026-01-15T12:00:00.000Z',
        properties: { seed: '7' },
        cases: [
          { name: 'a', status: 'pass', seconds: 1.5 },
          { name: 'b', status: 'fail', seconds: 2, words: ['66 live, 33 by the model', 'again: npx bench gate'] },
          { name: 'c', status: 'unknown', words: ['a node died'] },
          { name: 'd', status: 'skipped', words: ['nobody asked'] },
        ],
      },
      { name: 'none', cases: [], seconds: 3 },
    ]);
    expect(
      xmlElements(xml).map(({ name, attributes, text }) => ({ name, ...attributes, ...(text.trim() === '' ? {} : { text }) })),
    ).toEqual([
      { name: 'bench gate' },
      { name: 'exact', tests: '4', failures: '1', errors: '1', skipped: '1', time: '3.500', timestamp: '2026-01-15T12:00:00.000Z' },
      { name: 'properties' },
      { name: 'seed', value: '7' },
      { classname: 'bench.gate.exact', name: 'a', time: '1.500' },
      { classname: 'bench.gate.exact', name: 'b', time: '2.000' },
      { name: 'failure', message: '66 live, 33 by the model', text: '66 live, 33 by the model\nagain: npx bench gate' },
      { classname: 'bench.gate.exact', name: 'c', time: '0.000' },
      { name: 'error', message: 'a node died', text: 'a node died' },
      { classname: 'bench.gate.exact', name: 'd', time: '0.000' },
      { name: 'skipped', message: 'nobody asked', text: 'nobody asked' },
      { name: 'none', tests: '0', failures: '0', errors: '0', skipped: '0', time: '3.000' },
    ]);
  });

  it('keeps hostile text text, whatever characters it has', () => {
    const cases = [{ name: hostile, status: 'fail' as const, words: [hostile] }];
    const elements = xmlElements(junitText(hostile, [{ name: hostile, cases, properties: { command: hostile } }]));
    expect(elements.map(({ name }) => name)).toEqual(['testsuites', 'testsuite', 'properties', 'property', 'testcase', 'failure']);
    expect(elements.at(4)?.attributes.name).toBe(shown);
    expect(elements.at(5)).toEqual({ name: 'failure', attributes: { message: shown }, text: shown });
  });
});
