import { unavailable } from '../../error.js';
import { probesOf } from '../../load/probes.js';
import { type Judgement, judge } from '../../measure/judge.js';
import { checkOnlySays, onlySayings } from '../../plan/actions.js';
import { scenarioOf } from '../../plan/scenarios.js';
import { loadStrategy } from '../../plan/strategies.js';
import type { Plan, Saying } from '../../plan/types.js';
import { type Workload, workloadOf } from '../../plan/workload.js';
import type { Routing, Strategy } from '../../routing/types.js';
import type { Watch } from '../watch.js';
import { type Count, countOf } from './count.js';
import { checkMemory, needOf } from './memory.js';
import { Pace } from './pace.js';
import { Players } from './players.js';
import { SimulatedTown } from './town.js';

/** More pairs of nodes are not probed: live every path must be seen to work; here only answers of directories that are kept can matter. */
const probedPairsMost = { kept: 250_000, notKept: 10_000 } as const;

const simulator = 'the simulator';

/** Who is shown how far it is. */
export type Spectator = Pick<Watch, 'progress' | 'warn'>;

export const nobody: Spectator = { progress: () => {}, warn: () => {} };

/** A simulation while it is performed. */
export interface Stage {
  readonly plan: Plan;
  readonly strategy: Strategy;
  readonly routing: Routing;
  readonly workload: Workload;
  readonly town: SimulatedTown;
  readonly players: Players;
  readonly pace: Pace;
  readonly watch: Spectator;
  readonly leftOut: Record<string, string>;
}

/** Throws, before anything is played, when it would take more memory than there is. */
export async function stageOf(plan: Plan, watch: Spectator = nobody): Promise<Stage> {
  const strategy = await loadStrategy(plan.strategy);
  const scenario = await scenarioOf(plan);
  checkOnlySays(scenario, simulator);
  const workload = workloadOf(scenario, plan);
  const routing = strategy.route(plan.topology, plan.strategy.options);
  for (const words of checkMemory(plan, needOf(plan, routing, workload))) watch.warn(words);
  const town = new SimulatedTown(plan, strategy);
  const players = new Players(town, workload, plan.rooms);
  return { plan, strategy, routing, workload, town, players, pace: new Pace(), watch, leftOut: {} };
}

/** Everyone connected and in their rooms, every path seen to work and caches filled, and what was counted until then. */
export function setUp(stage: Stage): Count {
  const { town } = stage;
  town.open();
  gather(stage);
  probe(stage);
  warmUp(stage);
  town.questions.begin();
  return countOf(town.network);
}

function gather({ plan, town, players, workload, watch }: Stage): void {
  watch.progress({ step: `connecting ${plan.size.users} virtual users` });
  for (let next = 0; next < plan.size.users; ) next = town.connect(next, workload.devices);
  for (const [user, room] of players.roomListeners()) town.enter(user, workload.devices, room);
  town.timeline.drain();
}

/** What probes leave behind are answers of directories that are kept; live they also show that every path works. */
function probe({ plan, routing, town, players, watch, leftOut }: Stage): void {
  const [pairs, kept] = [plan.topology.nodes.length ** 2, routing.directoryCached === true];
  if (pairs > probedPairsMost[kept ? 'kept' : 'notKept']) {
    const words = kept ? 'so up to one question for each pair more falls into the load' : 'which changes no figure of the load';
    leftOut.probes = `${pairs} pairs of nodes are too many to probe, ${words}`;
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

function warmUp(stage: Stage): void {
  const { plan, players, workload, watch } = stage;
  if (plan.warmUpSeconds === 0) return;
  watch.progress({ step: `warming up for ${plan.warmUpSeconds} virtual s` });
  perform(stage, workload.warmUpActions(), (action) => players.warmUp(action));
}

/** The load, to its end. Returns when it began. */
export function play(stage: Stage): number {
  const { plan, town, players, workload, watch } = stage;
  const startMs = town.timeline.nowMs;
  town.recorder.begin(startMs);
  perform(
    stage,
    onlySayings(workload.actions(), simulator),
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
function perform({ town, pace }: Stage, actions: Iterable<Saying>, act: (action: Saying) => void, show = () => {}): void {
  const { timeline } = town;
  const startMs = timeline.nowMs;
  for (const action of actions) {
    timeline.runUntil(startMs + action.atMs);
    act(action);
    if (pace.due) show();
  }
  timeline.drain();
}

/** What became of every message. */
export function judgementOf({ plan, workload, town }: Stage): Judgement {
  return judge(town.recorder.ledger, { members: workload.members, graceMs: plan.timing.graceMs });
}
