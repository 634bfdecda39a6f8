import { usage, wordsOf } from '../../error.js';

/** Where a Redis is and how to sign in there. */
export interface RedisLocation {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
  readonly database: number;
  readonly tls: boolean;
}

const defaultPort = 6379;
const form = 'redis://user:password@host:port (rediss:// for TLS)';

/** Only what is written in the URL's own parts counts: a query could quietly change how the client behaves. */
export function parseRedisUrl(url: string): RedisLocation {
  const parsed = parse(url);
  const wrong = (what: string) => usage(`[${maskUrl(url)}] ${what}; write ${form}, special characters of the password as %XX`);
  if (parsed.protocol !== 'redis:' && parsed.protocol !== 'rediss:') throw wrong(`has the scheme ${parsed.protocol.replace(':', '')}`);
  if (parsed.hostname === '') throw wrong('names no host');
  if (parsed.search !== '' || parsed.hash !== '') throw wrong('has a part after ? or #, which is not used here');
  const database = /^\/?(\d{0,3})$/.exec(parsed.pathname)?.[1];
  if (database === undefined) throw wrong('has a path that is no database number');
  return {
    host: parsed.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: parsed.port === '' ? defaultPort : Number(parsed.port),
    username: decode(parsed.username, url),
    password: decode(parsed.password, url),
    database: Number(database),
    tls: parsed.protocol === 'rediss:',
  };
}

/** The URL without its password, whatever is wrong with it otherwise. A lone user name is masked too: it may be a password in the wrong place. */
export function maskUrl(url: string): string {
  const masked = url.replace(
    /^([a-z]+:\/\/)?(?:([^:@/]*):)?.*@/is,
    (_, scheme = '', user?: string) => `${scheme}${user === undefined ? '' : `${user}:`}***@`,
  );
  return masked.replace(/[?#].*$/s, '');
}

/** Words of others (servers, libraries, the system) with the URL's password masked. */
export function withoutPassword(url: string, words: string): string {
  const encoded = parse(url).password;
  const secrets = [encoded, decode(encoded, url)].filter((secret) => secret !== '');
  return secrets.reduce((text, secret) => text.replaceAll(secret, '***'), words);
}

function parse(url: string): URL {
  try {
    return new URL(url);
  } catch (error) {
    throw usage(`[${maskUrl(url)}] is no URL of a Redis (${wordsOf(error)}); write ${form}, special characters of the password as %XX`);
  }
}

function decode(text: string, url: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw usage(`[${maskUrl(url)}] has a % that begins no %XX in its user or password; write % itself as %25`);
  }
}
