import { describe, expect, it } from 'vitest';
import type { LoadProgress } from '../run/watch.js';
import { inWords } from './progress.js';

function load(elapsedSeconds: number, sent: number, more: Partial<LoadProgress> = {}) {
  const progress = { elapsedSeconds, totalSeconds: 4, sent, delivered: sent, responseMsP99: 12.34, workers: 1, over: false, ...more };
  return { step: 'load', load: progress };
}

describe('the line of a run', () => {
  it('tells the rate of now while it is played, and of all when it is over', () => {
    const words = inWords();
    expect(words({ step: 'connecting 20 users' })).toBe('connecting 20 users');
    expect(words(load(1, 100))).toBe('load: 1 of 4 s, 100 sent, 100 delivered, 100/s, p99 12.3 ms');
    expect(words(load(2, 150))).toBe('load: 2 of 4 s, 150 sent, 150 delivered, 50/s, p99 12.3 ms');
    expect(words(load(5, 400))).toMatch(/^load: waiting for what is under way, 400 sent/);
    expect(words(load(4, 400, { over: true }))).toBe('load: over, 400 sent, 400 delivered, 100/s, p99 12.3 ms');
  });

  it('says of whom a p99 is, and nothing of what is not known', () => {
    expect(inWords()(load(1, 100, { workers: 2 }))).toContain('p99 of the slowest worker 12.3 ms');
    expect(inWords()(load(0, 0, { responseMsP99: null }))).toBe('load: 0 of 4 s, 0 sent, 0 delivered');
    expect(inWords()(load(1, 100, { responseMsP99: null }))).toBe(
      'load: 1 of 4 s, 100 sent, 100 delivered, 100/s, nothing arrived of late',
    );
  });
});
