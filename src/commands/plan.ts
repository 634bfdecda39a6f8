import { resolve } from 'node:path';
import { Command } from 'commander';
import { unavailable, usage, wordsOf } from '../error.js';
import type { Request } from '../plan/plan.js';
import { type CapacityPlan, capacityPlanText, type PlannedStrategy } from '../report/capacityPlan.js';
import { formatted } from '../report/formats.js';
import type { Language } from '../report/language.js';
import { readKept, recordFile } from '../report/records.js';
import { renderPlan } from '../report/terminal/capacity.js';
import { versions } from '../run/environment.js';
import { type Advice, advise } from '../run/modelled/advice.js';
import { assumedOf } from '../run/modelled/calibration.js';
import { type Demands, type Fleet, type Planned, planned } from '../run/modelled/capacity.js';
import { type FoundCalibration, findCalibration } from './calibrationFile.js';
import { optionsOf } from './flag.js';
import { makeFolder } from './makeFolder.js';
import { type PlanFlags, planCommandAgain, planFlags } from './planFlags.js';
import { socketIoDelivers } from './planning.js';
import { outlooksOf } from './planOutlook.js';
import { requestsOf } from './predictions.js';
import { screen } from './summary.js';
import { inTurns } from './turns.js';
import { writeFiles } from './writeReport.js';

const examples = `
All figures are predictions: loads from the routing, CPU and memory by a calibration of one machine. Run what you choose before you rely on it.

Examples:
  bench plan --users 5e6 --rate-per-user 0.02
  bench plan --users 5e6 --rate-per-user 0.02 --out results/five-million
  bench plan --users 10000 --rate-per-user 0.1 --room-size 10 --rooms topic --slo 50ms --nodes-least 2
  bench plan --users 1e6 --rate-per-user 0.05 --room-size 10 --rooms topic --strategies hashed,redis-sharded,node-inbox --json`;

export function planCommand(signal: AbortSignal): Command {
  const command = new Command('plan').description(
    'how many nodes and brokers every strategy would need for so many users, and which to take',
  );
  for (const option of optionsOf(planFlags)) command.addOption(option);
  return command.addHelpText('after', examples).action((flags: PlanFlags) => plan(flags, signal));
}

async function plan(flags: PlanFlags, signal: AbortSignal): Promise<void> {
  if (flags.users === undefined || flags.ratePerUser === undefined)
    throw usage('--users and --rate-per-user are needed, like --users 5e6 --rate-per-user 0.02');
  if (flags.users < flags.nodesLeast)
    throw usage(`--users ${flags.users} is fewer than --nodes-least ${flags.nodesLeast}: every node needs somebody online`);
  const asked = { ...flags, users: flags.users, ratePerUser: flags.ratePerUser };
  const made = await capacityPlan(asked, await findCalibration(flags.calibration), signal);
  const kept = flags.out === undefined ? made : await withOutlooks(made, asked, signal);
  if (flags.out !== undefined) await keep(kept, flags.out, flags.lang);
  process.stdout.write(flags.json ? capacityPlanText(kept) : renderPlan(kept, screen()));
}

/** With what its page needs to move the sizes. */
async function withOutlooks(made: CapacityPlan, flags: Sized, signal: AbortSignal): Promise<CapacityPlan> {
  const { roomSize, roomsPerUser, users } = flags;
  const outlooks = [...(await outlooksOf(made, await requestsAt(flags, users), signal))];
  return { ...made, outlooks, ...(roomSize !== undefined && { rooms: { members: Math.min(roomSize, users), perUser: roomsPerUser } }) };
}

/** The page is made of the record as it is read, so that one made later is the same. */
async function keep(made: CapacityPlan, out: string, language: Language | undefined): Promise<void> {
  const folder = resolve(out);
  await makeFolder(folder).catch((error: unknown) => {
    throw unavailable(`cannot make ${folder}: ${wordsOf(error)}; name another folder with --out`, error);
  });
  const kept = readKept('plan', capacityPlanText(made), recordFile('plan'));
  const files = await Promise.all((['json', 'html'] as const).map((name) => formatted(name, kept, language)));
  const { failed } = await writeFiles(folder, files.flat());
  if (failed.length > 0) throw unavailable(`${failed.join('; ')}; name another folder with --out`);
  process.stderr.write(`kept in ${out}\n`);
}

type Sized = PlanFlags & { readonly users: number; readonly ratePerUser: number };

/** Many more users, to see what they cost. */
const further = 1_000_000;
/** Fewer and more users, to see where another strategy is the better one. */
const scales = [0.001, 0.01, 0.1, 1, 10];
const usersLeast = 100;
const usersMost = 1e9;

