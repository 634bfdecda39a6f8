import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { globMatcher } from './glob.js';

describe('globMatcher', () => {
  it.each([
    ['h?llo', 'hello', true],
    ['h?llo', 'hllo', false],
    ['h*llo', 'heeeello', true],
    ['h[ae]llo', 'hallo', true],
    ['h[ae]llo', 'hillo', false],
    ['h[^e]llo', 'hallo', true],
    ['h[a-b]llo', 'hbllo', true],
    ['h[b-a]llo', 'hbllo', true],
    ['h\\*llo', 'h*llo', true],
    ['h\\*llo', 'hello', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['*', '', false],
    ['', '', true],
    ['a[b', 'ab', true],
  ])('%s and %s: %s', (pattern, subject, expected) => {
    expect(globMatcher(pattern)(subject)).toBe(expected);
  });

  it('finds every literal text between stars', () => {
    const property = fc.property(fc.stringMatching(/^[a-z]+$/), fc.string(), fc.string(), (text, before, after) => {
      expect(globMatcher(`*${text}*`)(before + text + after)).toBe(true);
    });
    fc.assert(property);
  });

  it('does not hang on a hostile pattern', () => {
    expect(globMatcher(`${'a*'.repeat(500)}b`)('a'.repeat(5000))).toBe(false);
  });
});
