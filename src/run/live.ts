import { BenchError, unavailable, wordsOf } from '../error.js';
import { unixMs } from '../load/clock.js';
import type { Measured } from '../measure/result.js';
import type { Trace } from '../measure/traceSchema.js';
import type { Plan } from '../plan/types.js';
import type { Death } from '../processes/processes.js';
import type { WorkerReport } from '../processes/protocol.js';
import type { BrokerCounters } from '../transports/types.js';
import { assemble } from './assemble.js';
import { Cast, type Given } from './cast.js';
import { cleanUp } from './cleanUp.js';
import type { Offset } from './clocks.js';
import { brokerCounters, collect, listenerCounters, type Snapshot } from './collect.js';
import { showOutcome, showProgress } from './loadProgress.js';
import { Patience } from './patience.js';
import { settle, slackMs } from './settle.js';
import { type Watched, watchNodes } from './timeline.js';
import { unlessAborted, type Watch } from './watch.js';

/** RabbitMQ takes 10 s on a free machine, a cluster as long to agree; what starts faster says itself when it is late. */
const startBrokersMs = 90_000;
/** From the word to the first action: every worker must have heard it. */
const startDelayMs = 200;
/** How long the death of a process may take to be seen after a call to it failed. */
const deathSeenMs = 1_500;

/** A live run while it is performed. */
export interface Stage {
  readonly plan: Plan;
  readonly cast: Cast;
  readonly watch: Watch;
  readonly patience: Patience;
}

/** All facts of a live run, before they are put together. */
export interface LiveFacts {
  readonly plan: Plan;
  readonly cast: Cast;
  readonly startedAt: string;
  readonly attached: readonly (BrokerCounters | null)[];
  readonly start: Snapshot;
  readonly drained: Snapshot;
  readonly end: readonly (BrokerCounters | null)[];
  readonly reports: readonly (WorkerReport | null)[];
  /** Messages that were followed when all was counted; undefined: none was, or it did not come to an end. */
  readonly traces: readonly Trace[] | undefined;
  /** Each worker's clock after the load. */
  readonly clocks: readonly (Offset | null)[];
  readonly deaths: readonly Death[];
  /** What was seen of it while the load was played. */
  readonly watched: Watched;
  /** Why the counters may have been read while something was still in flight; null: nothing was. */
  readonly undrained: string | null;
  /** Why somebody did not say what was asked, by the place in the result. */
  readonly unanswered: ReadonlyMap<string, string>;
}

/** Runs a plan on real processes. Whatever happens, nothing of it is left when this returns or throws. */
export async function runLive(plan: Plan, given: Given, watch: Watch): Promise<Measured> {
  const cast = await Cast.open(plan, given);
  cast.processes.onLoss = ({ id, words }) => watch.warn(`[${id}] ${words}`);
  try {
    const stage = { plan, cast, watch, patience: new Patience(watch.signal) };
    return await unlessAborted(watch.signal, perform(stage));
  } finally {
    await cast.close();
    await cleanUp(plan, cast, given, watch);
  }
}

async function perform(stage: Stage): Promise<Measured> {
  const { plan, cast, patience } = stage;
  const { attached, start } = await unlessDead(stage, setUp(stage));
  const startedAt = new Date().toISOString();
  const { undrained, watched } = await playToTheEnd(stage);
  if ((await cast.processes.deathsTold()).length > 0) patience.shorten();
  const collected = await collect(stage, undrained === null);
  const deaths = await cast.processes.deathsTold();
  const measured = await assemble({
    plan,
    cast,
    startedAt,
    attached,
    start,
    ...collected,
    deaths,
    undrained,
    watched,
    unanswered: patience.unknowns,
  });
  showOutcome(stage, measured);
  return measured;
}

/** From nothing to everyone connected, every path seen to work and warm, and what was counted until then. */
async function setUp(stage: Stage): Promise<Pick<LiveFacts, 'attached' | 'start'>> {
  const { plan, cast, watch, patience } = stage;
  const ids = [...plan.topology.brokers.map(({ id }) => id), 'store'].join(', ');
  watch.progress({ step: `starting the brokers (${plan.topology.brokers.length}) and the room store` });
  await patience.one(startBrokersMs, cast.startBrokers(), () => `${ids}: not all of them were ready within ${startBrokersMs / 1000} s`);
  const attached = await brokerCounters(stage, 'raw.attached');
  await cast.startNodes(watch, patience);
  await cast.startWorkers(patience);
  await gather(stage);
  await probe(stage);
  await warmUp(stage);
  const nodes = await patience.all('say what it counted', plan.timing.setUpMs, cast.nodes, ({ call }) => call.snapshot());
  return { attached, start: { nodes, brokers: await brokerCounters(stage), listeners: await listenerCounters(stage) } };
}

