import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { unavailable } from '../error.js';
import { Patience } from './patience.js';

const never = () => new Promise<number>(() => {});
const everyone = [{ id: 'n1' }, { id: 'n2' }, { id: 'n3' }];

let interrupt: AbortController;
let patience: Patience;

beforeEach(() => {
  vi.useFakeTimers();
  interrupt = new AbortController();
  patience = new Patience(interrupt.signal);
});
afterEach(() => {
  vi.useRealTimers();
});

/** What became of it, watched from the beginning so that nothing is unhandled. */
function outcome<T>(promise: Promise<T>): Promise<string> {
  return promise.then(
    (value) => `got ${JSON.stringify(value)}`,
    (error: unknown) => String(error),
  );
}

describe('patience', () => {
  it('gives the answers in order, and leaves no timer', async () => {
    expect(await patience.all('count', 1_000, everyone, async ({ id }, index) => `${id} ${index}`)).toEqual(['n1 0', 'n2 1', 'n3 2']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('names those who did not answer in time, and no others', async () => {
    const told = outcome(patience.all('settle', 3_000, everyone, async ({ id }) => (id === 'n2' ? 1 : never())));
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await told).toContain('[n1], [n3] did not settle within 3 s');
  });

  it('passes on what somebody says is wrong', async () => {
    const told = outcome(patience.all('settle', 3_000, everyone, async () => Promise.reject(unavailable('[n2] no'))));
    expect(await told).toContain('[n2] no');
  });

  it.each([
    ['all', () => patience.all('settle', 3_000, everyone, never)],
    ['one', () => patience.one(3_000, never(), () => 'late')],
    ['known', () => patience.known('nodes.n1', { id: 'n1' }, 3_000, never())],
  ])('%s ends with the run, at once, and its timer with it', async (_name, wait) => {
    const told = outcome<unknown>(wait());
    await vi.advanceTimersByTimeAsync(10);
    interrupt.abort(new Error('interrupted'));
    expect(await told).toContain('interrupted');
    expect(vi.getTimerCount()).toBe(0);
    expect(patience.unknowns.size).toBe(0);
  });

  it('begins no wait after the end, and leaves no rejection to nobody', async () => {
    interrupt.abort(new Error('interrupted'));
    expect(await outcome(patience.one(3_000, Promise.reject(new Error('closed')), () => 'late'))).toContain('interrupted');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('says why a figure is not known', async () => {
    expect(await patience.known('nodes.n1', { id: 'n1' }, 3_000, Promise.reject(unavailable('[n1] is gone')))).toBeNull();
    expect(await patience.known('nodes.n2', { id: 'n2' }, 3_000, Promise.resolve(7))).toBe(7);
    const told = patience.known('brokers.r1', { id: 'r1' }, 3_000, never());
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await told).toBeNull();
    expect([...patience.unknowns]).toEqual([
      ['nodes.n1', '[n1] is gone'],
      ['brokers.r1', expect.stringContaining('[r1] did not answer within 3 s')],
    ]);
  });

  it('waits less for who was silent before, as long as ever for others, and less for all once it is short', async () => {
    const first = outcome(patience.all('settle', 3_000, everyone, async ({ id }) => (id === 'n2' ? never() : 1)));
    await vi.advanceTimersByTimeAsync(3_000);
    await first;
    const again = [patience.known('nodes.n2', { id: 'n2' }, 60_000, never()), patience.known('nodes.n1', { id: 'n1' }, 60_000, never())];
    await vi.advanceTimersByTimeAsync(1_500);
    expect(await again[0]).toBeNull();
    expect([...patience.unknowns.keys()]).toEqual(['nodes.n2']);
    await vi.advanceTimersByTimeAsync(58_500);
    expect(await again[1]).toBeNull();
    patience.shorten();
    const short = patience.known('nodes.n3', { id: 'n3' }, 60_000, never());
    await vi.advanceTimersByTimeAsync(1_500);
    expect(await short).toBeNull();
  });
});
