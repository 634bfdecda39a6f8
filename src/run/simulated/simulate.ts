import { unavailable } from '../../error.js';
import { probesOf } from '../../load/probes.js';
import { judge } from '../../measure/judge.js';
import type { Measured } from '../../measure/result.js';
import { loadScenario } from '../../plan/scenarios.js';
import { loadStrategy } from '../../plan/strategies.js';
import type { Action, Plan } from '../../plan/types.js';
import { type Workload, workloadOf } from '../../plan/workload.js';
import type { Strategy } from '../../routing/types.js';
import type { Watch } from '../watch.js';
import { assemble } from './assemble.js';
import { Breather } from './breather.js';
import { type Count, countOf } from './count.js';
import { Players } from './players.js';
import type { Questions } from './questions.js';
import { SimulatedTown } from './town.js';

/** More pairs of nodes than these are not probed: live every path must be seen to work, here nothing can be cut. */
const probedPairsMost = 250_000;

export interface Simulation {
  readonly measured: Measured;
  /** Of the load alone. */
  readonly questions: Questions;
}

/** A simulation while it is performed. */
interface Stage {
  readonly plan: Plan;
  readonly strategy: Strategy;
  readonly workload: Workload;
  readonly town: SimulatedTown;
  readonly players: Players;
  readonly breather: Breather;
  readonly watch: Watch;
  readonly leftOut: Record<string, string>;
}

export async function runSimulated(plan: Plan, watch: Watch): Promise<Measured> {
  return (await simulate(plan, watch)).measured;
}

/** Plays a plan as a live run does, phase by phase, in virtual time. */
export async function simulate(plan: Plan, watch: Watch): Promise<Simulation> {
  const stage = await stageOf(plan, watch);
  const startedAt = new Date().toISOString();
  const start = await setUp(stage);
  const startMs = await play(stage);
  return { measured: await conclude(stage, { startedAt, start, startMs }), questions: stage.town.questions };
}

async function stageOf(plan: Plan, watch: Watch): Promise<Stage> {
  const strategy = await loadStrategy(plan.strategy);
  const workload = workloadOf(await loadScenario(plan.scenario), plan);
  const town = new SimulatedTown(plan, strategy);
  const players = new Players(town, workload, plan.rooms);
  return { plan, strategy, workload, town, players, breather: new Breather(watch.signal), watch, leftOut: {} };
}

/** Everyone connected and in their rooms, every path seen to work and caches filled, and what was counted until then. */
async function setUp(stage: Stage): Promise<Count> {
  const { town } = stage;
  town.open();
  await gather(stage);
  probe(stage);
  await warmUp(stage);
  town.questions.begin();
  return countOf(town.network);
}

async function gather({ plan, town, players, breather, watch }: Stage): Promise<void> {
  watch.progress({ step: `connecting ${plan.size.users} virtual users` });
  for (let next = 0; next < plan.size.users; ) {
    next = town.connect(next);
    if (breather.due) await breather.take();
  }
  for (const [user, room] of players.roomListeners()) {
    town.enter(user, room);
    if (breather.due) await breather.take();
  }
  town.timeline.drain();
}

/** What probes leave behind are answers of directories that are kept; live they also show that every path works. */
function probe({ plan, town, players, watch, leftOut }: Stage): void {
  const pairs = plan.topology.nodes.length ** 2;
  if (pairs > probedPairsMost) {
    leftOut.probes = `${pairs} pairs of nodes are too many to probe: where answers of directories are kept, up to one question for each pair more falls into the load`;
    return;
  }
  watch.progress({ step: 'probing every pair of virtual nodes' });
  const probes = probesOf(plan.topology.nodes, plan.size.users);
  town.expect(probes);
  for (const one of probes) players.probe(one);
  town.timeline.drain();
  const { missingProbes } = town;
  if (missingProbes.length > 0)
    throw unavailable(`strategy ${plan.strategy.name} does not deliver: no probe arrived from ${missingProbes.slice(0, 5).join(', ')}`);
}

async function warmUp(stage: Stage): Promise<void> {
  const { plan, players, workload, watch } = stage;
  if (plan.warmUpSeconds === 0) return;
  watch.progress({ step: `warming up for ${plan.warmUpSeconds} virtual s` });
  await perform(stage, workload.warmUpActions(), (action) => players.warmUp(action));
}

/** Returns when it began. */
async function play(stage: Stage): Promise<number> {
  const { plan, town, players, workload, watch } = stage;
  const startMs = town.timeline.nowMs;
  await perform(
    stage,
    workload.actions(),
    (action) => players.perform(action),
    () => {
      const { sent, delivered, responseMsP99 } = town.recorder.progress();
      const elapsedSeconds = (town.timeline.nowMs - startMs) / 1000;
      watch.progress({
        step: 'simulating',
        load: { elapsedSeconds, totalSeconds: plan.size.seconds, sent, delivered, responseMsP99, workers: 1, over: false },
      });
    },
  );
  town.close();
  return startMs;
}

/** Every action at its intended time, and then whatever follows from it. */
async function perform(
  { town, breather }: Stage,
  actions: Iterable<Action>,
  act: (action: Action) => void,
  breathed = () => {},
): Promise<void> {
  const { timeline } = town;
  const startMs = timeline.nowMs;
  for (const action of actions) {
    timeline.runUntil(startMs + action.atMs);
    act(action);
    if (!breather.due) continue;
    await breather.take();
    breathed();
  }
  timeline.drain();
}

async function conclude(
  { plan, strategy, workload, town, leftOut }: Stage,
  { startedAt, start, startMs }: { readonly startedAt: string; readonly start: Count; readonly startMs: number },
): Promise<Measured> {
  const { network, recorder } = town;
  const judgement = judge(recorder.ledger, { members: workload.members, graceMs: plan.timing.graceMs });
  return assemble({ plan, strategy, town, network, startedAt, startMs, start, end: countOf(network), judgement, leftOut });
}
