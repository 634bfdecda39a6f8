import { SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { mintToken, verifier } from './signIn.js';

const tokenKey = Buffer.alloc(32, 7).toString('base64url');
const otherKey = Buffer.alloc(32, 8).toString('base64url');

interface Claims {
  readonly algorithm?: string;
  readonly issuer?: string;
  readonly audience?: string;
  readonly subject?: string;
  readonly device?: unknown;
  readonly expires?: string | null;
}

function token({
  algorithm = 'HS256',
  issuer = 'bench',
  audience = 'bench-chat',
  subject = 'ann',
  device = '0',
  expires = '1h',
}: Claims): Promise<string> {
  const jwt = new SignJWT({ sid: device })
    .setProtectedHeader({ alg: algorithm })
    .setSubject(subject)
    .setIssuer(issuer)
    .setAudience(audience);
  if (expires !== null) jwt.setExpirationTime(expires);
  return jwt.sign(Buffer.from(tokenKey, 'base64url'));
}

function unsigned(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { sub: 'ann', sid: '0', iss: 'bench', aud: 'bench-chat', exp: 4_102_444_800 };
  return `${part({ alg: 'none' })}.${part(claims)}.`;
}

test('takes what mintToken made', async () => {
  const verify = await verifier(tokenKey);
  expect(await verify(await mintToken('ann', '1', tokenKey))).toEqual({ user: 'ann', device: '1' });
});

test.each<[string, () => unknown, string]>([
  ['nothing', () => undefined, 'no token'],
  ['an object', () => ({ length: 3 }), 'no token'],
  ['a word', () => 'ann', 'token invalid'],
  ['another key', () => mintToken('ann', '0', otherKey), 'token invalid'],
  ['an expired one', () => token({ expires: '-1s' }), 'token expired'],
  ['one without expiry', () => token({ expires: null }), 'token invalid'],
  ['another issuer', () => token({ issuer: 'mallory' }), 'token invalid'],
  ['another audience', () => token({ audience: 'bank' }), 'token invalid'],
  ['another algorithm', () => token({ algorithm: 'HS512' }), 'token invalid'],
  ['no algorithm', unsigned, 'token invalid'],
  ['a user that is no id', () => token({ subject: 'a:b' }), 'token invalid'],
  ['a device that is an array', () => token({ device: ['0'] }), 'token invalid'],
])('refuses %s', async (_what, make, reason) => {
  const verify = await verifier(tokenKey);
  await expect(verify(await make())).rejects.toMatchObject({ name: 'Refused', outcome: 'rejected', reason });
});
