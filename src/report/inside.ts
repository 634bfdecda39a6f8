import type { Address, BrokerId, NodeId } from '../routing/types.js';
import type { ExchangeLayout } from '../transports/types.js';

/** The queue of a node, with an exchange behind the first one; null: with the first one. */
export interface Bound {
  readonly exchange: string | null;
  readonly node: NodeId;
}

/** What stands inside a broker between those who publish and the queues of the nodes, and the way of one message through it. */
export interface Inside {
  readonly broker: BrokerId;
  /** Type of the exchange that takes everything in. */
  readonly type: string;
  /** Exchanges behind the first one. */
  readonly behind: readonly string[];
  readonly bound: readonly Bound[];
  readonly taken: readonly Bound[];
}

/** Who listens where, and where the message is put. */
interface Traffic {
  readonly published: readonly Address[];
  readonly listeners: readonly { readonly node: NodeId; readonly addresses: readonly Address[] }[];
}

export function insideOf(broker: BrokerId, { type, behind }: ExchangeLayout, { published, listeners }: Traffic): Inside {
  const channels = (addresses: readonly Address[]) => addresses.flatMap((at) => (at.broker === broker ? [at.channel] : []));
  const bound = listeners.flatMap(({ node, addresses }) =>
    [...new Set(channels(addresses).map((channel) => behind(channel)))].map((exchange) => ({ exchange, node })),
  );
  const taken = channels(published).flatMap((channel) =>
    listeners.flatMap(({ node, addresses }) => (channels(addresses).includes(channel) ? [{ exchange: behind(channel), node }] : [])),
  );
  const exchanges = new Set(bound.flatMap(({ exchange }) => exchange ?? []));
  return { broker, type, behind: [...exchanges].sort(), bound, taken };
}

/** `x-consistent-hash` is what a plug-in calls its own. */
export function typeInWords(type: string): string {
  return type.replace(/^x-/, '').replaceAll('-', ' ');
}
