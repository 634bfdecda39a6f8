import { decodeJwt } from 'jose';
import { expect, it } from 'vitest';
import { mintToken, verifier } from '../chat/signIn.js';
import { unixMs } from './clock.js';
import { minterOf } from './minting.js';

const tokenKey = Buffer.alloc(32, 7).toString('base64url');

it('mints what a node takes, of that user and device', async () => {
  const verify = await verifier(tokenKey);
  expect(await verify(minterOf(tokenKey, unixMs)('ann', '1'))).toEqual({ user: 'ann', device: '1' });
});

it('mints what a node mints', async () => {
  const [mine, its] = [minterOf(tokenKey, unixMs)('ann', '1'), await mintToken('ann', '1', tokenKey)].map((token) => decodeJwt(token));
  expect({ ...mine, exp: 0 }).toEqual({ ...its, exp: 0 });
  expect(Math.abs((mine?.exp ?? 0) - (its?.exp ?? 0))).toBeLessThan(60);
});

it.each([
  ['another key', Buffer.alloc(32, 8).toString('base64url'), unixMs, 'token invalid'],
  ['a clock of yesterday', tokenKey, () => unixMs() - 24 * 3_600_000, 'token expired'],
])('mints what no node takes with %s', async (_what, key, clock, refusal) => {
  const verify = await verifier(tokenKey);
  await expect(verify(minterOf(key, clock)('ann', '1'))).rejects.toThrow(refusal);
});
