import { once } from 'node:events';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { BenchError, unavailable } from '../../error.js';
import type { ConnectionTimes } from '../times.js';
import { within } from '../within.js';
import { whyUnusable } from './failure.js';
import { RedisSession, type SessionParts } from './session.js';
import { maskUrl, parseRedisUrl, type RedisLocation } from './url.js';

export type DialParts = Omit<SessionParts, 'silenceTimeoutMs'>;

/** Connects and signs in. Errors do not say at which Redis, say what to do, and never hold the password. */
export async function dial(url: string, times: ConnectionTimes, parts: DialParts): Promise<RedisSession> {
  const location = parseRedisUrl(url);
  const socket = location.tls ? connectSecurely(secure(location)) : connect(location.port, location.host);
  const { connectTimeoutMs, silenceTimeoutMs } = times;
  const late = () => unavailable(`did not answer within ${connectTimeoutMs / 1000} s; is ${maskUrl(url)} a Redis?`);
  try {
    return await within(connectTimeoutMs, signIn(socket, location, { ...parts, silenceTimeoutMs }), late);
  } catch (error) {
    socket.destroy();
    throw error instanceof BenchError ? error : unavailable(whyUnusable(url, error));
  }
}

/** A certificate names a host, never an address. */
function secure({ host, port }: RedisLocation) {
  return { host, port, ...(isIP(host) === 0 ? { servername: host } : {}) };
}

async function signIn(socket: Socket, location: RedisLocation, parts: SessionParts): Promise<RedisSession> {
  await once(socket, location.tls ? 'secureConnect' : 'connect');
  socket.setNoDelay(true);
  const session = new RedisSession(socket, parts);
  await session.call('HELLO', 2, ...credentials(location));
  if (location.database !== 0) await session.call('SELECT', location.database);
  return session;
}

function credentials({ username, password }: RedisLocation): string[] {
  return username === '' && password === '' ? [] : ['AUTH', username === '' ? 'default' : username, password];
}
