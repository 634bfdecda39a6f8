import type { Cost, Crowd, Name } from './measure.js';
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
  readonly memory?: ReadonlyMap<Name, readonly number[]> | undefined;
  readonly fast?: readonly Crowd[] | undefined;
  readonly large?: readonly Crowd[] | undefined;
  /** Why there is no Artillery; null: there is. */
  readonly withoutArtillery: string | null;
}

/** A round counts at an equal rate if both reached nearly all of it: who falls behind works in batches, which is cheaper. */
const rateReached = 0.95;
/** And at the limit if both were running nearly all the time. */
const coreUsed = 0.85;

type Counts = (cost: Cost) => boolean;

export function targetsOf({ equal, limit, memory, fast, large, withoutArtillery }: Measurements, rate: number): readonly Target[] {
  return [
    ...(equal === undefined ? [] : atEqualRate(equal, rate, withoutArtillery)),
    ...(limit === undefined ? [] : atTheLimit(limit)),
    ...(memory === undefined ? [] : [ofMemory(memory)]),
    ...(fast === undefined ? [] : [connected('users connected a second, one worker, bare Socket.IO server', 2000, fast)]),
    ...(large === undefined ? [] : [connected('the same with the large crowd (that all are connected is the target)', 0, large)]),
  ];
}

function atEqualRate(equal: Costs, rate: number, withoutArtillery: string | null): readonly Target[] {
  const onTime: Counts = ({ messagesPerSecond }) => messagesPerSecond >= rate * rateReached;
  const what = 'CPU per message at the equal rate';
  return [
    withoutArtillery === null
      ? against(`${what}, of Artillery's`, 1 / 2.4, equal, 'artillery', onTime)
      : unknown(`${what}, of Artillery's`, 1 / 2.4, withoutArtillery),
    against(`${what}, of --driver socket.io-client`, 1 / 1.6, equal, 'socket.io-client', onTime),
    against(`${what}, of socket.io-client alone (no ledger, nothing read)`, 1 / 1.6, equal, 'bare socket.io-client', onTime),
  ];
}

function atTheLimit(limit: Costs): readonly Target[] {
  const busy: Counts = ({ generatorShare }) => generatorShare >= coreUsed;
  const what = 'CPU per message where the generator is the limit';
  return [
    against(`${what}, of --driver socket.io-client`, 1 / 3.5, limit, 'socket.io-client', busy),
    against(`${what}, of socket.io-client alone (no ledger, nothing read)`, 1 / 3.5, limit, 'bare socket.io-client', busy),
  ];
}

function ofMemory(memory: ReadonlyMap<Name, readonly number[]>): Target {
  const [mine, its] = [memory.get('raw') ?? [], memory.get('socket.io-client') ?? []];
  return atMost('memory for an added user, of --driver socket.io-client', 1 / 3, ratioOf(mine, its));
}

/** With who was the limit: the server or this worker. */
function connected(what: string, wanted: number, crowds: readonly Crowd[]): Target {
  const share = (pick: (crowd: Crowd) => number) => spreadOf(crowds.map(pick)).median.toFixed(2);
  const note = `cores used meanwhile: worker ${share((crowd) => crowd.generatorShare)}, server ${share((crowd) => crowd.serverShare)}`;
  return { ...atLeast(what, wanted, spreadOf(crowds.map(({ connectedPerSecond }) => connectedPerSecond))), note };
}

/** Of the rounds in which both did what the comparison is about. All rounds are in the result. */
function against(what: string, wanted: number, costs: Costs, peer: Name, counts: Counts): Target {
  const [raw, other] = [costs.get('raw') ?? [], costs.get(peer) ?? []];
  const pairs = raw.flatMap((mine, round) => {
    const its = other[round];
    return its !== undefined && counts(mine) && counts(its) ? [[mine.generatorUs, its.generatorUs] as const] : [];
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
