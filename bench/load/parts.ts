import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { environment } from '../../src/run/environment.js';
import { artilleryVersion } from './artillery.js';
import type { Cost, Crowd, Name, ServerName } from './measure.js';
import { costsOf, crowdsOf, type Extent, type Log, memoryPerUser } from './rounds.js';
import { costTable } from './table.js';
import { type Target, targetsOf } from './targets.js';

export const partNames = ['equal', 'limit', 'deepLimit', 'memory', 'fast', 'large'] as const;
export type PartName = (typeof partNames)[number];

/** A part of the measurement and how it was taken. Parts may be taken one at a time, while nothing else runs. */
interface Part<Figures> {
  readonly taken: string;
  readonly environment: Awaited<ReturnType<typeof environment>>;
  /** Of the last minute before it: what else the machine was busy with. Null in results from before it was kept. */
  readonly loadAverage: number | null;
  readonly extent: Extent;
  readonly figures: Figures;
}

type ByName<Figure> = { readonly [generator in Name]?: readonly Figure[] };

export interface Parts {
  readonly equal?: Part<ByName<Cost>> & { readonly artillery: string | null; readonly withoutArtillery: string | null };
  readonly limit?: Part<ByName<Cost>>;
  /** The same with four times as many messages under way: more of them for each wake-up, read and write. */
  readonly deepLimit?: Part<ByName<Cost>>;
  readonly memory?: Part<ByName<number>>;
  /** By server: the bare Socket.IO server, and one that takes less for a message than any generator. */
  readonly fast?: Part<Readonly<Partial<Record<ServerName, readonly Crowd[]>>>>;
  readonly large?: Part<readonly Crowd[]>;
}

export interface Peers {
  readonly folder: string;
  /** Why there is no Artillery; null: there is. */
  readonly without: string | null;
}

const clients: readonly Name[] = ['raw', 'socket.io-client', 'bare socket.io-client'];

export async function take(name: PartName, extent: Extent, peers: Peers, log: Log): Promise<Parts> {
  const how = { taken: new Date().toISOString(), environment: await environment(), loadAverage: loadavg()[0] ?? 0, extent };
  log(`part ${name}`);
  if (name === 'equal') return { equal: { ...how, ...(await atEqualRate(extent, peers, log)) } };
  if (name === 'limit') return { limit: { ...how, figures: await atTheLimit(extent, peers, log) } };
  if (name === 'deepLimit') {
    const deep = { ...extent, inFlight: extent.inFlight * 4 };
    return { deepLimit: { ...how, extent: deep, figures: await atTheLimit(deep, peers, log) } };
  }
  if (name === 'memory') return { memory: { ...how, figures: Object.fromEntries(await memoryPerUser(extent, log)) } };
  if (name === 'fast') return { fast: { ...how, figures: await fastCrowds(extent, log) } };
  return { large: { ...how, figures: await crowdsOf(extent.largeCrowd, 'socket.io', 1, log) } };
}

async function atEqualRate(extent: Extent, { folder, without }: Peers, log: Log) {
  const all: readonly Name[] = without === null ? [...clients, 'artillery'] : clients;
  const figures = await costsOf(all, { ...extent, server: 'socket.io', mode: 'open' }, extent, folder, log);
  const artillery = without === null ? await artilleryVersion(folder) : null;
  return { artillery, withoutArtillery: without, figures: Object.fromEntries(figures) };
}

/** Against a server that takes less for a message than any generator. */
async function atTheLimit(extent: Extent, { folder }: Peers, log: Log): Promise<ByName<Cost>> {
  return Object.fromEntries(await costsOf(clients, { ...extent, server: 'net', mode: 'closed' }, extent, folder, log));
}

async function fastCrowds({ fastCrowd, rounds }: Extent, log: Log) {
  return { 'socket.io': await crowdsOf(fastCrowd, 'socket.io', rounds, log), net: await crowdsOf(fastCrowd, 'net', rounds, log) };
}

/** Those of an earlier run. */
export async function partsIn(file: string): Promise<Parts> {
  if (!existsSync(file)) return {};
  return (JSON.parse(await readFile(file, 'utf8')) as { parts?: Parts }).parts ?? {};
}

export function targetsIn({ equal, limit, deepLimit, memory, fast, large }: Parts): readonly Target[] {
  const measured = {
    equal: equal && mapOf(equal.figures),
    limit: limit && mapOf(limit.figures),
    deepLimit: deepLimit && mapOf(deepLimit.figures),
    memory: memory && mapOf(memory.figures),
    fast: fast?.figures,
    large: large?.figures,
    withoutArtillery: equal?.withoutArtillery ?? null,
  };
  return targetsOf(measured, equal?.extent.rate ?? 0);
}

export function tablesOf({ equal, limit, deepLimit }: Parts): string {
  const tables = [
    equal && costTable(`at ${equal.extent.rate} messages/s, ${equal.extent.users} users`, mapOf(equal.figures)),
    ...[limit, deepLimit].map(
      (part) => part && costTable(`generator alone the limit, ${part.extent.inFlight} under way`, mapOf(part.figures)),
    ),
  ];
  return tables.map((table) => (table === undefined ? '' : `${table}\n`)).join('');
}

function mapOf<Figure>(figures: ByName<Figure>): ReadonlyMap<Name, readonly Figure[]> {
  return new Map(Object.entries(figures) as [Name, readonly Figure[]][]);
}
