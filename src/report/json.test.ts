import { describe, expect, it } from 'vitest';
import { BenchError } from '../error.js';
import { readResult, resultText } from './json.js';
import { failingResult, modelledResult, sampleResult } from './testing/sample.js';

const where = 'results/x/result.json';
const samples = { sampleResult, failingResult, modelledResult };

function refusal(text: string): BenchError {
  try {
    readResult(text, where);
  } catch (error) {
    if (error instanceof BenchError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

function changed(change: (text: string) => string): string {
  const text = resultText(sampleResult());
  const other = change(text);
  expect(other).not.toBe(text);
  return other;
}

describe('result.json', () => {
  it.each(Object.entries(samples))('reads %s back as it was, and writes it the same again', (_, sample) => {
    const text = resultText(sample());
    expect(readResult(text, where)).toEqual(sample());
    expect(resultText(readResult(text, where))).toBe(text);
  });

  it('keeps the order of the schema, whatever order a result was built in', () => {
    const reversed = Object.fromEntries(Object.entries(sampleResult()).reverse());
    expect(resultText({ ...sampleResult(), ...reversed })).toBe(resultText(sampleResult()));
    expect(resultText(sampleResult())).toMatch(/^\{\n {2}"schema": 1,\n {2}"source": "live"/);
  });

  it('sets pairs of numbers on one line and touches no string', () => {
    const tricky = '[\n 1,\n 2\n]';
    const text = resultText({ ...sampleResult(), died: [tricky] });
    expect(text).toMatch(/^\s+\[0\.5, [\d.]+\],$/m);
    expect(readResult(text, where).died).toEqual([tricky]);
  });

  it('says that a file is cut off, wherever it ends', () => {
    const text = resultText(sampleResult()).trimEnd();
    for (let end = 1; end < text.length; end += 97) {
      const part = text.slice(0, end);
      expect(refusal(part).message).toBe(`${where} is cut off at byte ${Buffer.byteLength(part)}: run again or fetch it anew`);
    }
    expect(refusal('').message).toContain('cut off at byte 0');
  });

  it('says that a file is not JSON', () => {
    expect(refusal(changed((text) => text.replace('"sent":', '"sent"=')))).toMatchObject({ fault: 'unavailable' });
    expect(refusal('{"schema": oops}').message).toMatch(/is not JSON \(.*\): run again/);
  });

  it('points at the field that is wrong', () => {
    expect(refusal(changed((text) => text.replace('"sent": 10000', '"sent": "many"'))).message).toContain(
      'counts.sent must be number, is "many"',
    );
    expect(refusal(changed((text) => text.replace('"wasted": 0', '"wasted": -1'))).message).toContain(
      'nodes.0.kinds.chat.wasted must be >=0, is -1',
    );
    expect(refusal(changed((text) => text.replace('"amplification"', '"amplifikation"'))).message).toContain(
      'amplification is missing; amplifikation is no field of a result; run again',
    );
  });

  it('names at most five fields', () => {
    expect(refusal('{"schema": 1}').message).toMatch(/: source is missing(; \w+ is missing){4}; and \d+ more; run again/);
  });

  it('tells another schema version from damage', () => {
    expect(refusal(changed((text) => text.replace('"schema": 1', '"schema": 2'))).message).toMatch(
      /has schema 2, this bench reads schema 1: run again/,
    );
    expect(refusal('[]').message).toContain('it has no number "schema"');
  });

  it('never writes what is no result', () => {
    const result = sampleResult();
    expect(() => resultText({ ...result, amplification: Number.POSITIVE_INFINITY })).toThrow(/amplification is Infinity/);
    expect(() => resultText({ ...result, counts: { ...result.counts, lost: 0.5 } })).toThrow(/counts\.lost/);
  });
});
