import { describe, expect, it } from 'vitest';
import { readSlo, writeSlo } from './slo.js';

describe('limits in words', () => {
  it.each([
    ['p99<50ms,lost=0', { responseMsP99: 50, lost: 0 }],
    ['p99 <= 0.5s', { responseMsP99: 500 }],
    ['lost<=3, rejected=0', { lost: 3, rejected: 0 }],
  ])('%s', (text, limits) => {
    expect(readSlo(text)).toEqual(limits);
    expect(readSlo(writeSlo(limits))).toEqual(limits);
  });

  it.each(['', 'p99<50', 'p99=50ms', 'p99<0ms', 'p50<5ms', 'lost', 'lost<1', 'lost=1.5', 'lost=1ms', 'p99<5ms;lost=0'])(
    '"%s" is none, and the error shows one',
    (text) => {
      expect(() => readSlo(text)).toThrow(/is no limit.*like "p99<50ms,lost=0"/);
    },
  );

  it('are each said once', () => {
    expect(() => readSlo('lost=0,p99<5ms,lost=1')).toThrow('lost=1 limits what another part limits already');
  });
});
