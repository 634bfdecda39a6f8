import { usage } from '../../error.js';
import type { BrokerPlace } from '../types.js';

/** Where a hub or a node listens, and the word it lets in. */
export interface Whereabouts {
  readonly host: string;
  readonly port: number;
  readonly secret: string;
}

export function placeUrl(scheme: 'hub' | 'node', port: number, secret: string): string {
  return `${scheme}://:${secret}@127.0.0.1:${port}`;
}

/** Errors never hold the secret. */
export function whereabouts({ id, url }: BrokerPlace): Whereabouts {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || parsed.hostname === '' || parsed.port === '' || parsed.password === '')
    throw usage(`[${id}] has no usable URL; it is hub://:secret@host:port, as the start of a hub or a node gives it`);
  return { host: parsed.hostname, port: Number(parsed.port), secret: decodeURIComponent(parsed.password) };
}
