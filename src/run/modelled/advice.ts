import type { Fleet } from './capacity.js';

/** Which fleet to take, and why. */
export interface Advice {
  readonly strategy: string;
  /** Others that would cost the same, within what a calibration can tell. */
  readonly alike: readonly string[];
  readonly reasons: readonly string[];
}

/** Fleets whose prices differ by less than this cost the same: calibrations are no better. */
const alike = 1.1;

/** What one more process costs beside the work it does, in cores: somebody must run it and watch it. A choice, not a measurement. */
const coresPerProcess = 0.1;

/** The cheapest; among those that cost the same the one that is simplest to run and loses least when a broker dies. */
export function advise(fleets: readonly Fleet[]): Advice | null {
  const [cheapest] = [...fleets].sort((one, other) => price(one) - price(other));
  if (cheapest === undefined) return null;
  const cheap = fleets.filter((one) => price(one) <= price(cheapest) * alike);
  const [best = cheapest] = [...cheap].sort(simpler);
  const others = cheap.filter((one) => one !== best).map(({ strategy }) => strategy);
  return { strategy: best.strategy, alike: others, reasons: reasonsFor(best, fleets, others) };
}

/** Cores at work, and a little for each process. */
function price({ nodes, brokers, cores }: Fleet): number {
  return cores + coresPerProcess * (nodes + brokers);
}

function simpler(one: Fleet, other: Fleet): number {
  return (
    one.uncalibrated.length - other.uncalibrated.length ||
    one.brokers - other.brokers ||
    hundredths(one.wastedShare) - hundredths(other.wastedShare) ||
    hundredths(one.lostShare ?? 0) - hundredths(other.lostShare ?? 0) ||
    held(one) - held(other) ||
    one.cores - other.cores
  );
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function hundredths(share: number): number {
  return Math.round(share * 100);
}

/** What somebody must remember: differences of a few come from sampling. */
function held({ subscriptionsPerBroker, entriesPerPlace }: Fleet): number {
  return Math.round(Math.log2(1 + subscriptionsPerBroker + entriesPerPlace));
}

function reasonsFor(best: Fleet, fleets: readonly Fleet[], others: readonly string[]): string[] {
  const dearest = Math.max(...fleets.map(({ cores }) => cores));
  return [
    `it needs ${counted(best.nodes, 'node')} and ${counted(best.brokers, 'broker')}, ${best.cores.toFixed(1)} cores at work` +
      (dearest > 1.1 * best.cores ? `; the dearest that can do it, ${dearest.toFixed(1)} cores` : ''),
    ...(best.wastedShare > 0.01
      ? [`${Math.round(best.wastedShare * 100)} % of what a node gets is for others, which still fits`]
      : ['every copy that a node gets is wanted there']),
    ...(others.length > 0 ? [`${others.join(', ')} would cost the same, within what a calibration can tell`] : []),
    ...(best.lostShare === null
      ? [
          best.nodes === 1
            ? 'no broker can die, but when its one node ends everybody is offline: ask for --nodes-least 2 if that may not be'
            : 'no broker can die',
        ]
      : [`when one broker dies ${Math.round(best.lostShare * 100)} % of deliveries are lost until it is back`]),
  ];
}