/** Everyone online, and in their rooms. */
async function gather(stage: Stage): Promise<void> {
  const { plan, cast, watch, patience } = stage;
  const { setUpMs } = plan.timing;
  watch.progress({ step: `connecting ${plan.size.users} users` });
  await patience.all('connect its users', setUpMs, cast.workers, ({ call }) => call.connect());
  await patience.all('create its rooms', setUpMs, cast.workers, ({ call }) => call.createRooms());
  await settle(stage);
}

/** A delivery must be seen on every kind of pair before the load starts. */
async function probe(stage: Stage): Promise<void> {
  const { plan, cast, watch, patience } = stage;
  const { setUpMs } = plan.timing;
  watch.progress({ step: 'probing every pair of nodes' });
  await patience.all('probe', setUpMs, cast.workers, ({ call }) => call.probe());
  await settle(stage);
  const missing = (await patience.all('say what was probed', setUpMs, cast.workers, ({ call }) => call.probed())).flat();
  if (missing.length === 0) return;
  throw unavailable(
    `strategy ${plan.strategy.name} does not deliver: no probe arrived from ${missing.slice(0, 5).join(', ')}${missing.length > 5 ? `, and ${missing.length - 5} more` : ''}`,
  );
}

/** The like of the load, before anything is measured: caches filled, code compiled, buffers grown. */
async function warmUp(stage: Stage): Promise<void> {
  const { plan, cast, watch, patience } = stage;
  if (plan.warmUpSeconds === 0) return;
  watch.progress({ step: `warming up for ${plan.warmUpSeconds} s` });
  const atUnixMs = unixMs() + startDelayMs;
  const refused = await patience.all('finish the warm-up', playMs(plan, plan.warmUpSeconds), cast.workers, ({ call }) =>
    call.warmUp(atUnixMs),
  );
  for (const [index, reasons] of refused.entries())
    for (const [reason, count] of Object.entries(reasons))
      watch.warn(`during the warm-up ${count} messages of ${cast.workers[index]?.id} were refused: ${reason}`);
  await settle(stage);
}

/** The load, until nothing of it is under way: `undrained` null, or why that cannot be said. A process that stays silent now costs its figures, not the run. */
async function playToTheEnd(stage: Stage): Promise<Pick<LiveFacts, 'undrained' | 'watched'>> {
  const atUnixMs = unixMs() + startDelayMs;
  const seen = watchNodes(stage, atUnixMs);
  try {
    const death = (await firstDeathOr(stage, play(stage, atUnixMs))) ?? (await firstDeathOr(stage, settle(stage)));
    return { undrained: death === undefined ? null : 'a process died', watched: seen() };
  } catch (error) {
    stage.watch.signal.throwIfAborted();
    if (error instanceof BenchError && error.fault === 'unavailable') return { undrained: wordsOf(error), watched: seen() };
    throw error;
  } finally {
    seen();
  }
}

async function play(stage: Stage, atUnixMs: number): Promise<void> {
  const { plan, cast, patience } = stage;
  const stop = showProgress(stage, atUnixMs);
  try {
    await patience.all('finish the load', playMs(plan, plan.size.seconds), cast.workers, ({ call }) => call.start(atUnixMs));
  } finally {
    stop();
  }
}

/** How long playing may take: a message sent at the last moment may be waited for as long as any. */
function playMs({ timing }: Plan, seconds: number): number {
  return startDelayMs + seconds * 1000 + timing.drainMs + slackMs;
}

async function firstDeathOr({ cast, watch, patience }: Stage, work: Promise<unknown>): Promise<Death | undefined> {
  const { firstDeath } = cast.processes;
  try {
    return await Promise.race([firstDeath, work.then(() => undefined)]);
  } catch (error) {
    watch.signal.throwIfAborted();
    // A call to a child that just died fails a moment before its death is seen.
    return patience.one(deathSeenMs, firstDeath, () => wordsOf(error)).catch(() => Promise.reject(error));
  }
}

/** Before the load there is nothing to report: a death, or a call that failed of it, is an error. */
async function unlessDead<T>(stage: Stage, work: Promise<T>): Promise<T> {
  let result: { value: T } | undefined;
  const death = await firstDeathOr(
    stage,
    work.then((value) => {
      result = { value };
    }),
  );
  if (result !== undefined) return result.value;
  throw unavailable(`[${death?.id}] died before the load started: ${death?.words}`);
}
