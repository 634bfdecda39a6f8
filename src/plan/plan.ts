import { usage } from '../error.js';
import type { Options, Size, Strategy } from '../routing/types.js';
import { checkWorkload } from './checkWorkload.js';
import { leaseMs } from './lease.js';
import { topologyOf } from './resized.js';
import type { ClientTransport, DriverName, EngineName, HopLatency, Limits, Plan, RoomForm, Scenario } from './types.js';
import { workloadOf } from './workload.js';

/** What was asked for, already parsed. `undefined`: the scenario's size decides. */
export interface Request {
  readonly strategy: Strategy;
  readonly strategyFile: string | null;
  readonly options: Plan['strategy']['options'];
  readonly scenario: Scenario;
  /** Of a scenario from outside. */
  readonly scenarioFile?: string | null;
  /** Every option of the scenario; absent: its defaults. */
  readonly scenarioOptions?: Options;
  readonly sizeName: 'smoke' | 'full';
  readonly size: Partial<Size>;
  readonly rooms: RoomForm;
  readonly seed: number;
  readonly run: string;
  readonly workers: number;
  /** Absent: `raw`. */
  readonly driver?: DriverName | undefined;
  /** Absent: as the scenario says. */
  readonly transport?: ClientTransport | undefined;
  /** Absent: fast. */
  readonly engine?: EngineName | undefined;
  /** Absent: 0. */
  readonly gatherMs?: number | undefined;
  /** Absent: a fifth of the duration, at most 5 s. */
  readonly warmUpSeconds?: number | undefined;
  /** Given for a simulation only. */
  readonly hopLatency?: HopLatency | undefined;
  /** In place of those of the scenario, one by one. */
  readonly limits?: Limits | undefined;
  /** Masked URLs; null: bench starts its own. */
  readonly attach: Plan['attach'];
  readonly command: string;
}

/** Limits of the chat nodes, far above what a scenario asks for: where they bite, counts are no longer exact. */
export const chatLimits: Plan['chatLimits'] = {
  payloadBytes: 64 * 1024,
  eventsPerSecond: 500,
  eventsBurst: 1_000,
  membersMax: 5_000,
  watchedMax: 1_000,
  unsentBytes: 4 * 1024 * 1024,
  queuedMessages: 50_000,
  queuedBytes: 64 * 1024 * 1024,
};

/** A connect costs about 1 ms of CPU on either side; on a busy machine they take ten times that. */
const setUpMsPerSocket = 10;

function timingOf(sockets: number): Plan['timing'] {
  return { leaseMs, graceMs: 1_000, drainMs: 10_000, setUpMs: 20_000 + setUpMsPerSocket * sockets };
}

/** Long enough to compile what is hot and to fill caches; short beside what is measured. */
function warmUpSecondsOf({ seconds }: Size): number {
  return Math.min(5, seconds / 5);
}

/** Strategy x scenario x size -> what to run; says in words whatever it had to change. */
export function planOf(request: Request): Plan {
  const plan = draftOf(request);
  if (plan.scenarioFile === undefined) checkPlayable(request.scenario, plan);
  else checkWorkload(request.scenario, plan, plan.scenarioFile);
  return plan;
}

/** The same without a look at what the scenario does at that size, which takes memory for every user. */
export function draftOf(request: Request): Plan {
  const { strategy, scenario } = request;
  const asked = checked({ ...scenario.sizes[request.sizeName], ...request.size });
  const size = fitted(strategy, asked, request.options);
  checkCrowd(size);
  checkAttached(request, size);
  return {
    schema: 1,
    run: request.run,
    seed: request.seed,
    strategy: { name: strategy.name, file: request.strategyFile, options: request.options },
    ...scenarioPart(request),
    sizeName: request.sizeName,
    size,
    warmUpSeconds: request.warmUpSeconds ?? warmUpSecondsOf(size),
    rooms: roomsOf(request),
    workers: request.workers,
    ...clientsPart(request),
    engine: request.engine ?? 'fast',
    ...(request.gatherMs ? { gatherMs: request.gatherMs } : {}),
    topology: topologyOf(strategy, size),
    ...(request.hopLatency === undefined ? {} : { hopLatency: request.hopLatency }),
    attach: { ...request.attach, brokers: request.attach.brokers?.slice(0, size.brokers) ?? null },
    chatLimits,
    limits: { ...scenario.limits, ...request.limits },
    timing: timingOf(size.users * (scenario.devices?.(optionsOfScenario(request)) ?? 1)),
    changed: [...changes(strategy.name, asked, size), ...roomChanges(request), ...driverChanges(request)],
    command: request.command,
  };
}

