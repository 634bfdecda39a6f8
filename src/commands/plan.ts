import { resolve } from 'node:path';
import { Command } from 'commander';
import { unavailable, usage, wordsOf } from '../error.js';
import type { Request } from '../plan/plan.js';
import type { CapacityPlan } from '../report/capacityPlan.js';
import { planPage, planText } from '../report/html/plan.js';
import { renderPlan } from '../report/terminal/capacity.js';
import { advise } from '../run/modelled/advice.js';
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
import { writeFiles } from './writeReport.js';

const examples = `
All figures are predictions: loads from the routing, CPU and memory by a calibration of one machine. Run what you choose before you rely on it.

Examples:
  bench plan --users 5e6 --rate-per-user 0.02
  bench plan --users 10000 --rate-per-user 0.1 --room-size 10 --rooms topic --slo 50ms --nodes-least 2
  bench plan --users 1e6 --rate-per-user 0.05 --room-size 10 --rooms topic --strategies hashed,redis-sharded,node-inbox --json`;

export function planCommand(): Command {
  const command = new Command('plan').description(
    'how many nodes and brokers every strategy would need for so many users, and which to take',
  );
  for (const option of optionsOf(planFlags)) command.addOption(option);
  return command.addHelpText('after', examples).action(plan);
}

async function plan(flags: PlanFlags): Promise<void> {
  if (flags.users === undefined || flags.ratePerUser === undefined)
    throw usage('--users and --rate-per-user are needed, like --users 5e6 --rate-per-user 0.02');
  if (flags.users < flags.nodesLeast)
    throw usage(`--users ${flags.users} is fewer than --nodes-least ${flags.nodesLeast}: every node needs somebody online`);
  const found = await findCalibration(flags.calibration);
  const made = await capacityPlan({ ...flags, users: flags.users, ratePerUser: flags.ratePerUser }, found);
  if (flags.out !== undefined)
    await keep(made, flags.out, await pageOf(made, { ...flags, users: made.users, ratePerUser: made.ratePerUser }));
  process.stdout.write(flags.json ? `${JSON.stringify(made, null, 2)}\n` : renderPlan(made, screen()));
}

async function pageOf(made: CapacityPlan, flags: Sized): Promise<string> {
  const { roomSize, roomsPerUser } = flags;
  const outlooks = outlooksOf(made, await requestsAt(flags, flags.users));
  const rooms = roomSize === undefined ? undefined : { members: Math.min(roomSize, flags.users), perUser: roomsPerUser };
  return planPage(made, planCommandAgain(flags), flags.lang, { outlooks, rooms });
}

async function keep(made: CapacityPlan, out: string, page: string): Promise<void> {
  const folder = resolve(out);
  await makeFolder(folder).catch((error: unknown) => {
    throw unavailable(`cannot make ${folder}: ${wordsOf(error)}; name another folder with --out`, error);
  });
  const { failed } = await writeFiles(folder, [
    { path: 'plan.json', content: planText(made) },
    { path: 'report.html', content: page },
  ]);
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

export async function capacityPlan(flags: Sized, { calibration, where }: FoundCalibration): Promise<CapacityPlan> {
  const demands: Demands = {
    utilisation: flags.utilisation,
    connectionsPerNode: flags.connectionsPerNode,
    nodesLeast: flags.nodesLeast,
    responseMsP99: flags.slo === undefined ? undefined : flags.slo * 1_000,
  };
  const known = new Map<number, readonly Planned[]>();
  const at = async (users: number) => {
    const made = known.get(users) ?? (await requestsAt(flags, users)).map((request) => plannedOrNot(request, demands, calibration));
    known.set(users, made);
    return made;
  };
  const here = await at(flags.users);
  const more = await at(flags.users + further);
  const fleets = here.filter(isFleet);
  return {
    schema: 1,
    users: flags.users,
    ratePerUser: flags.ratePerUser,
    workload:
      flags.roomSize === undefined ? 'direct' : `rooms of ${flags.roomSize}, ${flags.roomsPerUser} for each user, by ${flags.rooms}`,
    demands: { ...demands, responseMsP99: demands.responseMsP99 ?? null },
    calibration: {
      where,
      madeAt: calibration.madeAt,
      ageDays: daysSince(calibration.madeAt),
      assumed: assumedOf(calibration, distinct(fleets.map(({ engine }) => engine)), distinct(fleets.flatMap(({ kinds }) => kinds))),
      environment: calibration.environment,
      runs: calibration.runs,
    },
    strategies: fleets.map((fleet) => ({ ...fleet, millionMore: growthOf(fleet, more) })),
    impossible: here.flatMap((one) => (isFleet(one) ? [] : [one])),
    advice: advise(fleets),
    winners: await winners(flags, at),
  };
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
