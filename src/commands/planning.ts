import { randomBytes } from 'node:crypto';
import { checkBytes } from '../load/text.js';
import { checkAnswers } from '../measure/answers.js';
import { standardHopLatency } from '../plan/hopLatency.js';
import { planOf } from '../plan/plan.js';
import { askedScenario, scenarioOptions } from '../plan/scenarios.js';
import { checkedStrategy, optionsOf } from '../plan/strategies.js';
import type { EngineName, Plan } from '../plan/types.js';
import { workloadOf } from '../plan/workload.js';
import type { Broker, Size } from '../routing/types.js';
import type { Given } from '../run/cast.js';
import { transportKind } from '../transports/index.js';
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
  const plan = await served(planOf({ ...asked, command: repeatCommand(asked) }), flags.engine);
  checkBytes(plan.size, workloadOf(asked.scenario, plan).rooms.length);
  if (runnerOf(plan) === 'live') await checkServers(asked.strategy, plan);
  return { asked, plan };
}

/** Where Socket.IO delivers by itself, everything goes through it. */
async function served(plan: Plan, asked: EngineName | undefined): Promise<Plan> {
  if (runnerOf(plan) !== 'live' || plan.engine === 'socket.io') return plan;
  if (!(await socketIoDelivers(plan.topology.brokers))) return plan;
  const words = `${plan.strategy.name} runs with --engine socket.io, not ${asked}: Socket.IO itself delivers there`;
  return { ...plan, engine: 'socket.io', changed: asked === undefined ? plan.changed : [...plan.changed, words] };
}

/** Whether Socket.IO itself delivers what comes through these brokers. */
export async function socketIoDelivers(brokers: readonly Broker[]): Promise<boolean> {
  const kinds = await Promise.all(brokers.map(({ kind }) => transportKind(kind)));
  return kinds.some(({ facts }) => facts.delivers === true);
}

async function askedBy(name: string, flags: RunFlags, given: Given): Promise<Asked> {
  const { strategy, file } = await checkedStrategy(name);
  const { scenario, file: scenarioFile } = await askedScenario(flags.scenario);
  if (scenarioFile !== null) checkAnswers(scenario, scenarioFile);
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
    engine: flags.engine,
    gatherMs: flags.gather,
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
