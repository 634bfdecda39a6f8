import { unavailable, wordsOf } from '../error.js';
import type { Measured } from '../measure/result.js';
import type { Plan } from '../plan/types.js';
import type { Death } from '../processes/processes.js';
import type { NodeSnapshot, WorkerReport } from '../processes/protocol.js';
import type { BrokerCounters } from '../transports/types.js';
import { assemble } from './assemble.js';
import { Cast, type Given } from './cast.js';
import { cleanUp } from './cleanUp.js';
import { inTime, unlessAborted, type Watch } from './watch.js';

/** How long everyone may take to say what they counted: a report of a million messages takes seconds. */
const reportMs = 60_000;
/** The same after a death: the run must end soon, whoever else hangs. */
const lastReportMs = 1_500;
/** From the word to the first action: every worker must have heard it. */
const startDelayMs = 200;
/** How long everyone may take to leave when all is counted. */
const endMs = 10_000;
const progressEveryMs = 500;

/** What everyone counted at one moment, when nothing was in flight. `null`: it was dead, or did not answer. */
export interface Snapshot {
  readonly nodes: readonly (NodeSnapshot | null)[];
  readonly brokers: readonly (BrokerCounters | null)[];
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
  readonly deaths: readonly Death[];
  /** Why the counters may have been read while something was still in flight; null: nothing was. */
  readonly undrained: string | null;
}

/** Runs a plan on real processes. Whatever happens, nothing of it is left when this returns or throws. */
export async function runLive(plan: Plan, given: Given, watch: Watch): Promise<Measured> {
  const cast = await Cast.open(plan, given);
  try {
    return await unlessAborted(watch.signal, perform(plan, cast, watch));
  } finally {
    await cast.close();
    await cleanUp(plan, cast, given, watch);
  }
}

async function perform(plan: Plan, cast: Cast, watch: Watch): Promise<Measured> {
  const attached = await unlessDead(cast, setUp(plan, cast, watch));
  const start = await unlessDead(cast, snapshot(cast, reportMs));
  const startedAt = new Date().toISOString();
  const death = await play(plan, cast, watch);
  const undrained = death === undefined ? await drained(plan, cast) : 'a process died';
  const collected = await collect(cast, undrained === null, cast.processes.deaths.length > 0 ? lastReportMs : reportMs);
  return assemble({ plan, cast, startedAt, attached, start, ...collected, deaths: cast.processes.deaths, undrained });
}

/** From nothing to everyone connected and every path seen to work. */
async function setUp(plan: Plan, cast: Cast, watch: Watch): Promise<Snapshot['brokers']> {
  watch.progress({ step: `starting the brokers (${plan.topology.brokers.length}) and the room store` });
  await cast.startBrokers();
  const attached = await brokerCounters(cast, reportMs);
  await cast.startNodes(watch);
  await cast.startWorkers();
  watch.progress({ step: `connecting ${plan.size.users} users` });
  await Promise.all(cast.workers.map(({ call }) => call.connect()));
  await Promise.all(cast.workers.map(({ call }) => call.createRooms()));
  await settle(plan, cast);
  await probe(plan, cast, watch);
  return attached;
}

/** A delivery must be seen on every kind of pair before the load starts. */
async function probe(plan: Plan, cast: Cast, watch: Watch): Promise<void> {
  watch.progress({ step: 'probing every pair of nodes' });
  await Promise.all(cast.workers.map(({ call }) => call.probe()));
  await settle(plan, cast);
  const missing = (await Promise.all(cast.workers.map(({ call }) => call.probed()))).flat();
  if (missing.length === 0) return;
  throw unavailable(
    `strategy ${plan.strategy.name} does not deliver: no probe arrived from ${missing.slice(0, 5).join(', ')}${missing.length > 5 ? `, and ${missing.length - 5} more` : ''}`,
  );
}

/** The load. Returns the death that ended it, if any. */
async function play(plan: Plan, cast: Cast, watch: Watch): Promise<Death | undefined> {
  const atUnixMs = performance.timeOrigin + performance.now() + startDelayMs;
  const stop = showProgress(plan, cast, watch, atUnixMs);
  try {
    return await firstDeathOr(cast, Promise.all(cast.workers.map(({ call }) => call.start(atUnixMs))));
  } finally {
    stop();
  }
}

