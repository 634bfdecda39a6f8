import { BenchError } from '../error.js';
import type { DriverName } from '../plan/types.js';
import { workloadOfPlan } from '../plan/workloadOfPlan.js';
import type { WorkerCalls } from '../processes/protocol.js';
import { type Clock, unixMs } from './clock.js';
import type { Driver } from './driver.js';
import { Session } from './session.js';

/** What the coordinator may ask of a load worker; the phases are in `protocol.ts`. */
export function workerCalls(open: (driver: DriverName) => Driver, clock: Clock = unixMs): WorkerCalls {
  let session: Session | undefined;
  const planned = (): Session => {
    if (session === undefined) throw new BenchError('bug', '[worker] was asked to work before it got a plan');
    return session;
  };
  return {
    time: async () => ({ unixMs: clock() }),
    plan: async (plan) => {
      session = new Session(plan, await workloadOfPlan(plan.plan), open(plan.plan.driver), clock);
    },
    connect: async () => planned().connect(),
    createRooms: async () => planned().createRooms(),
    probe: async () => planned().probe(),
    probed: async () => planned().probed(),
    warmUp: async (atUnixMs) => planned().warmUp(atUnixMs),
    start: async (atUnixMs) => planned().start(atUnixMs),
    settle: async () => planned().settle(),
    follow: async (subject) => planned().follow(subject),
    followed: async () => planned().followed(),
    progress: async () => planned().progress(),
    report: async () => planned().report(),
    stop: async () => planned().disconnect(),
  };
}
