import { usage } from '../../error.js';

/** Where a connection goes, as `net` and HTTP want it. */
export interface Address {
  readonly host: string;
  readonly port: number;
  /** Of the HTTP header. */
  readonly authority: string;
  readonly path: string;
}

const advice = 'give a ws:// or http:// URL of a host and port, or use --driver socket.io-client';

/** Reads a node's URL. Everything that this driver does not do is refused here, before a connection is opened. */
export function addressOf(url: string): Address {
  const { protocol, hostname, host, port, pathname, search, username } = parsed(url);
  if (protocol !== 'ws:' && protocol !== 'http:')
    throw usage(`[driver raw] speaks no ${protocol}// and cannot connect to ${url}: ${advice}`);
  if (username !== '') throw usage(`[driver raw] sends no user and password of a URL (host ${host}): ${advice}`);
  if (pathname !== '/') throw usage(`[driver raw] speaks the main namespace only, and ${url} names ${pathname}: ${advice}`);
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? 80 : Number(port),
    authority: host,
    path: `/socket.io/?EIO=4&transport=websocket${search.replace('?', '&')}`,
  };
}

function parsed(url: string): URL {
  try {
    return new URL(url);
  } catch (cause) {
    throw usage(`[driver raw] ${url} is no URL: ${advice}`, cause);
  }
}