async function capacityPlan(flags: Sized, found: FoundCalibration, signal: AbortSignal): Promise<CapacityPlan> {
  const startedAt = new Date().toISOString();
  const demands: Demands = {
    utilisation: flags.utilisation,
    connectionsPerNode: flags.connectionsPerNode,
    nodesLeast: flags.nodesLeast,
    responseMsP99: flags.slo === undefined ? undefined : flags.slo * 1_000,
  };
  const known = new Map<number, readonly Planned[]>();
  const at = async (users: number) => {
    const one = (request: Request) => plannedOrNot(request, demands, found.calibration);
    const made = known.get(users) ?? (await inTurns(await requestsAt(flags, users), one, signal));
    known.set(users, made);
    return made;
  };
  const here = await at(flags.users);
  const more = await at(flags.users + further);
  const fleets = here.filter(isFleet);
  return {
    schema: 1,
    startedAt,
    command: planCommandAgain(flags),
    seed: flags.seed,
    environment: await versions(),
    users: flags.users,
    ratePerUser: flags.ratePerUser,
    workload:
      flags.roomSize === undefined ? 'direct' : `rooms of ${flags.roomSize}, ${flags.roomsPerUser} for each user, by ${flags.rooms}`,
    demands: { ...demands, responseMsP99: demands.responseMsP99 ?? null },
    calibration: recordedCalibration(found, fleets),
    strategies: fleets.map((fleet) => recordedFleet(fleet, more)),
    impossible: here.flatMap((one) => (isFleet(one) ? [] : [one])),
    advice: recordedAdvice(advise(fleets)),
    winners: await winners(flags, at),
  };
}

function recordedCalibration({ calibration, where }: FoundCalibration, fleets: readonly Fleet[]): CapacityPlan['calibration'] {
  const { madeAt, environment, runs } = calibration;
  const [engines, kinds] = [distinct(fleets.map(({ engine }) => engine)), distinct(fleets.flatMap((fleet) => fleet.kinds))];
  return { where, madeAt, ageDays: daysSince(madeAt), assumed: assumedOf(calibration, engines, kinds), environment, runs };
}

function recordedFleet(fleet: Fleet, more: readonly Planned[]): PlannedStrategy {
  return { ...fleet, kinds: [...fleet.kinds], uncalibrated: [...fleet.uncalibrated], millionMore: growthOf(fleet, more) };
}

function recordedAdvice(advice: Advice | null): CapacityPlan['advice'] {
  return advice && { ...advice, alike: [...advice.alike], reasons: [...advice.reasons] };
}

function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}

function daysSince(time: string): number {
  return Math.max(0, Math.floor((Date.now() - new Date(time).getTime()) / 86_400_000));
}

/** Where Socket.IO itself delivers, nodes serve everything through it. */
async function requestsAt(flags: Sized, users: number): Promise<readonly Request[]> {
  const requests = await requestsOf({
    ...flags,
    strategy: undefined,
    scenario: 'direct',
    size: 'smoke',
    users,
    nodes: 1,
    brokers: 1,
    rate: undefined,
    duration: 10,
    roomSize: flags.roomSize === undefined ? undefined : Math.min(flags.roomSize, users),
    out: undefined,
    lang: undefined,
  });
  return Promise.all(requests.map(withEngine));
}

async function withEngine(request: Request): Promise<Request> {
  const { strategy, scenario, sizeName } = request;
  return (await socketIoDelivers(strategy.brokers(scenario.sizes[sizeName]))) ? { ...request, engine: 'socket.io' } : request;
}

/** A list never mixes the two forms of room messages. */
function plannedOrNot(request: Request, demands: Demands, calibration: FoundCalibration['calibration']): Planned {
  const { strategy, scenario, rooms } = request;
  if (scenario.rooms !== undefined && strategy.rooms !== undefined && !strategy.rooms.includes(rooms))
    return {
      strategy: strategy.name,
      why: `it runs room messages only in the form ${strategy.rooms.join(' or ')}: --rooms ${strategy.rooms[0]}`,
    };
  return planned(request, demands, calibration);
}

function isFleet(one: Planned): one is Fleet {
  return 'nodes' in one;
}

function growthOf({ strategy, nodes, brokers, cores }: Fleet, more: readonly Planned[]) {
  const grown = more.find((one) => one.strategy === strategy);
  if (grown === undefined || !isFleet(grown)) return null;
  return { nodes: grown.nodes - nodes, brokers: grown.brokers - brokers, cores: grown.cores - cores };
}

/** Which strategy is the one to take with fewer and with more users. */
async function winners(flags: Sized, at: (users: number) => Promise<readonly Planned[]>): Promise<CapacityPlan['winners']> {
  const sizes = scales
    .map((scale) => Math.round(flags.users * scale))
    .filter((users) => users >= Math.max(usersLeast, flags.nodesLeast) && users <= usersMost);
  const found: CapacityPlan['winners'][number][] = [];
  for (const users of sizes) {
    const fleets = (await at(users)).filter(isFleet);
    const advice = advise(fleets);
    found.push({
      users,
      strategy: advice?.strategy ?? null,
      hashedAlike: advice !== null && [advice.strategy, ...advice.alike].includes('hashed'),
      hashed: fleets.find(({ strategy }) => strategy === 'hashed')?.cores ?? null,
    });
  }
  return found;
}
