import type { BrokerId, NodeId } from '../routing/types.js';
import { inCausalOrder } from './causes.js';
import { type SocketName, userOf } from './ledger.js';
import type { Hop, SeenHop, Trace, TraceKind, TracePlace } from './traceSchema.js';

/** What is known of one followed message before it is a record. All times are by one clock. */
export interface Sighted {
  readonly kind: TraceKind;
  readonly from: string;
  readonly to: string;
  readonly hops: readonly SeenHop[];
  readonly nodes: readonly NodeId[];
  readonly brokers: readonly BrokerId[];
  readonly clockErrorMs: number | null;
  readonly unknown: readonly string[];
}

/** So many of each can be told apart in a picture. Recipients beyond stand together, by the node they are connected to. */
const most = { nodes: 8, brokers: 6, recipients: 4 } as const;

/** The record of one followed message. */
export function traceOf(sighted: Sighted): Trace {
  const { kind, from, to, clockErrorMs, unknown } = sighted;
  const ordered = inCausalOrder(sighted.hops);
  const clients = clientsOf(ordered, from);
  const named = ordered.map((hop) => renamed(hop, clients.names));
  const { places, hidden } = placesOf(named, sighted, clients.places);
  const shown = named.filter(({ at, from: source, to: goal }) => [at, source, goal].every((id) => id === undefined || !hidden.has(id)));
  const beganMs = ordered[0]?.atMs ?? 0;
  return {
    kind,
    from,
    to,
    clockErrorMs,
    places,
    hops: withoutRepeats(shown, beganMs),
    leftOut: { places: hidden.size, hops: named.length - shown.length },
    unknown: [...unknown],
  };
}

interface Clients {
  readonly places: readonly TracePlace[];
  /** From the name of a socket to its place. */
  readonly names: ReadonlyMap<string, string>;
}

/** The sender is a place of its own, also where it is among the recipients. */
function clientsOf(hops: readonly SeenHop[], sender: string): Clients {
  const nodeOf = new Map<SocketName, NodeId>();
  const [writer, ...others] = new Set(hops.flatMap(({ what, at }) => (what === 'written' ? [at] : [])));
  const only = others.length === 0 ? writer : undefined;
  for (const { what, at, from, to } of hops) {
    if (what === 'written' && to !== undefined) nodeOf.set(to as SocketName, at);
    if (what === 'delivered') nodeOf.set(at as SocketName, from ?? nodeOf.get(at as SocketName) ?? only ?? '');
  }
  const home = hops.find(({ what }) => what === 'taken')?.at ?? hops.find(({ what }) => what === 'sent')?.to;
  const first: TracePlace = { id: sender, role: 'client', ...(home !== undefined && { node: home }) };
  const places = nodeOf.size <= most.recipients ? apart(nodeOf, sender) : together(nodeOf);
  return {
    places: [first, ...places.map(({ place }) => place).filter(({ id }) => id !== sender)],
    names: new Map(places.flatMap(({ place, sockets }) => sockets.map((socket) => [socket, place.id] as const))),
  };
}

interface Recipients {
  readonly place: TracePlace;
  readonly sockets: readonly string[];
}

/** By the user's name; of a user with several sockets, or the sender's further ones, by the socket's. */
function apart(nodeOf: ReadonlyMap<SocketName, NodeId>, sender: string): readonly Recipients[] {
  const users = [...nodeOf.keys()].map(userOf);
  return [...nodeOf].map(([socket, node]) => {
    const user = userOf(socket);
    const isAlone = user !== sender && users.filter((other) => other === user).length === 1;
    const id = isAlone || socket === `${sender}/0` ? user : socket;
    return { place: { id, role: 'client', ...(node !== '' && { node }) }, sockets: [socket] };
  });
}

