import { describe, expect, it } from 'vitest';
import { traceOf } from '../../../measure/trace.js';
import type { SeenHop } from '../../../measure/traceSchema.js';
import { directoryTrace, wastefulTrace } from '../../testing/sampleTraces.js';
import { type Step, stepsOf } from './steps.js';
import { sentenceOf, timesOf } from './words.js';

function short({ from, what, to, wasted, departedMs, arrivedMs }: Step): string {
  return `${from} ${what}${wasted ? ' in vain' : ''} ${to} ${departedMs ?? '?'}-${arrivedMs ?? '?'}`;
}

describe('the steps of a message', () => {
  it('are its ways, each with the times that somebody saw; inside a broker nobody sees one', () => {
    expect(stepsOf(wastefulTrace()).map(short)).toEqual([
      'u1 sent n1 0.1-0.4',
      'n1 published redis-0 0.5-?',
      'redis-0 handed in vain n0 ?-0.9',
      'redis-0 handed n2 ?-1',
      'n2 written u2 1.1-1.5',
      'redis-0 handed in vain n3 ?-1.2',
      'redis-0 handed in vain n1 ?-1.3',
      'redis-0 accepted n1 ?-1.4',
      'n1 acknowledged u1 ?-1.7',
    ]);
  });

  it('lead straight from node to node where no broker stands between, and to a directory and back', () => {
    expect(stepsOf(directoryTrace()).map(short)).toEqual([
      'u1 sent n1 0.1-0.4',
      'n1 asked n3 0.5-0.8',
      'n3 replied n1 0.9-1.2',
      'n1 published n2 1.3-1.6',
      'n2 written u2 1.7-1.9',
      'n1 acknowledged u1 ?-2',
    ]);
  });

  it('show once that a broker must have passed it on to another', () => {
    const from = { from: 'r2', channel: 'all', message: 'n1-1', carries: 'message' } as const;
    const hops: readonly SeenHop[] = [
      { atMs: 0, at: 'u1', what: 'intended' },
      { atMs: 1, at: 'n1', what: 'published', to: 'r1', channel: 'all', message: 'n1-1', carries: 'message' },
      { atMs: 2, at: 'n2', what: 'received', ...from },
      { atMs: 3, at: 'n3', what: 'dropped', ...from },
    ];
    const places = { nodes: ['n1', 'n2', 'n3'], brokers: ['r1', 'r2'] };
    const trace = traceOf({ kind: 'message', from: 'u1', to: 'u2', hops, ...places, clockErrorMs: 0, unknown: [] });
    expect(stepsOf(trace).map(short)).toEqual([
      ...['n1 published r1 1-?', 'r1 relayed r2 ?-?', 'r2 handed n2 ?-2', 'r2 handed in vain n3 ?-3'],
    ]);
  });

  it('are told in both languages, with what was seen of their times', () => {
    const [sent, published, dropped] = stepsOf(wastefulTrace());
    if (sent === undefined || published === undefined || dropped === undefined) throw new Error('the sample has fewer steps');
    expect(sentenceOf(published, 'en')).toBe('n1 publishes the message at redis-0, channel all.');
    expect(sentenceOf(dropped, 'ru')).toBe('redis-0 отдаёт сообщение узлу n0, где оно никому не нужно: n0 его отбрасывает.');
    expect([sent, published, dropped].map((step) => timesOf(step, 'en'))).toEqual(['0.10 → 0.40 ms', 'from 0.50 ms', 'at 0.90 ms']);
    expect(timesOf(sent, 'ru')).toBe('0,10 → 0,40 мс');
  });
});
