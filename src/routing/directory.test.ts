import { describe, expect, test } from 'vitest';
import { Directory } from './directory.js';
import type { Address } from './types.js';

const inbox = (node: string): Address => ({ broker: 'r1', channel: `n:${node}` });
const shared: Address = { broker: 'r1', channel: 'all' };

describe('a directory', () => {
  test('answers with the addresses that it was told, and with nothing for what it was not', () => {
    const directory = new Directory();
    directory.tell('n1', 'u:ann', inbox('n1'), true);
    directory.tell('n2', 'u:ann', inbox('n2'), true);
    expect(directory.ask('u:ann')).toEqual([inbox('n1'), inbox('n2')]);
    expect(directory.ask('u:bob')).toEqual([]);
  });

  test('says of each telling whether it changed the answer: an address stands until the last who told it takes it back', () => {
    const directory = new Directory();
    const told = [
      directory.tell('n1', 'u:ann', shared, true),
      directory.tell('n1', 'u:ann', shared, true),
      directory.tell('n2', 'u:ann', shared, true),
      directory.tell('n1', 'u:ann', shared, false),
      directory.tell('n1', 'u:ann', shared, false),
      directory.tell('n2', 'u:ann', shared, false),
      directory.tell('n2', 'u:ann', shared, false),
    ];
    expect(told).toEqual([true, false, false, false, false, true, false]);
    expect([directory.size, directory.ask('u:ann')]).toEqual([0, []]);
  });

  test('forgets a node with all it told, and says which answers are other ones now', () => {
    const directory = new Directory();
    directory.tell('n1', 'u:ann', inbox('n1'), true);
    directory.tell('n1', 'u:bob', shared, true);
    directory.tell('n2', 'u:bob', shared, true);
    expect(directory.forget('n1')).toEqual(['u:ann']);
    expect(directory.forget('n1')).toEqual([]);
    expect([...directory.lines()]).toEqual([{ topic: 'u:bob', address: shared, nodes: new Set(['n2']) }]);
  });
});
