import { BenchError } from '../error.js';
import type { Plan } from '../plan/types.js';
import type { Claims } from '../report/claims.js';
import type { Given } from '../run/cast.js';
import { isTimed, placesOf } from '../verdict/claims/claims.js';
import type { At } from '../verdict/claims/criterion.js';
import { type Load, loadAt, type Point, type PointName, points } from '../verdict/claims/points.js';
import type { ClaimsFlags } from './claimsFlags.js';
import { anew, type Prepared, prepare } from './planning.js';
import type { RunFlags } from './runFlags.js';
import { titled } from './seriesHead.js';
import { standardFlags } from './standardFlags.js';

export interface ClaimTurn {
  readonly at: At;
  readonly prepared: Prepared;
  readonly plan: Plan;
  readonly name: string;
}

export interface ClaimRuns {
  readonly turns: readonly ClaimTurn[];
  readonly leftOut: Claims['leftOut'];
}

export function loadOfFlags({ users, rate, duration }: ClaimsFlags): Load {
  return { users, ratePerSecond: rate, seconds: duration };
}

/** The fewest runs that decide the claims of these strategies; those that lack a server here are named. */
export async function claimRuns(strategies: readonly string[], flags: ClaimsFlags, given: Given): Promise<ClaimRuns> {
  const places = placesOf(strategies).filter(({ point }) => point !== 'resize');
  const turns: ClaimTurn[] = [];
  const leftOut = new Map<string, string>();
  for (const at of places) {
    try {
      const prepared = await prepare(at.strategy, flagsAt(at.point as PointName, flags), given);
      turns.push({ at, prepared, plan: prepared.plan, name: `${at.strategy}-${at.point}` });
    } catch (error) {
      if (!(error instanceof BenchError) || error.fault !== 'unavailable') throw error;
      leftOut.set(at.strategy, error.message);
    }
  }
  return { turns: inRounds(turns, flags.rounds), leftOut: [...leftOut].map(([strategy, why]) => ({ strategy, why })) };
}

/** What no time depends on runs once; after it the rest, A B, B A, A B: what drifts on the machine meets all alike. */
function inRounds(turns: readonly ClaimTurn[], rounds: number): readonly ClaimTurn[] {
  const timed = turns.filter(({ at }) => isTimed(at));
  const again = Array.from({ length: rounds }, (_, index) => {
    const order = index % 2 === 0 ? timed : [...timed].reverse();
    return order.map((turn) => ({ ...turn, plan: anew(turn.plan), name: rounds === 1 ? turn.name : `${turn.name}-round-${index + 1}` }));
  });
  return [...turns.filter(({ at }) => !isTimed(at)), ...again.flat()];
}

export function titledTurns(turns: readonly ClaimTurn[]) {
  return titled(turns, ({ name }) => name);
}

/** The flags of a run at a point. */
export function flagsAt(name: PointName, flags: ClaimsFlags): RunFlags {
  const point: Point = points[name];
  const { users, ratePerSecond, seconds } = loadAt(point, loadOfFlags(flags));
  const option = Object.fromEntries(Object.entries(point.options ?? {}).map(([option, value]) => [option, String(value)]));
  const { nodes, brokers } = point;
  return { ...standardFlags(), nodes, brokers, option, users, rate: ratePerSecond, duration: seconds, seed: flags.seed };
}
