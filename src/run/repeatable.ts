import { exactFigures, type Figures } from '../measure/exact.js';
import type { Measured } from '../measure/result.js';
import { loadStrategy } from '../plan/strategies.js';
import { placedByTransport } from './placedByTransport.js';
import { summed } from './simulated/agreement.js';

/**
 * The exact figures that every run of a plan must share. Where a transport places the sockets they are sums over the nodes; where answers of
 * directories are kept and one message has several topics, which message comes first decides how many questions are put, so those are left out.
 */
export async function repeatableFigures(measured: Measured): Promise<Figures> {
  const { plan } = measured;
  const figures = placedByTransport(plan.topology) ? summed(measured) : exactFigures(measured);
  const strategy = await loadStrategy(plan.strategy);
  const kept = strategy.route(plan.topology, plan.strategy.options).directoryCached === true;
  if (!kept || plan.rooms !== 'members') return figures;
  return new Map([...figures].filter(([name]) => !name.includes('.directory.')));
}
