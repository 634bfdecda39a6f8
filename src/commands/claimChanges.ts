import { standardHopLatency } from '../plan/hopLatency.js';
import { resize } from '../run/simulated/resize.js';
import { placesOf } from '../verdict/claims/claims.js';
import type { Observed } from '../verdict/claims/criterion.js';
import { flagsAt } from './claimRuns.js';
import type { ClaimsFlags } from './claimsFlags.js';
import { prepare } from './planning.js';

/** Within which time nodes hear of the change, where each goes over by itself. */
const rolloutMs = 1_000;

/** A broker more in the middle of the load, for the strategies of whose claims it decides. Simulated: counts are exact, and no server is needed. */
export async function claimChanges(strategies: readonly string[], flags: ClaimsFlags, signal: AbortSignal): Promise<readonly Observed[]> {
  const places = placesOf(strategies).filter(({ point }) => point === 'resize');
  const observed: Observed[] = [];
  for (const { strategy } of places) {
    signal.throwIfAborted();
    process.stderr.write(`${strategy}: from 2 brokers to 3 under load, simulated\n`);
    observed.push(await changed(strategy, flags));
  }
  return observed;
}

async function changed(strategy: string, flags: ClaimsFlags): Promise<Observed> {
  const simulated = { ...flagsAt('four-nodes', flags), runner: 'simulated', hopLatency: standardHopLatency } as const;
  const { plan } = await prepare(strategy, simulated, { brokers: null, store: null, controlPort: 0 });
  const settings = { brokers: plan.size.brokers + 1, restartMs: 1_000, rolloutMs };
  const [naive, coordinated] = [await resize(plan, 'naive', settings), await resize(plan, 'coordinated', settings)];
  const figures = { movedShare: naive.movedShare, lostNaive: naive.counts.lost, lostCoordinated: coordinated.counts.lost };
  return { strategy, point: 'resize', folder: null, figures };
}
