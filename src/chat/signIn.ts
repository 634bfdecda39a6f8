import { JWTExpired } from 'jose/errors';
import { SignJWT } from 'jose/jwt/sign';
import { jwtVerify } from 'jose/jwt/verify';
import { isId } from './ids.js';
import { tokenRules } from './protocol.js';
import { rejected } from './refused.js';

/** Who signs in: the `sub` and `sid` of the token. */
export interface Identity {
  readonly user: string;
  readonly device: string;
}

export type Verify = (token: unknown) => Promise<Identity>;

/** Checks tokens of one run. Rejects with a Refused; nothing of the token gets into its words. */
export async function verifier(tokenKey: string): Promise<Verify> {
  const key = await importKey(tokenKey, 'verify');
  const { algorithm, issuer, audience } = tokenRules;
  const rules = { algorithms: [algorithm], issuer, audience, requiredClaims: ['exp', 'sub', 'sid'] };
  return async (token) => {
    if (typeof token !== 'string') throw rejected('no token');
    const { payload } = await jwtVerify(token, key, rules).catch(refuse);
    return identityOf(payload.sub, payload.sid);
  };
}

/** A token that the nodes of the run with this key take; for load workers and tests. */
export async function mintToken(user: string, device: string, tokenKey: string, lifetime = '12h'): Promise<string> {
  return (await minter(tokenKey))(user, device, lifetime);
}

/** The same for many: importing the key takes twice as long as signing. */
export async function minter(tokenKey: string): Promise<(user: string, device: string, lifetime?: string) => Promise<string>> {
  const key = await importKey(tokenKey, 'sign');
  return (user, device, lifetime = '12h') =>
    new SignJWT({ sid: device })
      .setProtectedHeader({ alg: tokenRules.algorithm })
      .setSubject(user)
      .setIssuer(tokenRules.issuer)
      .setAudience(tokenRules.audience)
      .setExpirationTime(lifetime)
      .sign(key);
}

function importKey(tokenKey: string, use: 'sign' | 'verify'): ReturnType<typeof crypto.subtle.importKey> {
  return crypto.subtle.importKey('raw', Buffer.from(tokenKey, 'base64url'), { name: 'HMAC', hash: 'SHA-256' }, false, [use]);
}

function identityOf(user: unknown, device: unknown): Identity {
  if (!isId(user) || !isId(device)) throw rejected('token invalid');
  return { user, device };
}

function refuse(cause: unknown): never {
  throw rejected(cause instanceof JWTExpired ? 'token expired' : 'token invalid', cause);
}
