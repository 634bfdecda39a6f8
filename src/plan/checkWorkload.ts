import { BenchError, usage, wordsOf } from '../error.js';
import { pure } from '../routing/purity.js';
import type { Size } from '../routing/types.js';
import { deeds } from './actions.js';
import { suggestion } from './nearest.js';
import type { Action, Deed, Members, Scenario } from './types.js';
import { type Played, workloadOf } from './workload.js';

/** What an action may refer to. */
interface World {
  readonly size: Size;
  readonly rooms: readonly Members[];
  readonly does: ReadonlySet<Deed>;
}

/**
 * Plays through all that a scenario from outside would do, before any process is started: twice, since the same seed must give the same.
 * Throws at the first thing that cannot be played, with its place: `actions()[17].to must be a user from 0 to 99, not 300`.
 */
export function checkWorkload(scenario: Scenario, played: Played, file: string): void {
  const { name } = scenario;
  const fault = faultOrThrown(name, () => faultOf(scenario, played));
  if (fault !== undefined) throw usage(`[${name}] ${fault}; mend ${file}`);
}

/** What the file itself throws is its author's to mend, and no bug of bench. */
function faultOrThrown(name: string, check: () => string | undefined): string | undefined {
  try {
    return pure(name, 'rooms() or actions()', check, 'scenarios');
  } catch (error) {
    if (error instanceof BenchError) throw error;
    const [words, who] = [wordsOf(error), `[${name}] `];
    return words.startsWith(who) ? words.slice(who.length) : `rooms() or actions() threw: ${words}`;
  }
}

function faultOf(scenario: Scenario, played: Played): string | undefined {
  const { size } = played;
  const workload = workloadOf(scenario, played);
  if (!(Number.isInteger(workload.devices) && workload.devices >= 1))
    return `devices() must be a whole number from 1 on, not ${workload.devices}`;
  const world = { size, rooms: workload.rooms, does: new Set(scenario.does) };
  const twin = workloadOf(scenario, played).actions()[Symbol.iterator]();
  let [number, beforeMs] = [0, 0];
  for (const action of workload.actions()) {
    const fault = faultOfAction(action, beforeMs, world);
    if (fault !== undefined) return `actions()[${number}].${fault}`;
    if (JSON.stringify(action) !== JSON.stringify(twin.next().value))
      return `actions()[${number}] is another one with the same seed: draw from the random it is given, and keep nothing between two calls`;
    beforeMs = action.atMs;
    number++;
  }
  return roomFault(world) ?? (number === 0 ? 'actions() gives none at this size' : undefined);
}

function roomFault({ rooms, size }: World): string | undefined {
  for (const [room, members] of rooms.entries()) {
    const strange = members.findIndex((user) => !isBelow(user, size.users));
    if (strange >= 0) return `rooms()[${room}][${strange}] must be a user from 0 to ${size.users - 1}, not ${members[strange]}`;
    if (members.length === 0) return `rooms()[${room}] has no members`;
    if (new Set(members).size < members.length) return `rooms()[${room}] names somebody twice`;
  }
  return undefined;
}

type Check = (value: unknown, world: World) => string | undefined;

const aUser: Check = (value, { size }) => (isBelow(value, size.users) ? undefined : `must be a user from 0 to ${size.users - 1}`);
const aDevice: Check = (value) => (isBelow(value, 64) ? undefined : 'must be a device from 0 to 63');
const users: Check = (value, world) =>
  Array.isArray(value) && value.length > 0 && value.every((user) => aUser(user, world) === undefined)
    ? undefined
    : `must be a list of users from 0 to ${world.size.users - 1}, at least one`;
const aRoom: Check = (value, { rooms }) =>
  isBelow(value, rooms.length) ? undefined : `must be a room from 0 to ${rooms.length - 1} of the ${rooms.length} of rooms()`;

/** The fields of each kind of action beside `do` and `atMs`. */
const fieldsOf: Readonly<Record<Action['do'], Readonly<Record<string, Check>>>> = {
  message: { user: aUser, to: aUser },
  post: { user: aUser, room: aRoom },
  connect: { user: aUser, device: aDevice },
  disconnect: { user: aUser, device: aDevice },
  ask: { user: aUser, about: aUser },
  watch: { user: aUser, others: users },
  unwatch: { user: aUser, others: users },
  'http:message': { user: aUser, to: aUser },
  'http:ask': { user: aUser, about: aUser },
};

function faultOfAction(action: Action, beforeMs: number, world: World): string | undefined {
  const given: Readonly<Record<string, unknown>> = { ...action };
  const fields = Object.hasOwn(fieldsOf, action.do) ? fieldsOf[action.do] : undefined;
  if (fields === undefined) return `do must be one of message, post, ${deeds.join(', ')}, not ${String(given.do)}`;
  const untold = deeds.find((deed) => deed === action.do && !world.does.has(deed));
  if (untold !== undefined) return `do is ${untold}, which the field does must name`;
  const lastMs = world.size.seconds * 1000;
  if (!(action.atMs >= beforeMs && action.atMs <= lastMs))
    return `atMs must be from ${beforeMs} (the action before) to ${lastMs}, not ${action.atMs}`;
  const names = ['do', 'atMs', ...Object.keys(fields)];
  const strange = Object.keys(given).find((name) => !names.includes(name));
  if (strange !== undefined) return `${strange} is no field of ${action.do}${suggestion(strange, names)}`;
  for (const [name, check] of Object.entries(fields)) {
    const words = check(given[name], world);
    if (words !== undefined) return `${name} ${words}, not ${JSON.stringify(given[name])}`;
  }
  return undefined;
}

function isBelow(value: unknown, end: number): value is number {
  return Number.isInteger(value) && typeof value === 'number' && value >= 0 && value < end;
}
