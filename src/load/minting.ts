import { createHmac, createSecretKey } from 'node:crypto';
import { tokenRules } from '../chat/protocol.js';

const lifetimeSeconds = 12 * 3600;
const header = encoded({ alg: tokenRules.algorithm });

/**
 * Signs the tokens of a worker's users, as `chat/signIn.ts` verifies them: HS256 in its compact form (RFC 7515, section 3.1). Signed at
 * once: `jose` hands each to another thread and back, which costs a worker more than the rest of a connect.
 */
export function minterOf(tokenKey: string, nowMs: () => number): (user: string, device: string) => string {
  const key = createSecretKey(tokenKey, 'base64url');
  const { issuer: iss, audience: aud } = tokenRules;
  return (user, device) => {
    const exp = Math.floor(nowMs() / 1000) + lifetimeSeconds;
    const signed = `${header}.${encoded({ sid: device, sub: user, iss, aud, exp })}`;
    return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
  };
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
