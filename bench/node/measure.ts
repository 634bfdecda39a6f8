import { setTimeout as pause } from 'node:timers/promises';
import { Latency } from '../../src/measure/latency.js';
import { Crowd } from './crowd.js';
import { type System, type SystemName, startSystem } from './systems.js';

export interface Extent {
  readonly users: number;
  /** Messages under way at saturation. */
  readonly underWay: number;
  readonly perSecond: number;
  readonly warmUpSeconds: number;
  readonly windowSeconds: number;
}

/** What one window showed. */
export interface Window {
  readonly deliveredPerSecond: number;
  /** Refused messages and closed connections, and why the first was: a window with any is not what it says it is. */
  readonly failed: number;
  readonly why: string | null;
  /** Of all processes of the system but the generator, and of the nodes among them. */
  readonly cpuUsPerDelivered: number;
  readonly nodesCpuUsPerDelivered: number;
  /** From when it was due to the acknowledgement, at the client; at saturation the queue that the clients themselves make. */
  readonly acknowledgedMsP50: number;
  readonly acknowledgedMsP99: number;
}

export interface Taken {
  readonly saturation: Window;
  readonly equalRate: Window;
}

/** One system, started for this and ended after it, in both modes. */
export async function take(name: SystemName, extent: Extent): Promise<Taken> {
  const system = await startSystem(name, extent.users);
  try {
    const crowd = await Crowd.gather(system, extent.users);
    try {
      const saturation = await windowOf(system, crowd, extent, () => crowd.saturate(extent.underWay));
      const equalRate = await windowOf(system, crowd, extent, () => crowd.say(extent.perSecond));
      return { saturation, equalRate };
    } finally {
      crowd.leave();
    }
  } finally {
    await system.stop();
  }
}

/** After the warm-up; it ends when nothing is under way. */
async function windowOf(system: System, crowd: Crowd, { warmUpSeconds, windowSeconds }: Extent, begin: () => void): Promise<Window> {
  Object.assign(crowd.tally, { failed: 0, why: undefined });
  begin();
  await pause(warmUpSeconds * 1000);
  const before = await reading(system, crowd);
  const latency = new Latency();
  crowd.tally.latency = latency;
  await pause(windowSeconds * 1000);
  const after = await reading(system, crowd);
  const quantileMs = (quantile: number) => latency.quantileMs(quantile) ?? Number.NaN;
  const quantiles = { acknowledgedMsP50: quantileMs(0.5), acknowledgedMsP99: quantileMs(0.99) };
  await crowd.stop();
  const delivered = after.delivered - before.delivered;
  if (delivered === 0) throw new Error('nothing was delivered');
  return {
    failed: crowd.tally.failed,
    why: crowd.tally.why ?? null,
    deliveredPerSecond: (delivered / (after.atMs - before.atMs)) * 1000,
    cpuUsPerDelivered: (after.cpuUs - before.cpuUs) / delivered,
    nodesCpuUsPerDelivered: (after.nodesCpuUs - before.nodesCpuUs) / delivered,
    ...quantiles,
  };
}

async function reading(system: System, crowd: Crowd) {
  const [cpuUs, nodesCpuUs] = await Promise.all([system.cpuUs(), system.nodesCpuUs()]);
  return { atMs: performance.now(), delivered: crowd.tally.delivered, cpuUs, nodesCpuUs };
}
