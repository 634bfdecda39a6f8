import { type BenchError, unavailable, wordsOf } from '../../error.js';
import { withoutPassword } from './url.js';

/** The words of a server that said no to a command, and what they mean where they do not say it. */
export function explained(words: string): string {
  return words.startsWith('MOVED ')
    ? `${words}; the slot of that channel belongs to another primary, and bench does not follow slots that move`
    : words;
}

/** What to do about a connection that did not come to be, by the words of Redis, Node or TLS. */
const advice: readonly (readonly [words: RegExp, what: string])[] = [
  [/WRONGPASS|invalid password|invalid username/i, 'refused the user or password; check them in the URL'],
  [/NOAUTH/i, 'asks for a password; put it into the URL: redis://user:password@host:port'],
  [/NOPERM/i, 'does not let this user do that; bench needs PUBLISH, SUBSCRIBE, UNSUBSCRIBE, PING and INFO'],
  [/ECONNREFUSED/, 'nothing listens there; is Redis running, and is the port right?'],
  [/ENOTFOUND|EAI_AGAIN/, 'the host name is not known here; check it in the URL'],
  [/ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/, 'cannot be reached; check the host, the port and the firewall'],
  [
    /SSL|TLS|certificate|packet length/i,
    'the TLS handshake failed; use redis:// for a server without TLS, and a certificate this machine trusts',
  ],
  [/max number of clients/i, 'takes no more clients; raise maxclients there'],
];

/**
 * Why a Redis cannot be used. The library's error is not kept as the cause: it carries the arguments of the command that
 * failed, and those of HELLO hold the password.
 */
export function connectFailure(who: string, url: string, error: unknown): BenchError {
  return unavailable(`[${who}] ${whyUnusable(url, error)}`);
}

/** What to do about it, and the words of whoever failed, without the password. */
export function whyUnusable(url: string, error: unknown): string {
  const words = withoutPassword(url, wordsOf(error));
  const known = advice.find(([pattern]) => pattern.test(words))?.[1];
  return `${known ?? 'is that a Redis?'} (${words})`;
}
