import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { GatheringTurns, plainTurns } from './turns.js';

describe.each([
  ['turns that follow each other at once', plainTurns],
  ['turns that gather', new GatheringTurns({ batchDelayMsMax: 2 })],
])('%s', (_, turns) => {
  it('end with what was to be done then, once each, in order; what that brings is of the next turn', async () => {
    const done: string[] = [];
    turns.atEnd(() => {
      done.push('first');
      turns.atEnd(() => done.push('next turn'));
    });
    turns.atEnd(() => done.push('second'));
    expect(done).toEqual([]);
    await setImmediate();
    expect(done).toEqual(['first', 'second']);
    await setImmediate();
    expect(done).toEqual(['first', 'second', 'next turn']);
    await setImmediate();
    expect(done.length).toBe(3);
  });
});
