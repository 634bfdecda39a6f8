import { describe, expect, it } from 'vitest';
import { checkAnswers } from './answers.js';

const check = (...answeredBy: string[]) => checkAnswers({ name: 'mine', answeredBy }, 'mine.ts');

describe('what a scenario is answered by', () => {
  it('may be any field of a result, a whole part of it too', () => {
    check('counts', 'counts.lost', 'latencyMs.response.all', 'findings.hottestBroker');
  });

  it.each([
    [
      'latency.response',
      /^\[mine\] answeredBy\[1\], latency\.response: a result has no field latency; did you mean latencyMs\?.*mend mine\.ts/,
    ],
    ['counts.lots', /answeredBy\[1\], counts\.lots: counts has no field lots; did you mean lost\?/],
    ['counts.lost.most', /counts\.lost\.most: lost has no fields/],
  ])('is refused where a result has no such field: %s', (place, words) => {
    expect(() => check('counts', place)).toThrow(words);
  });
});
