import { describe, expect, test } from 'vitest';
import { guarded, pure } from './purity.js';

const impure: readonly (readonly [string, () => unknown])[] = [
  ['Math.random', () => Math.random()],
  ['Date', () => new Date()],
  ['Date', () => Date()],
  ['Date.now', () => Date.now()],
  ['performance.now', () => performance.now()],
  ['process.hrtime', () => process.hrtime()],
  ['process.hrtime.bigint', () => process.hrtime.bigint()],
  ['process.nextTick', () => process.nextTick(() => {})],
  ['process.uptime', () => process.uptime()],
  ['crypto.getRandomValues', () => crypto.getRandomValues(new Uint8Array(1))],
  ['crypto.randomUUID', () => crypto.randomUUID()],
  ['setTimeout', () => setTimeout(() => {}, 0)],
  ['setInterval', () => setInterval(() => {}, 0)],
  ['setImmediate', () => setImmediate(() => {})],
  ['queueMicrotask', () => queueMicrotask(() => {})],
  ['AbortSignal.timeout', () => AbortSignal.timeout(1)],
  ['fetch', () => fetch('http://127.0.0.1/')],
];

describe.each(impure)('%s', (name, call) => {
  test('throws in a pure call, and says where', () => {
    expect(() => pure('mine', 'publish()', call)).toThrow(`[mine] strategies are pure: ${name} was called in publish()`);
  });
});

test('a call that swallows it fails all the same', () => {
  const swallow = () => {
    try {
      return Math.random();
    } catch {
      return 0;
    }
  };
  expect(() => pure('mine', 'route()', swallow)).toThrow('Math.random was called in route()');
});

test('everything is as before afterwards, also after a throw', () => {
  const before = [Math.random, Date, Date.now, performance.now, process.hrtime, setTimeout, queueMicrotask, fetch, crypto.randomUUID];
  expect(pure('mine', 'fit()', () => 1)).toBe(1);
  expect(() => pure('mine', 'fit()', () => Math.random())).toThrow();
  expect([Math.random, Date, Date.now, performance.now, process.hrtime, setTimeout, queueMicrotask, fetch, crypto.randomUUID]).toEqual(
    before,
  );
  expect(Object.hasOwn(performance, 'now')).toBe(false);
  expect(Math.random()).toBeLessThan(1);
  expect(new Date(0).getFullYear()).toBeGreaterThan(0);
});

test('a call within a call is named, and the outer one stays guarded', () => {
  const inner = () => pure('mine', 'publish()', () => Math.random());
  expect(() => pure('mine', 'outer', inner)).toThrow('called in publish()');
  const outer = () => {
    pure('mine', 'publish()', () => 1);
    return Math.random();
  };
  expect(() => pure('mine', 'outer', outer)).toThrow('called in outer');
});

describe('what a file keeps for itself while it is loaded', () => {
  const load = () =>
    guarded(async () => {
      await Promise.resolve();
      const { now } = Date;
      const { random } = Math;
      const Clock = Date;
      return { now, random, construct: () => new Clock().getTime(), timeout: AbortSignal.timeout.bind(AbortSignal, 1) };
    });

  test.each([
    ['Date.now', 'now'],
    ['Math.random', 'random'],
    ['Date', 'construct'],
    ['AbortSignal.timeout', 'timeout'],
  ] as const)('%s throws in a pure call', async (name, key) => {
    const kept: Readonly<Record<typeof key, () => unknown>> = await load();
    expect(() => pure('mine', 'publish()', kept[key])).toThrow(`${name} was called in publish()`);
  });

  test('works outside of one, and everything is as before afterwards', async () => {
    const before = [Date, Date.now, Math.random];
    const { now, random, construct } = await load();
    expect([Date, Date.now, Math.random]).toEqual(before);
    expect(Math.abs(now() - Date.now()) + Math.abs(construct() - Date.now())).toBeLessThan(10_000);
    expect(random()).toBeLessThan(1);
  });

  test('stays guarded when a call or another load ends in between', async () => {
    const kept = await guarded(async () => {
      await load();
      pure('mine', 'fit()', () => 1);
      const { now } = Date;
      return now;
    });
    expect(() => pure('mine', 'route()', kept)).toThrow('Date.now was called in route()');
  });

  test('a load that fails leaves nothing behind', async () => {
    const before = Date;
    await expect(guarded(() => Promise.reject(new Error('no such file')))).rejects.toThrow('no such file');
    expect(Date).toBe(before);
  });
});
