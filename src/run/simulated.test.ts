import { expect, it } from 'vitest';
import { simulate } from './simulated/simulate.js';
import { simulatedPlan } from './simulated/testing/plans.js';
import { runSimulated } from './simulated.js';

/** The thread runs what is built. */
function watched(signal = new AbortController().signal) {
  const steps: string[] = [];
  return { steps, signal, progress: ({ step }: { step: string }) => steps.push(step), warn: () => {} };
}

it('a thread returns what a simulation in this process does, and shows how far it is', async () => {
  const plan = await simulatedPlan('node-inbox', 'members');
  const watch = watched();
  const threaded = await runSimulated(plan, watch);
  expect({ ...threaded, startedAt: '', environment: null }).toEqual({
    ...(await simulate(plan)).measured,
    startedAt: '',
    environment: null,
  });
  expect(watch.steps).toEqual(expect.arrayContaining(['connecting 400 virtual users', 'probing every pair of virtual nodes', 'load']));
});

it('a simulation that is interrupted ends at once', async () => {
  const plan = await simulatedPlan('single-channel', 'direct', {
    size: { nodes: 100, users: 10_000, ratePerSecond: 100_000, seconds: 60 },
  });
  const interrupt = new AbortController();
  const running = runSimulated(plan, { ...watched(interrupt.signal), progress: () => interrupt.abort(new Error('interrupted')) });
  await expect(running).rejects.toThrow('interrupted');
});

it('what cannot be simulated is said in the words of the simulation', async () => {
  const plan = await simulatedPlan('mesh-replicated', 'direct', { size: { nodes: 1_000, users: 1_000_000 } });
  await expect(runSimulated(plan, watched())).rejects.toThrow(
    /takes about \d+ MB of memory: mesh-replicated keeps 0 subscriptions and 1000 entries/,
  );
});
