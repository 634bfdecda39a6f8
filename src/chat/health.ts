import type { BrokerId } from '../routing/types.js';
import type { LinkState } from './link.js';

/** Whether the node can do its work, and if not, what is missing. */
export interface Health {
  readonly status: 'ok' | 'draining' | 'degraded';
  readonly brokers: Readonly<Record<string, 'ok' | 'lost' | 'failing'>>;
  readonly store: 'ok' | 'lost';
  /** What is wrong, one sentence each. */
  readonly words: readonly string[];
}

const storeLost =
  '[store] is lost: rooms cannot be changed, nor read where this node does not know them, which a sign-in may need; it is tried again until it is back';

interface Signs {
  readonly links: ReadonlyMap<BrokerId, LinkState>;
  readonly storeUp: boolean;
  readonly draining: boolean;
}

export function healthOf({ links, storeUp, draining }: Signs): Health {
  const words = [...[...links.values()].flatMap((link) => link.words ?? []), ...(storeUp ? [] : [storeLost])];
  const brokers = Object.fromEntries([...links].map(([id, { state }]) => [id, state]));
  const status = draining ? 'draining' : words.length === 0 ? 'ok' : 'degraded';
  return { status, brokers, store: storeUp ? 'ok' : 'lost', words };
}
