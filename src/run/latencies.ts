import { sum } from '../measure/accounting.js';
import { distributionOf, Latency } from '../measure/latency.js';
import type { Distribution, Measured } from '../measure/result.js';
import type { WorkerReport } from '../processes/protocol.js';

type Recorded = keyof WorkerReport['latency'];

/** What all load workers saw together. `placesUnknown`: nobody can say which deliveries crossed from node to node. */
export function latencies(
  reports: readonly Pick<WorkerReport, 'latency' | 'early'>[],
  clockErrorMs: number | null,
  placesUnknown: boolean,
): Measured['latencyMs'] {
  const merged = (...names: Recorded[]): Distribution | null => {
    const latency = new Latency();
    for (const report of reports) for (const name of names) latency.merge(Latency.fromBytes(report.latency[name]));
    return latency.count === 0 ? null : distributionOf(latency);
  };
  return {
    response: {
      all: merged('responseSameNode', 'responseCrossNode'),
      sameNode: placesUnknown ? null : merged('responseSameNode'),
      crossNode: placesUnknown ? null : merged('responseCrossNode'),
    },
    service: {
      all: merged('serviceSameNode', 'serviceCrossNode'),
      sameNode: placesUnknown ? null : merged('serviceSameNode'),
      crossNode: placesUnknown ? null : merged('serviceCrossNode'),
    },
    generatorLag: merged('generatorLag'),
    clockErrorMs,
    early: sum(reports.map(({ early }) => early.count)),
  };
}
