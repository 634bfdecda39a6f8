import type { Result } from '../measure/result.js';
import type { Trial } from '../plan/rateSearch.js';
import type { RateTrial } from '../report/highestRate.js';
import { brokersApart, quantile } from '../report/loads.js';
import { most } from '../report/perProcess.js';
import { busyMachineShare, limitedBy } from '../verdict/limitedBy.js';
import type { Ended } from './series.js';

/** What one measurement says of its rate. */
export function rateTrialOf({ step, ratePerSecond }: Trial, ended: Ended, machine: number | null): RateTrial {
  if (!('result' in ended)) return { step, ratePerSecond, ...withoutResult(ended.why, machine) };
  const { result, folder } = ended;
  return {
    step,
    ratePerSecond,
    folder,
    holds: result.verdict.status === 'pass',
    limit: limitedBy(result, machine),
    reasons: result.verdict.reasons,
    sentPerSecond: result.rate.sentPerSecond,
    responseMsP99: quantile(result.latencyMs.response.all, 0.99),
    lost: result.counts.lost,
    busyShare: { ...sharesOf(result), machine },
  };
}

/** Who had no answer in time did not hold. */
function withoutResult(why: string, machine: number | null): Omit<RateTrial, 'step' | 'ratePerSecond'> {
  const limit = (machine ?? 0) > busyMachineShare ? 'machine' : 'system';
  const unknown = { sentPerSecond: null, responseMsP99: null, lost: null };
  return { folder: null, holds: false, limit, reasons: [why], ...unknown, busyShare: { node: null, broker: null, worker: null, machine } };
}

function sharesOf(result: Result): Omit<RateTrial['busyShare'], 'machine'> {
  const { nodes, workers, rate } = result;
  const share = (us: number | null) => (us === null || rate.seconds === null ? null : us / 1e6 / rate.seconds);
  return {
    node: most(nodes.map(({ cpuUs }) => share(cpuUs))),
    broker: most(brokersApart(result).map(({ cpuUs }) => share(cpuUs))),
    worker: most(workers.map(({ coreShare }) => coreShare)),
  };
}
