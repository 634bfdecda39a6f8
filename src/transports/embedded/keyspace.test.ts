import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Keyspace } from './keyspace.js';

function scanAll(keyspace: Keyspace, count: number, between: () => void = () => {}): string[] {
  const seen: string[] = [];
  let cursor = 0;
  do {
    const page = keyspace.scan(cursor, count);
    seen.push(...page.keys);
    cursor = page.cursor;
    between();
  } while (cursor !== 0);
  return seen;
}

describe('Keyspace', () => {
  it('drops a key when its time has passed', () => {
    let now = 1000;
    const keyspace = new Keyspace(() => now);
    keyspace.setText('k', 'v', 1500);
    expect(keyspace.timeLeft('k')).toBe(500);
    now = 1499;
    expect(keyspace.text('k')).toBe('v');
    now = 1500;
    expect(keyspace.text('k')).toBeNull();
    expect(keyspace.size).toBe(0);
  });

  it('keeps the end of a set that grows and forgets the end of a text that is set anew', () => {
    const keyspace = new Keyspace(() => 0);
    keyspace.addMembers('s', ['a']);
    keyspace.expireIn('s', 10);
    keyspace.addMembers('s', ['b']);
    expect(keyspace.timeLeft('s')).toBe(10);
    keyspace.setText('s', 'text', null);
    expect(keyspace.timeLeft('s')).toBeNull();
    expect(keyspace.expiring).toBe(0);
  });

  it('scans every key once, page by page', () => {
    const property = fc.property(fc.uniqueArray(fc.string()), fc.integer({ min: 1, max: 5 }), (keys, count) => {
      const keyspace = new Keyspace(() => 0);
      for (const key of keys) keyspace.setText(key, 'v', null);
      expect(scanAll(keyspace, count)).toEqual(keys);
    });
    fc.assert(property);
  });

  it('scans every key that stays, whatever comes and goes meanwhile', () => {
    const keyspace = new Keyspace(() => 0);
    const staying = Array.from({ length: 20 }, (_, index) => `stays ${index}`);
    for (const key of staying) {
      keyspace.setText(`goes before ${key}`, 'v', null);
      keyspace.setText(key, 'v', null);
    }
    let turn = 0;
    const seen = scanAll(keyspace, 3, () => {
      keyspace.delete(`goes before ${staying[turn++]}`);
      if (turn < 10) keyspace.setText(`comes ${turn}`, 'v', null);
    });
    expect(staying.filter((key) => !seen.includes(key))).toEqual([]);
  });
});
