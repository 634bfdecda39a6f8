import { expect, it } from 'vitest';
import strategy from './rabbitmq-hash.js';

const size = { nodes: 2, brokers: 1, users: 10, ratePerSecond: 1, seconds: 1, bytes: 64 };

it('takes a number of exchanges that a topic can be bound on', () => {
  for (const exchanges of [1, 3, 64]) expect(strategy.fit(size, { exchanges })).toEqual(size);
  for (const exchanges of [0, 1.5, 65, 100_000_000, Number.NaN]) {
    expect(() => strategy.fit(size, { exchanges })).toThrow(`exchanges must be a whole number from 1 to 64, not ${exchanges}`);
  }
});
