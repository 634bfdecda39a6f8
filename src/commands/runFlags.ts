import { isSimulated, readHopLatency, writeHopLatency } from '../plan/hopLatency.js';
import { readSlo, writeSlo } from '../plan/slo.js';
import {
  type ClientTransport,
  clientTransports,
  type DriverName,
  driverNames,
  type EngineName,
  engines,
  gatherMsMax,
  type HopLatency,
  type Limits,
  type RoomForm,
  roomForms,
} from '../plan/types.js';
import { type Language, languages } from '../report/language.js';
import { flag, type ValuesOf } from './flag.js';
import { duration, durationOrNone, milliseconds, nameAndValue, port, positive, wholeNumber } from './parsers.js';

/** A number of the size; not given: the scenario's size decides. */
const sized = flag<number | undefined>;

/** Every flag of `bench run`, in the order of the help and of the command that repeats a run. */
export const runFlags = {
  strategy: flag<string | undefined>({
    takes: '<name|file>',
    words: 'one of `bench list`, or a .ts or .js file of your own',
    again: ({ strategy, strategyFile }) => strategyFile ?? strategy.name,
  }),
  strategies: flag<string | undefined>({
    takes: '<names>',
    words: 'several, separated by commas, or `all`: each once, nothing added; `bench compare` runs them in rounds and with controls',
  }),
  option: flag<Record<string, string>>({
    takes: '<name=value>',
    words: 'an option of the strategy; may be given again',
    parse: nameAndValue,
    standard: {},
    again: ({ options }) => Object.entries(options).map(([name, value]) => `${name}=${value}`),
  }),
  scenario: flag<string>({
    takes: '<name|file>',
    words: 'the workload, one of `bench list`, or a .ts or .js file of your own',
    standard: 'direct',
    again: ({ scenario, scenarioFile }) => scenarioFile ?? scenario.name,
  }),
  set: flag<Record<string, string>>({
    takes: '<name=value>',
    words: 'an option of the scenario; may be given again',
    parse: nameAndValue,
    standard: {},
    again: ({ scenarioOptions = {} }) => Object.entries(scenarioOptions).map(([name, value]) => `${name}=${value}`),
  }),
  size: flag<'smoke' | 'full'>({
    takes: '<name>',
    words: 'numbers to start from',
    choices: ['smoke', 'full'],
    standard: 'smoke',
    again: ({ sizeName }) => sizeName,
  }),
  runner: flag<'live' | 'simulated'>({
    takes: '<name>',
    words: 'live: real processes and servers; simulated: the same messages in virtual time, counted and not timed',
    choices: ['live', 'simulated'],
    standard: 'live',
    again: (asked) => (isSimulated(asked) ? 'simulated' : null),
  }),
  hopLatency: flag<HopLatency | undefined>({
    takes: '<time>',
    words:
      'simulated: how long a message takes from one process to the next: 0.2ms, uniform:0.1ms,0.4ms, exponential:0.2ms, lognormal:0.2ms,0.5',
    parse: readHopLatency,
    again: ({ hopLatency }) => (hopLatency === undefined ? null : writeHopLatency(hopLatency)),
  }),
  nodes: sized({ takes: '<n>', words: 'chat nodes', parse: wholeNumber(1), again: ({ size }) => size.nodes }),
  brokers: sized({
    takes: '<n>',
    words: 'brokers: Redis servers, for most strategies',
    parse: wholeNumber(1),
    again: ({ size, attach }) => (attach.brokers === null ? size.brokers : null),
  }),
  users: sized({ takes: '<n>', words: 'users online', parse: wholeNumber(1), again: ({ size }) => size.users }),
  rate: sized({
    takes: '<n>',
    words: 'messages per second, all users together',
    parse: positive,
    again: ({ size }) => size.ratePerSecond,
  }),
  duration: sized({
    takes: '<time>',
    words: 'how long messages are sent: 10s, 2m',
    parse: duration,
    again: ({ size }) => `${size.seconds}s`,
  }),
  warmUp: sized({
    takes: '<time>',
    words: 'play the like of it for this long before, unmeasured; 0: not at all',
    parse: durationOrNone,
    again: ({ warmUpSeconds }) => (warmUpSeconds === undefined ? null : `${warmUpSeconds}s`),
  }),
  bytes: sized({ takes: '<n>', words: "size of a message's text", parse: wholeNumber(1), again: ({ size }) => size.bytes }),
  rooms: flag<RoomForm>({
    takes: '<form>',
    words: 'a room message names every member, or the room',
    choices: roomForms,
    standard: 'members',
    again: ({ rooms }) => rooms,
  }),
  workers: flag<number>({
    takes: '<n>',
    words: 'load worker processes',
    parse: wholeNumber(1),
    standard: 1,
    again: ({ workers, hopLatency }) => (hopLatency === undefined ? workers : null),
  }),
  driver: flag<DriverName>({
    takes: '<name>',
    words: 'what the load speaks with: bench itself over TCP, or the official client as reference',
    choices: driverNames,
    standard: 'raw',
    again: ({ driver, hopLatency }) => (hopLatency === undefined ? (driver ?? null) : null),
  }),
  transport: flag<ClientTransport | undefined>({
    takes: '<name>',
    words: 'how all users connect (default: as the scenario says, which is WebSocket in all but long-polling)',
    choices: clientTransports,
    again: ({ transport }) => transport ?? null,
  }),
  engine: flag<EngineName | undefined>({
    takes: '<name>',
    words:
      'fast: nodes read and write chat messages beside the layers of Socket.IO; socket.io: through them (default: fast, or socket.io for adapters)',
    choices: engines,
    again: ({ engine }) => engine ?? null,
  }),
  gather: flag<number>({
    takes: '<ms>',
    words: 'a busy node of the fast engine waits so long at most, so that more leaves together; never while it has time to spare',
    parse: milliseconds(gatherMsMax),
    standard: 0,
    again: ({ gatherMs }) => gatherMs || null,
  }),
  seed: flag<number>({
    takes: '<n>',
    words: 'the same seed gives the same messages',
    parse: wholeNumber(0),
    standard: 1,
    again: ({ seed }) => seed,
  }),
  slo: flag<Limits | undefined>({
    takes: '<limits>',
    words: 'what must hold, beside what the scenario asks for: "p99<50ms,lost=0"; also duplicated, misdelivered, rejected',
    parse: readSlo,
    again: ({ limits }) => (limits === undefined ? null : writeSlo(limits)),
  }),
  redis: flag<string | undefined>({
    takes: '<urls>',
    words: 'use these Redis servers as brokers, separated by commas',
    variable: 'BENCH_REDIS',
    again: ({ attach }) => attach.brokers?.join(',') ?? null,
  }),
  store: flag<string | undefined>({
    takes: '<url>',
    words: 'keep the rooms in this Redis',
    variable: 'BENCH_STORE',
    again: ({ attach }) => attach.store,
  }),
  controlPort: flag<number>({
    takes: '<n>',
    words: 'port that nodes and workers dial back to; 0: any free one',
    parse: port,
    standard: 0,
  }),
  out: flag<string | undefined>({ takes: '<folder>', words: 'where the results go (default: results/<when>-<what>)' }),
  lang: flag<Language | undefined>({
    takes: '<language>',
    words: 'language of the report: en or ru (default: en)',
    choices: languages,
  }),
  json: flag<true | undefined>({
    words: 'print the result object, and nothing else, on standard output; for several strategies { comparison, results }',
  }),
} as const;

export type RunFlags = ValuesOf<typeof runFlags>;
