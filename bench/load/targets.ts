import type { Cost, Crowd, Name, ServerName } from './measure.js';
import type { Costs } from './rounds.js';
import { ratioOf, type Spread, spreadOf } from './statistics.js';

/** One figure that the generator is held to. */
export interface Target {
  readonly what: string;
  readonly wanted: string;
  /** Null: it could not be measured; `note` says why. */
  readonly found: Spread | null;
  readonly met: boolean | null;
  /** The same of every round, those included that do not count. */
  readonly everyRound?: Spread;
  readonly note?: string;
}

/** Of the parts that were taken. */
export interface Measurements {
  readonly equal?: Costs | undefined;
  readonly limit?: Costs | undefined;
  readonly deepLimit?: Costs | undefined;
  readonly memory?: ReadonlyMap<Name, readonly number[]> | undefined;
  readonly fast?: Readonly<Partial<Record<ServerName, readonly Crowd[]>>> | undefined;
  readonly large?: readonly Crowd[] | undefined;
  /** Why there is no Artillery; null: there is. */
  readonly withoutArtillery: string | null;
}

/**
 * A round counts at an equal rate if the raw driver kept it: who falls behind, or catches up, works in batches, which is cheaper. Where
 * only the peer did not, the ratio is an upper bound; in how many rounds is said.
 */
const rateKept = 0.05;
/** And at the limit if both were running nearly all the time. */
const coreUsed = 0.85;

type Counts = (mine: Cost, its: Cost) => boolean;

export function targetsOf(
  { equal, limit, deepLimit, memory, fast, large, withoutArtillery }: Measurements,
  rate: number,
): readonly Target[] {
  return [
    ...(equal === undefined ? [] : atEqualRate(equal, rate, withoutArtillery)),
    ...(limit === undefined ? [] : atTheLimit(limit, 'the generator is the limit')),
    ...(deepLimit === undefined ? [] : atTheLimit(deepLimit, 'it is, four times as many messages under way')),
    ...(memory === undefined ? [] : [ofMemory(memory)]),
    ...(fast === undefined ? [] : connectedFast(fast)),
    ...(large === undefined ? [] : [connected('the same with the large crowd (that all are connected is the target)', 0, large)]),
  ];
}

function atEqualRate(equal: Costs, rate: number, withoutArtillery: string | null): readonly Target[] {
  const onTime: Counts = (mine) => Math.abs(mine.messagesPerSecond / rate - 1) <= rateKept;
  const off = (peer: Name) => (equal.get(peer) ?? []).filter((its) => !onTime(its, its)).length;
  const atRate = (whose: string, wanted: number, peer: Name) => {
    const target = against(`${what}, of ${whose}`, wanted, equal, peer, onTime);
    return off(peer) === 0
      ? target
      : { ...target, note: `${target.note}; the peer did not keep the rate in ${off(peer)}, which flatters it` };
  };
  const what = 'CPU per message at the equal rate';
  return [
    withoutArtillery === null ? atRate("Artillery's", 1 / 2.4, 'artillery') : unknown(`${what}, of Artillery's`, 1 / 2.4, withoutArtillery),
    atRate('--driver socket.io-client', 1 / 1.6, 'socket.io-client'),
    atRate('socket.io-client alone (no ledger, nothing read)', 1 / 1.6, 'bare socket.io-client'),
  ];
}

function atTheLimit(limit: Costs, where: string): readonly Target[] {
  const busy: Counts = (mine, its) => Math.min(mine.generatorShare, its.generatorShare) >= coreUsed;
  const what = `CPU per message where ${where}`;
  return [
    against(`${what}, of --driver socket.io-client`, 1 / 3.5, limit, 'socket.io-client', busy),
    against(`${what}, of socket.io-client alone (no ledger, nothing read)`, 1 / 3.5, limit, 'bare socket.io-client', busy),
  ];
}

function ofMemory(memory: ReadonlyMap<Name, readonly number[]>): Target {
  const [mine, its] = [memory.get('raw') ?? [], memory.get('socket.io-client') ?? []];
  return atMost('memory for an added user, of --driver socket.io-client', 1 / 3, ratioOf(mine, its));
}

function connectedFast(fast: Readonly<Partial<Record<ServerName, readonly Crowd[]>>>): readonly Target[] {
  const what = 'users connected a second, one worker';
  return [
    ...(fast['socket.io'] === undefined ? [] : [connected(`${what}, bare Socket.IO server`, 2000, fast['socket.io'])]),
    ...(fast.net === undefined ? [] : [connected(`${what}, bare server over net`, 2000, fast.net)]),
  ];
}

/** With who was the limit: the server or this worker. */
function connected(what: string, wanted: number, crowds: readonly Crowd[]): Target {
  const share = (pick: (crowd: Crowd) => number | null) => {
    const known = crowds.map(pick).filter((one) => one !== null);
    return known.length === 0 ? 'not known' : spreadOf(known).median.toFixed(2);
  };
  const note = `cores used meanwhile: worker ${share((crowd) => crowd.generatorShare)}, server ${share((crowd) => crowd.serverShare)}`;
  return { ...atLeast(what, wanted, spreadOf(crowds.map(({ connectedPerSecond }) => connectedPerSecond))), note };
}

/** Of the rounds that tell something of what the comparison is about. All rounds are in the result. */
function against(what: string, wanted: number, costs: Costs, peer: Name, counts: Counts): Target {
  const [raw, other] = [costs.get('raw') ?? [], costs.get(peer) ?? []];
  const pairs = raw.flatMap((mine, round) => {
    const its = other[round];
    return its !== undefined && counts(mine, its) ? [[mine.generatorUs, its.generatorUs] as const] : [];
  });
  const note = `${pairs.length} of ${raw.length} rounds count`;
  const all = other.map(({ generatorUs }) => generatorUs);
  const everyRound = ratioOf(
    raw.map(({ generatorUs }) => generatorUs),
    all,
  );
  if (pairs.length === 0) return { ...unknown(what, wanted, note), everyRound };
  const found = ratioOf(
    pairs.map(([mine]) => mine),
    pairs.map(([, its]) => its),
  );
  return { ...atMost(what, wanted, found), everyRound, note };
}

function unknown(what: string, wanted: number, note: string): Target {
  return { what, wanted: `<= ${wanted.toFixed(3)}`, found: null, met: null, note };
}

function atMost(what: string, wanted: number, found: Spread): Target {
  return { what, wanted: `<= ${wanted.toFixed(3)}`, found, met: found.median <= wanted };
}

function atLeast(what: string, wanted: number, found: Spread): Target {
  return { what, wanted: `>= ${wanted}`, found, met: found.median >= wanted };
}
