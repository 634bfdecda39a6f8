import { expect, test } from 'vitest';
import { plainTurns } from '../../transports/turns.js';
import { limits } from '../testing/world.js';
import { chooseEngine } from './choice.js';

const here: Readonly<Record<string, string>> = { 'socket.io': '4.8.9', 'socket.io-parser': '4.2.7', 'engine.io': '6.6.1', ws: '8.21.3' };

test('with the libraries that are installed the fast engine runs', () => {
  expect(chooseEngine('fast', limits, plainTurns)).toMatchObject({ engine: { name: 'fast' }, fallback: null });
});

test.each(Object.keys(here))('with another %s it is the reference, and says why', (name) => {
  const versionOf = (asked: string) => (asked === name ? '99.1.0' : (here[asked] ?? ''));
  const { engine, fallback } = chooseEngine('fast', limits, plainTurns, versionOf);
  expect(engine.name).toBe('socket.io');
  expect(fallback).toMatch(`engine socket.io instead of fast: ${name} is 99.1.0, not`);
});

test('whoever asks for the reference gets it, with no words about it', () => {
  expect(chooseEngine('socket.io', limits, plainTurns, () => '99.1.0')).toMatchObject({ engine: { name: 'socket.io' }, fallback: null });
});