function together(nodeOf: ReadonlyMap<SocketName, NodeId>): readonly Recipients[] {
  const byNode = grouped([...nodeOf], ([, node]) => node);
  return [...byNode].map(([node, entries]) => {
    const sockets = entries.map(([socket]) => socket);
    const several = sockets.length > 1 && { sockets: sockets.length };
    return { place: { id: `clients of ${node}`, role: 'client', node, ...several }, sockets };
  });
}

function renamed(hop: SeenHop, names: ReadonlyMap<string, string>): SeenHop {
  const [at, to] = [names.get(hop.at) ?? hop.at, hop.to === undefined ? undefined : (names.get(hop.to) ?? hop.to)];
  return { ...hop, at, ...(to !== undefined && { to }) };
}

/** The sender, its node, the brokers, the other nodes, the recipients: as a message passes them. */
function placesOf(hops: readonly SeenHop[], sighted: Sighted, [sender, ...recipients]: readonly TracePlace[]) {
  const nodes = nodesOf(hops, sighted, sender?.node);
  const brokers = brokersOf(hops, sighted);
  const isHidden = ({ node }: TracePlace) => node !== undefined && nodes.hidden.includes(node);
  const role = (ids: readonly string[], role: 'node' | 'broker') => ids.map((id): TracePlace => ({ id, role }));
  const home = nodes.shown.filter((id) => id === sender?.node);
  const others = nodes.shown.filter((id) => id !== sender?.node);
  return {
    places: [
      ...(sender === undefined ? [] : [sender]),
      ...role(home, 'node'),
      ...role(brokers.shown, 'broker'),
      ...role(others, 'node'),
      ...recipients.filter((one) => !isHidden(one)),
    ],
    hidden: new Set([...nodes.hidden, ...brokers.hidden, ...recipients.filter(isHidden).map(({ id }) => id)]),
  };
}

interface Shown {
  readonly shown: readonly string[];
  readonly hidden: readonly string[];
}

/** First the sender's, then those where something came of it, then those that dropped it; those that are shown keep the order of the topology. */
function nodesOf(hops: readonly SeenHop[], { nodes }: Sighted, home: NodeId | undefined): Shown {
  const passed = new Set(hops.flatMap(({ at, from, to }) => [at, from, to]));
  const useful = new Set(hops.flatMap(({ at, what }) => (what === 'dropped' ? [] : [at])));
  const others = nodes.filter((id) => passed.has(id) && id !== home);
  const ranked = [...others.filter((id) => useful.has(id)), ...others.filter((id) => !useful.has(id))];
  const first = new Set(ranked.slice(0, most.nodes - 1));
  return { shown: [...(home === undefined ? [] : [home]), ...others.filter((id) => first.has(id))], hidden: ranked.slice(most.nodes - 1) };
}

function brokersOf(hops: readonly SeenHop[], { nodes, brokers }: Sighted): Shown {
  const passed = new Set(hops.flatMap(({ from, to }) => [from, to]));
  const between = brokers.filter((id) => passed.has(id) && !nodes.includes(id));
  return { shown: between.slice(0, most.brokers), hidden: between.slice(most.brokers) };
}

/** Hops that differ in time and channel alone are one, at the first of them. */
function withoutRepeats(hops: readonly SeenHop[], beganMs: number): Hop[] {
  const alike = grouped(hops, ({ at, what, from, to, carries }) => [at, what, from, to, carries].join(' '));
  return [...alike.values()].map((same) => {
    const [{ atMs, ...first }] = same as [SeenHop];
    const lastMs = Math.max(...same.map((hop) => hop.atMs)) - beganMs;
    const several = same.length > 1 && { copies: same.length, lastMs: thousandths(lastMs) };
    const counts = same.flatMap(({ count }) => count ?? []);
    const count = counts.length > 0 && { count: counts.reduce((sum, one) => sum + one, 0) };
    return { ms: thousandths(atMs - beganMs), ...first, ...count, ...several };
  });
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

/** Clocks say no more. */
function thousandths(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
