import { usage, wordsOf } from '../error.js';
import { evenRooms } from '../plan/evenRooms.js';
import type { Request } from '../plan/plan.js';
import { loadScenario } from '../plan/scenarios.js';
import { checkedStrategy, optionsOf, strategyNames } from '../plan/strategies.js';
import type { Scenario } from '../plan/types.js';
import type { Size } from '../routing/types.js';
import type { Asked } from './flag.js';
import { flagsAgain } from './flag.js';
import { type PredictFlags, predictFlags } from './predictFlags.js';
import { inTurns } from './turns.js';

export interface LeftOut {
  readonly strategy: string;
  readonly why: string;
}

/** What to model: strategies under one workload. */
export async function requestsOf(flags: PredictFlags): Promise<readonly Request[]> {
  const scenario = flags.roomSize === undefined ? await loadScenario(flags.scenario) : evenRooms(flags.roomSize, flags.roomsPerUser);
  const size = sizeOf(flags, scenario);
  checkRoomSize(flags, size);
  const names = await namesOf(flags);
  const found = await Promise.all(names.map((name) => checkedStrategy(name)));
  checkOptions(
    flags.option,
    found.flatMap(({ strategy }) => Object.keys(strategy.options ?? {})),
  );
  return found.map(({ strategy, file }) => {
    const known = Object.entries(flags.option).filter(([name]) => Object.hasOwn(strategy.options ?? {}, name));
    const asked: Asked = {
      strategy,
      strategyFile: file,
      options: optionsOf(strategy, Object.fromEntries(known)),
      scenario,
      sizeName: flags.size,
      size,
      rooms: flags.rooms,
      seed: flags.seed,
      run: 'modelled',
      workers: 1,
      warmUpSeconds: 0,
      attach: { brokers: null, store: null },
    };
    return { ...asked, command: ['npx bench predict', ...repeatFlags(flags, asked)].join(' ') };
  });
}

function repeatFlags({ roomSize, roomsPerUser }: PredictFlags, asked: Asked): readonly string[] {
  const again = { ...predictFlags, strategies: {} };
  if (roomSize === undefined) return flagsAgain(again, asked);
  return [...flagsAgain({ ...again, scenario: {}, size: {} }, asked), `--room-size ${roomSize}`, `--rooms-per-user ${roomsPerUser}`];
}

function checkRoomSize({ roomSize }: PredictFlags, { users }: Size): void {
  if (roomSize !== undefined && roomSize > users)
    throw usage(`--room-size ${roomSize} is more than --users ${users}: nobody is in a room twice`);
}

async function namesOf({ strategy, strategies }: PredictFlags): Promise<readonly string[]> {
  if (strategy !== undefined && strategies !== undefined) throw usage('--strategy and --strategies exclude each other: give one of them');
  const asked = strategy ?? strategies;
  if (asked === undefined) throw usage("required option '--strategies <names>' is missing: names separated by commas, or all");
  if (asked === 'all') return strategyNames();
  const names = asked.split(',').map((name) => name.trim());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw usage(`strategy ${twice} is named twice: leave one out`);
  return names;
}

function checkOptions(given: Readonly<Record<string, string>>, known: readonly string[]): void {
  const stray = Object.keys(given).find((name) => !known.includes(name));
  if (stray !== undefined)
    throw usage(`none of these strategies has an option ${stray}; they have: ${[...new Set(known)].join(', ') || 'none'}`);
}

/** With other users the traffic is another: each writes as often as in the scenario, if nothing else is said. */
function sizeOf(flags: PredictFlags, scenario: Scenario): Size {
  if (flags.rate !== undefined && flags.ratePerUser !== undefined)
    throw usage('--rate and --rate-per-user exclude each other: give one of them');
  const standard = scenario.sizes[flags.size];
  const { nodes = standard.nodes, brokers = standard.brokers, users = standard.users, bytes = standard.bytes } = flags;
  const perUser = flags.ratePerUser ?? standard.ratePerSecond / standard.users;
  return { nodes, brokers, users, ratePerSecond: flags.rate ?? perUser * users, seconds: flags.duration ?? standard.seconds, bytes };
}

/** Goes on with the rest where one strategy cannot be modelled like this, and says why. */
export async function eachModelled<T>(
  requests: readonly Request[],
  model: (request: Request) => Promise<T>,
  signal: AbortSignal,
): Promise<{ readonly made: readonly T[]; readonly leftOut: readonly LeftOut[] }> {
  const made: T[] = [];
  const leftOut: LeftOut[] = [];
  const one = async (request: Request) => {
    try {
      checkRooms(request);
      made.push(await model(request));
    } catch (error) {
      if (requests.length === 1) throw error;
      leftOut.push({ strategy: request.strategy.name, why: wordsOf(error) });
    }
  };
  await inTurns(requests, one, signal);
  if (made.length === 0) throw usage(`no strategy can be modelled like this: ${leftOut[0]?.why ?? 'there is none'}`);
  return { made, leftOut };
}

/** Room messages of two forms are two workloads: a list never mixes them. */
function checkRooms({ strategy, scenario, rooms }: Request): void {
  if (scenario.rooms === undefined || strategy.rooms === undefined || strategy.rooms.includes(rooms)) return;
  throw usage(`strategy ${strategy.name} runs room messages only in the form ${strategy.rooms.join(' or ')}, not ${rooms}`);
}
