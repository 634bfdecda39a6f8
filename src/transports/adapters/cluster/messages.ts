import type { Glance } from '../glance.js';

/** What `@socket.io/cluster-adapter` sends between worker and primary, as far as it is looked at here. */
export interface AdapterMessage {
  readonly source: '_sio_adapter';
  readonly type: number;
  readonly uid: string;
  readonly data?: { readonly packet?: { readonly data?: readonly unknown[] }; readonly opts?: { readonly rooms?: readonly string[] } };
}

/** What a node sends and gets back: all that was sent before, by either side, has been taken in then. */
export interface Fence {
  readonly source: 'bench';
  readonly fence: number;
}

const types: Readonly<Record<number, Glance['type']>> = { 3: 'broadcast', 7: 'question', 8: 'answer', 9: 'event' };
/** The first, the periodic, and the one that says goodbye. */
const heartbeats: ReadonlySet<number> = new Set([1, 2, 13]);

export function isAdapterMessage(message: unknown): message is AdapterMessage {
  return hasSource(message, '_sio_adapter');
}

export function isFence(message: unknown): message is Fence {
  return hasSource(message, 'bench');
}

export function isHeartbeat({ type }: AdapterMessage): boolean {
  return heartbeats.has(type);
}

export function glanceAtMessage({ uid, type, data }: AdapterMessage): Glance {
  const [room = '', ...others] = data?.opts?.rooms ?? [];
  return { uid, type: types[type] ?? 'other', event: String(data?.packet?.data?.[0] ?? ''), room: others.length === 0 ? room : '' };
}

function hasSource(message: unknown, source: string): boolean {
  return typeof message === 'object' && message !== null && 'source' in message && message.source === source;
}
