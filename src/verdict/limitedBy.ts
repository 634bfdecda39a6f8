import type { Measured, Verdict } from '../measure/result.js';
import { busyCoreShare } from './verdict.js';

/** Who was at its limit where a rate did not hold: the chat system, the generator of the load, or the machine that both share. */
export const limits = ['system', 'generator', 'machine'] as const;
export type Limit = (typeof limits)[number];

/** Share of all cores beyond which nobody on the machine gets a core when it needs one, so that everything is late. */
export const busyMachineShare = 0.9;

/** null: it held. `machineShare`: how much of all cores was used, by whomever, while the load was played; null: not known. */
export function limitedBy(run: Pick<Measured, 'workers'> & { readonly verdict: Verdict }, machineShare: number | null): Limit | null {
  const { status, parts } = run.verdict;
  if (status === 'pass') return null;
  if (run.workers.some(({ coreShare }) => coreShare > busyCoreShare)) return 'generator';
  if ((machineShare ?? 0) > busyMachineShare) return 'machine';
  return parts.load.status === 'pass' ? 'system' : 'generator';
}
