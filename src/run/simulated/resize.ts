import { type BenchError, usage } from '../../error.js';
import { sum } from '../../measure/accounting.js';
import type { Counts } from '../../measure/result.js';
import { userId } from '../../plan/placement.js';
import { randomOf } from '../../plan/random.js';
import type { Plan } from '../../plan/types.js';
import type { Routing, Strategy, Topic, Topology } from '../../routing/types.js';
import type { Count } from './count.js';
import { judgementOf, play, type Stage, setUp, stageOf } from './phases.js';
import type { SimulatedTown } from './town.js';

/** Ways to go from R brokers to another number of them under load. */
export const ways = ['restart', 'naive', 'coordinated'] as const;
export type Way = (typeof ways)[number];

export interface ResizeSettings {
  readonly brokers: number;
  /** How long nobody can say anything while all nodes start anew. */
  readonly restartMs: number;
  /** Within which time nodes hear of the change where each goes over by itself. */
  readonly rolloutMs: number;
}

/** What one change of the number of brokers cost. */
export interface Resize {
  readonly strategy: string;
  readonly way: Way;
  readonly from: number;
  readonly to: number;
  /** Of the users' topics: those whose messages go elsewhere afterwards. */
  readonly movedShare: number;
  /** Subscriptions that nodes made for it. */
  readonly subscribes: number;
  /** From its begin until nobody lives by the old topology any more. */
  readonly tookMs: number;
  readonly counts: Counts;
}

/** Plays a plan, and in the middle of its load changes the number of brokers. */
export async function resize(plan: Plan, way: Way, settings: ResizeSettings): Promise<Resize> {
  const stage = await stageOf(plan);
  const { strategy, town } = stage;
  const size = strategy.fit?.({ ...plan.size, brokers: settings.brokers }, plan.strategy.options) ?? {
    ...plan.size,
    brokers: settings.brokers,
  };
  if (size.brokers === plan.size.brokers) throw nothingChanges(plan, settings.brokers);
  const next = { version: plan.topology.version + 1, nodes: plan.topology.nodes, brokers: strategy.brokers(size) };
  const start = setUp(stage);
  const beginMs = town.timeline.nowMs + (plan.size.seconds * 1000) / 2;
  let endMs = Number.NaN;
  town.timeline.at(beginMs, () =>
    begin(stage, next, way, settings, () => {
      endMs = town.timeline.nowMs;
    }),
  );
  play(stage);
  return {
    strategy: strategy.name,
    way,
    from: plan.size.brokers,
    to: size.brokers,
    movedShare: movedShare(plan, strategy, next),
    subscribes: subscriptionsMade(stage, way, start),
    tookMs: endMs - beginMs,
    counts: judgementOf(stage).counts,
  };
}

function nothingChanges({ strategy, size }: Plan, asked: number): BenchError {
  const fitted = asked === size.brokers ? '' : `, which is the nearest to ${asked} that it can run with`;
  return usage(
    `strategy ${strategy.name} has ${size.brokers} brokers before and after${fitted}: there is nothing to simulate; ask for another number`,
  );
}

function begin({ plan, town }: Stage, next: Topology, way: Way, { restartMs, rolloutMs }: ResizeSettings, done: () => void): void {
  const random = randomOf(plan.seed, 'rollout');
  if (way === 'coordinated') town.change(next, 'coordinated', done);
  else if (way === 'naive') town.change(next, { overMs: rolloutMs, random }, done);
  else restart(town, () => town.change(next, { overMs: 0, random }), restartMs, done);
}

/** What was said before is delivered: nodes end in good order, and all start anew. */
function restart(town: SimulatedTown, change: () => void, restartMs: number, done: () => void): void {
  const { timeline } = town;
  town.closeDoors(true);
  timeline.afterAllUnderWay(() => timeline.afterAllUnderWay(change));
  timeline.at(timeline.nowMs + restartMs, () => {
    town.closeDoors(false);
    done();
  });
}

/** Whoever starts anew makes every subscription again. */
function subscriptionsMade({ town }: Stage, way: Way, start: Count): number {
  const { nodes } = town.network;
  if (way === 'restart') return sum(Array.from(nodes.values(), (core) => sum(Object.values(core.subscriptions()))));
  return sum(Array.from(nodes, ([id, { counters }]) => counters.subscribes - (start.nodes.get(id)?.subscribes ?? 0)));
}

/** Where a user's messages are put before and after. */
function movedShare({ topology, size, strategy: { options } }: Plan, strategy: Strategy, next: Topology): number {
  const [before, after] = [strategy.route(topology, options), strategy.route(next, options)];
  let moved = 0;
  for (let user = 0; user < size.users; user++) if (placesOf(before, user) !== placesOf(after, user)) moved++;
  return moved / size.users;
}

function placesOf(routing: Routing, user: number): string {
  const topic: Topic = `u:${userId(user)}`;
  const places = routing.publish(topic, { node: '', known: [], random: () => 0.5 });
  return places.map(({ broker, channel }) => `${broker} ${channel}`).join();
}
