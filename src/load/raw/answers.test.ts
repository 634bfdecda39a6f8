import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Answers } from './answers.js';

const timeoutMs = 100;

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

type Step = { readonly ask: true } | { readonly answer: number } | { readonly pauseMs: number } | { readonly giveUp: true };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ ask: true } as const) },
  // Numbers that nobody asked by, too, and those that are answered already.
  { weight: 6, arbitrary: fc.record({ answer: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constantFrom(-1, 0.5, 1e15, Infinity)) }) },
  { weight: 3, arbitrary: fc.record({ pauseMs: fc.integer({ min: 1, max: 70 }) }) },
  { weight: 1, arbitrary: fc.constant({ giveUp: true } as const) },
);

it('tells everyone once: what was answered, that it is late as soon as it is, or that no answer comes', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const [told, expected]: [string[], string[]] = [[], []];
      const waiting = new Map<number, number>();
      const answers = new Answers(timeoutMs);
      for (const one of steps) {
        if ('ask' in one) {
          const id: number = answers.expect((reply) => told.push(`${id} ${reply.ok ? 'answered' : reply.reason}`));
          waiting.set(id, performance.now() + timeoutMs);
        } else if ('answer' in one) {
          if (waiting.delete(one.answer)) expected.push(`${one.answer} answered`);
          answers.answer(one.answer, { ok: true });
        } else if ('giveUp' in one) {
          for (const id of waiting.keys()) expected.push(`${id} over`);
          waiting.clear();
          answers.giveUp('over');
        } else {
          vi.advanceTimersByTime(one.pauseMs);
          for (const [id, lateMs] of waiting) {
            if (lateMs > performance.now()) continue;
            expected.push(`${id} no answer within 0.1 s`);
            waiting.delete(id);
          }
        }
        expect(told).toEqual(expected);
      }
      answers.giveUp('the end');
      expect(vi.getTimerCount()).toBe(0);
    }),
  );
});

it('watches whoever asks while others are told that they are late', () => {
  const told: string[] = [];
  const answers = new Answers(timeoutMs);
  answers.expect(() => {
    told.push('first');
    answers.expect(() => told.push('third'));
  });
  vi.advanceTimersByTime(60);
  answers.expect(() => told.push('second'));
  vi.advanceTimersByTime(40);
  expect(told).toEqual(['first']);
  vi.advanceTimersByTime(60);
  expect(told).toEqual(['first', 'second']);
  vi.advanceTimersByTime(40);
  expect(told).toEqual(['first', 'second', 'third']);
});