function scenarioPart(request: Request): Pick<Plan, 'scenario' | 'scenarioFile' | 'scenarioOptions' | 'asks'> {
  const { scenario, scenarioFile } = request;
  const options = optionsOfScenario(request);
  return {
    scenario: scenario.name,
    ...(typeof scenarioFile === 'string' && { scenarioFile }),
    ...(Object.keys(options).length > 0 && { scenarioOptions: options }),
    asks: { question: scenario.question, answeredBy: scenario.answeredBy },
  };
}

function optionsOfScenario({ scenario, scenarioOptions }: Request): Options {
  return { ...scenario.options, ...scenarioOptions };
}

/** Absent where everyone is on WebSocket. */
function transportsOf({ scenario, transport }: Request): Plan['transports'] {
  const transports = transport === undefined ? scenario.transports : [transport];
  return transports?.some((one) => one !== 'websocket') ? transports : undefined;
}

function clientsPart(request: Request): Pick<Plan, 'driver' | 'transports'> {
  const transports = transportsOf(request);
  if (transports === undefined) return { driver: request.driver ?? 'raw' };
  return { driver: 'socket.io-client', transports };
}

/** `raw` speaks WebSocket only; and two transports compare only with one client on both sides. */
function driverChanges(request: Request): string[] {
  if (transportsOf(request) === undefined || request.driver === 'socket.io-client') return [];
  return ['the load speaks through socket.io-client, not raw: raw speaks WebSocket only, and long-polling takes part here'];
}

/** Where it is not 1. A rate below 1 is a message every few seconds. */
const smallestOf: Readonly<Partial<Record<keyof Size, number>>> = { seconds: 0.1, ratePerSecond: 0 };

function checked(size: Size): Size {
  for (const [name, value] of Object.entries(size) as [keyof Size, number][]) {
    const smallest = smallestOf[name] ?? 1;
    if (!(value >= smallest)) throw usage(`--${flagOf(name)} must be at least ${smallest}, not ${value}`);
  }
  if (size.bytes > chatLimits.payloadBytes / 2) {
    throw usage(`--bytes ${size.bytes} is more than half of what a chat node takes as one event (${chatLimits.payloadBytes}): lower it`);
  }
  if (!(Math.round(size.ratePerSecond * size.seconds) >= 1)) {
    throw usage(`--rate ${size.ratePerSecond} for --duration ${size.seconds}s is not one message: raise one of them`);
  }
  return size;
}

function checkCrowd({ users, nodes }: Size): void {
  if (users < nodes)
    throw usage(
      `--users ${users} is fewer than --nodes ${nodes}: every node needs somebody online; give --nodes ${users} or --users ${nodes}`,
    );
}

/** A scenario says with its first action whether it can be played at a size. */
function checkPlayable(scenario: Scenario, plan: Plan): void {
  workloadOf(scenario, plan).actions()[Symbol.iterator]().next();
}

function fitted(strategy: Strategy, asked: Size, options: Plan['strategy']['options']): Size {
  try {
    return strategy.fit?.(asked, options) ?? asked;
  } catch (error) {
    if (error instanceof RangeError) throw usage(`strategy ${strategy.name}: ${error.message}`, error);
    throw error;
  }
}

function checkAttached({ strategy, attach }: Request, { brokers }: Size): void {
  const attached = attach.brokers?.length ?? brokers;
  if (attached < brokers)
    throw usage(`strategy ${strategy.name} runs with ${brokers} Redis here, and --redis names ${attached}: name ${brokers}`);
}

const nouns: Readonly<Record<keyof Size, readonly [one: string, many: string]>> = {
  nodes: ['node', 'nodes'],
  brokers: ['broker', 'brokers'],
  users: ['user', 'users'],
  ratePerSecond: ['message per second', 'messages per second'],
  seconds: ['second', 'seconds'],
  bytes: ['byte', 'bytes'],
};

function changes(strategy: string, asked: Size, size: Size): string[] {
  return (Object.keys(asked) as (keyof Size)[])
    .filter((name) => asked[name] !== size[name])
    .map((name) => `${strategy} runs with ${size[name]} ${nouns[name][size[name] === 1 ? 0 : 1]}, not ${asked[name]}`);
}

/** The form that was asked for, or the first that the strategy can run. */
function roomsOf({ strategy, rooms }: Request): RoomForm {
  const [first, ...others] = strategy.rooms ?? [];
  return first === undefined || [first, ...others].includes(rooms) ? rooms : first;
}

/** Where there are no rooms, their form is no news. */
function roomChanges(request: Request): string[] {
  const form = roomsOf(request);
  if (form === request.rooms || request.scenario.rooms === undefined) return [];
  return [`${request.strategy.name} runs rooms in the form ${form}, not ${request.rooms}`];
}

/** The flag that sets a member of a size. */
export function flagOf(name: keyof Size): string {
  return name === 'ratePerSecond' ? 'rate' : name === 'seconds' ? 'duration' : name;
}
