import { randomBytes } from 'node:crypto';
import { checkBytes } from '../load/text.js';
import { standardHopLatency } from '../plan/hopLatency.js';
import { planOf } from '../plan/plan.js';
import { askedScenario, scenarioOptions } from '../plan/scenarios.js';
import { checkedStrategy, optionsOf } from '../plan/strategies.js';
import type { Plan } from '../plan/types.js';
import { workloadOf } from '../plan/workload.js';
import type { Size } from '../routing/types.js';
import type { Given } from '../run/cast.js';
import { maskUrl } from '../transports/redis/url.js';
import { checkServers } from './availability.js';
import type { Asked } from './flag.js';
import { repeatCommand } from './repeat.js';
import type { RunFlags } from './runFlags.js';
import { runnerOf } from './runner.js';

/** The same plan for one more run: what a run leaves at servers of others has its name. */
export function anew(plan: Plan): Plan {
  return { ...plan, run: randomWord() };
}

function randomWord(): string {
  return randomBytes(4).toString('hex');
}

export interface Prepared {
  readonly asked: Asked;
  readonly plan: Plan;
}

/** What to run, ready to start: whatever can be known to go wrong has been said. */
export async function prepare(name: string, flags: RunFlags, given: Given): Promise<Prepared> {
  const asked = await askedBy(name, flags, given);
  const plan = planOf({ ...asked, command: repeatCommand(asked) });
  checkBytes(plan.size, workloadOf(asked.scenario, plan).rooms.length);
  if (runnerOf(plan) === 'live') await checkServers(asked.strategy, plan);
  return { asked, plan };
}

async function askedBy(name: string, flags: RunFlags, given: Given): Promise<Asked> {
  const { strategy, file } = await checkedStrategy(name);
  const { scenario, file: scenarioFile } = await askedScenario(flags.scenario);
  return {
    strategy,
    strategyFile: file,
    options: optionsOf(strategy, flags.option),
    scenario,
    scenarioFile,
    scenarioOptions: scenarioOptions(scenario, flags.set),
    sizeName: flags.size,
    size: { ...scenario.sizes[flags.size], ...sizeBy(flags, given) },
    rooms: flags.rooms,
    seed: flags.seed,
    run: randomWord(),
    workers: flags.workers,
    driver: flags.driver,
    transport: flags.transport,
    warmUpSeconds: flags.warmUp,
    limits: flags.slo,
    hopLatency: flags.runner === 'simulated' ? (flags.hopLatency ?? standardHopLatency) : undefined,
    attach: { brokers: given.brokers?.map(maskUrl) ?? null, store: given.store === null ? null : maskUrl(given.store) },
  };
}

/** Given servers are as many as they are. */
function sizeBy({ nodes, brokers, users, rate, duration, bytes }: RunFlags, attached: Given): Partial<Size> {
  const given = { nodes, brokers: attached.brokers?.length ?? brokers, users, ratePerSecond: rate, seconds: duration, bytes };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
