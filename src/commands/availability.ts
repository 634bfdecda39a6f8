import { type BenchError, unavailable, usage } from '../error.js';
import type { Plan } from '../plan/types.js';
import { kindInWords } from '../report/describe.js';
import type { Broker, Size, Strategy } from '../routing/types.js';
import { findTransportKind, unknownKind } from '../transports/index.js';
import type { TransportKind } from '../transports/types.js';

/** Any size will do to ask a strategy which kinds of brokers it has. */
const usual: Size = { nodes: 4, brokers: 3, users: 400, ratePerSecond: 1, seconds: 1, bytes: 64 };

type Kind = Pick<TransportKind, 'missing' | 'attach'> & { readonly facts?: Pick<TransportKind['facts'], 'brokersMax'> };
/** undefined: nobody here speaks to such a broker. */
type Find = (kind: string) => Promise<Kind | undefined>;

/** Whether a strategy can run on this machine. */
export interface Availability {
  /** The kinds of brokers it meets at; `node` where nodes speak to each other. */
  readonly kinds: readonly string[];
  /** What keeps it from running here and what to do about it; null: nothing. */
  readonly missing: string | null;
}

export async function availabilityOf(strategy: Strategy, find: Find = findTransportKind): Promise<Availability> {
  const size = strategy.fit?.(usual, strategy.options ?? {}) ?? usual;
  const kinds = kindsOf(strategy, strategy.brokers(size));
  return { kinds, missing: missingOf(await foundOf(kinds, find)) };
}

/** A run that lacks a server, or has no use for those given, ends before anything starts. Attached servers are there, or say so themselves. */
export async function checkServers(strategy: Strategy, { topology, attach }: Plan, find: Find = findTransportKind): Promise<void> {
  const kinds = await foundOf(kindsOf(strategy, topology.brokers), find);
  for (const kind of kinds) checkNumber(strategy.name, kind, topology.brokers);
  const given = attach.brokers === null ? [] : kinds.filter(({ found }) => found?.attach !== undefined);
  // Nodes alone need nothing: servers that are given to all of a comparison do no harm to the one without brokers.
  if (attach.brokers !== null && given.length === 0 && topology.brokers.length > 0) throw ofNoUse(strategy.name, kinds);
  const missing = missingOf(kinds.filter((kind) => !given.includes(kind)));
  if (missing !== null) throw unavailable(`strategy ${strategy.name} cannot run here: ${missing}`);
}

function checkNumber(strategy: string, { kind, found }: Found, brokers: readonly Broker[]): void {
  const count = brokers.filter((broker) => broker.kind === kind).length;
  const most = found?.facts?.brokersMax ?? count;
  if (count > most) throw usage(`strategy ${strategy} lists ${count} brokers of kind ${kind}, which runs on ${most}; list no more of them`);
}

function ofNoUse(strategy: string, kinds: readonly Found[]): BenchError {
  const words = kinds.map(({ kind }) => kindInWords(kind)).join(' and ');
  return usage(`--redis is of no use to strategy ${strategy}: it runs on ${words}, which bench starts by itself; leave --redis out`);
}

function kindsOf(strategy: Strategy, brokers: readonly Broker[]): string[] {
  return [...new Set([...brokers.map(({ kind }) => kind), ...(strategy.mesh ? ['node'] : [])])];
}

interface Found {
  readonly kind: string;
  readonly found: Kind | undefined;
}

function foundOf(kinds: readonly string[], find: Find): Promise<Found[]> {
  return Promise.all(kinds.map(async (kind) => ({ kind, found: await find(kind) })));
}

function missingOf(kinds: readonly Found[]): string | null {
  const words = kinds.flatMap(({ kind, found }) => (found === undefined ? [unknownKind(kind)] : (found.missing() ?? [])));
  return words.length === 0 ? null : words.join('; ');
}