/** Null when nothing is in flight any more, else why that cannot be said. */
async function drained(plan: Plan, cast: Cast): Promise<string | null> {
  try {
    const death = await firstDeathOr(cast, settle(plan, cast));
    return death === undefined ? null : 'a process died';
  } catch (error) {
    return wordsOf(error);
  }
}

/** After the load: what everyone counted, then the end in good order. */
async function collect(cast: Cast, inOrder: boolean, patienceMs: number): Promise<Pick<LiveFacts, 'drained' | 'end' | 'reports'>> {
  const reports = await Promise.all(cast.workers.map(({ call }) => known(patienceMs, call.report())));
  const drained = await snapshot(cast, patienceMs);
  if (inOrder) await inTime(endMs, 'ending in good order', retire(cast));
  return { drained, end: await brokerCounters(cast, patienceMs), reports };
}

async function retire(cast: Cast): Promise<void> {
  await Promise.all(cast.workers.map(({ call }) => call.stop()));
  const exits = cast.nodes.map(async ({ call, hello }) => {
    cast.processes.ask(hello.pid);
    const exited = cast.processes.exited(hello.pid);
    await Promise.race([call.drain(), exited]);
    return exited;
  });
  await Promise.all(exits);
}

/** Resolves when nothing is in flight: not to a broker, not to a node, not to a socket. */
async function settle(plan: Plan, cast: Cast): Promise<void> {
  const settled = async () => {
    await Promise.all(cast.nodes.map(({ call }) => call.settle()));
    await Promise.all(cast.nodes.map(({ call }) => call.settle()));
    await Promise.all(cast.workers.map(({ call }) => call.settle()));
  };
  await inTime(plan.timing.drainMs, 'waiting until nothing was under way', settled());
}

async function snapshot(cast: Cast, patienceMs: number): Promise<Snapshot> {
  const nodes = Promise.all(cast.nodes.map(({ call }) => known(patienceMs, call.snapshot())));
  const brokers = brokerCounters(cast, patienceMs);
  return { nodes: await nodes, brokers: await brokers };
}

function brokerCounters(cast: Cast, patienceMs: number): Promise<(BrokerCounters | null)[]> {
  return Promise.all(cast.brokers.map(({ kind, place }) => known(patienceMs, kind.counters(place))));
}

/** What it says, or null when it is dead or does not answer in time: the result then names it. */
async function known<T>(patienceMs: number, answer: Promise<T>): Promise<T | null> {
  try {
    return await inTime(patienceMs, 'an answer', answer);
  } catch {
    return null;
  }
}

async function firstDeathOr(cast: Cast, work: Promise<unknown>): Promise<Death | undefined> {
  const { firstDeath } = cast.processes;
  try {
    return await Promise.race([firstDeath, work.then(() => undefined)]);
  } catch (error) {
    // A call to a child that just died fails a moment before its death is seen.
    return inTime(lastReportMs, 'the end of a process', firstDeath).catch(() => Promise.reject(error));
  }
}

/** Before the load there is nothing to report: a death, or a call that failed of it, is an error. */
async function unlessDead<T>(cast: Cast, work: Promise<T>): Promise<T> {
  let result: { value: T } | undefined;
  const death = await firstDeathOr(
    cast,
    work.then((value) => {
      result = { value };
    }),
  );
  if (result !== undefined) return result.value;
  throw unavailable(`[${death?.id}] died before the load started: ${death?.words}`);
}

function showProgress(plan: Plan, cast: Cast, watch: Watch, atUnixMs: number): () => void {
  const timer = setInterval(() => {
    Promise.all(cast.workers.map(({ call }) => call.progress())).then(
      (all) =>
        watch.progress({
          step: 'load',
          elapsedSeconds: Math.max(0, (performance.timeOrigin + performance.now() - atUnixMs) / 1000),
          totalSeconds: plan.size.seconds,
          sent: all.reduce((total, { sent }) => total + sent, 0),
          delivered: all.reduce((total, { delivered }) => total + delivered, 0),
          responseMsP99: Math.max(...all.map(({ responseMsP99 }) => responseMsP99 ?? 0)),
        }),
      (error: unknown) => watch.progress({ step: `no progress to show: ${wordsOf(error)}` }),
    );
  }, progressEveryMs);
  return () => clearInterval(timer);
}
