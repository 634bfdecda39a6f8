import type { BrokerId } from '../../routing/types.js';
import { numberIn, parseInformation } from '../redis/information.js';
import type { Caller } from '../redis/link.js';

/** What one instance says of its cluster. */
export interface View {
  /** Its own name in the cluster. */
  readonly self: string;
  /** The instances that it knows well and has a connection to, itself included. */
  readonly joined: ReadonlySet<string>;
  /** `cluster_state:ok`, and every slot has an owner that is there. */
  readonly ok: boolean;
}

/** The messages of one kind of Pub/Sub that one instance has copied to others, and got from others, since it started. */
export interface Relayed {
  readonly sent: number;
  readonly received: number;
}

export async function viewOf(redis: Caller): Promise<View> {
  const instances = parseNodes(String(await redis.call('CLUSTER', 'NODES')));
  const state = parseInformation(await clusterInfo(redis));
  return { ...instances, ok: state.get('cluster_state') === 'ok' && state.get('cluster_slots_ok') === '16384' };
}

export async function relayedOf(redis: Caller): Promise<Relayed> {
  return relayedIn(await clusterInfo(redis), 'publish');
}

export async function clusterInfo(redis: Caller): Promise<string> {
  return String(await redis.call('CLUSTER', 'INFO'));
}

/** CLUSTER INFO leaves out what never happened. A message is counted once for each instance that it is copied to. */
export function relayedIn(text: string, kind: 'publish' | 'publishshard'): Relayed {
  const information = parseInformation(text);
  const count = (direction: string) => numberIn(information, `cluster_stats_messages_${kind}_${direction}`) ?? 0;
  return { sent: count('sent'), received: count('received') };
}

/** Lines of CLUSTER NODES: id, address, flags, primary, ping sent, pong received, epoch, state of the connection, slots. */
export function parseNodes(text: string): Pick<View, 'self' | 'joined'> {
  const joined = new Set<string>();
  let self = '';
  for (const line of text.split('\n')) {
    const [id = '', , flags = '', , , , , state] = line.trim().split(' ');
    const marks = flags.split(',');
    if (marks.includes('myself')) self = id;
    if (state === 'connected' && !marks.includes('handshake') && !marks.includes('noaddr')) joined.add(id);
  }
  return { self, joined };
}

/** Those that some other one does not know or has no connection to. */
export function strangersAmong(views: ReadonlyMap<BrokerId, View>): BrokerId[] {
  const all = [...views.values()];
  return [...views].filter(([, { self }]) => !all.every(({ joined }) => joined.has(self))).map(([id]) => id);
}
