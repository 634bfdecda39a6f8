import { randomBytes } from 'node:crypto';
import { Command, Option } from 'commander';
import { usage } from '../error.js';
import { checkBytes } from '../load/text.js';
import type { Result } from '../measure/result.js';
import { planOf, type Request } from '../plan/plan.js';
import { loadScenario } from '../plan/scenarios.js';
import { checkedStrategy, optionsOf } from '../plan/strategies.js';
import { type Plan, type RoomForm, roomForms } from '../plan/types.js';
import { workloadOf } from '../plan/workload.js';
import type { Size } from '../routing/types.js';
import type { Given } from '../run/cast.js';
import { runLive } from '../run/live.js';
import { maskUrl } from '../transports/redis/url.js';
import { verdictOf } from '../verdict/verdict.js';
import { duration, durationOrNone, nameAndValue, port, positive, redisUrls, wholeNumber } from './flags.js';
import type { Outcome } from './program.js';
import { showProgress } from './progress.js';
import { repeatCommand } from './repeat.js';
import { resultsFolder } from './resultsFolder.js';
import { printResult } from './summary.js';

export interface RunFlags {
  readonly strategy: string;
  readonly option: Record<string, string>;
  readonly scenario: string;
  readonly size: 'smoke' | 'full';
  readonly nodes?: number;
  readonly brokers?: number;
  readonly users?: number;
  readonly rate?: number;
  readonly duration?: number;
  readonly warmUp?: number;
  readonly bytes?: number;
  readonly seed: number;
  readonly rooms: RoomForm;
  readonly workers: number;
  readonly redis?: string;
  readonly store?: string;
  readonly controlPort: number;
  readonly out?: string;
  readonly json?: true;
}

const exitCodes = { pass: 0, fail: 1, unknown: 2 } as const;

export function runCommand(signal: AbortSignal, outcome: Outcome): Command {
  return new Command('run')
    .description('run one strategy under load and judge it')
    .requiredOption('--strategy <name|file>', 'one of `bench list`, or a .ts or .js file of your own')
    .option('--option <name=value>', 'an option of the strategy; may be given again', nameAndValue, {})
    .option('--scenario <name>', 'the workload, one of `bench list`', 'direct')
    .addOption(new Option('--size <name>', 'numbers to start from').choices(['smoke', 'full']).default('smoke'))
    .option('--nodes <n>', 'chat nodes', wholeNumber(1))
    .option('--brokers <n>', 'Redis servers', wholeNumber(1))
    .option('--users <n>', 'users online', wholeNumber(1))
    .option('--rate <n>', 'messages per second, all users together', positive)
    .option('--duration <time>', 'how long messages are sent: 10s, 2m', duration)
    .option('--warm-up <time>', 'play the like of it for this long before, unmeasured; 0: not at all', durationOrNone)
    .option('--bytes <n>', "size of a message's text", wholeNumber(1))
    .option('--seed <n>', 'the same seed gives the same messages', wholeNumber(0), 1)
    .addOption(new Option('--rooms <form>', 'a room message names every member, or the room').choices(roomForms).default('members'))
    .option('--workers <n>', 'load worker processes', wholeNumber(1), 1)
    .addOption(new Option('--redis <urls>', 'use these Redis servers, separated by commas').env('BENCH_REDIS'))
    .addOption(new Option('--store <url>', 'keep the rooms in this Redis').env('BENCH_STORE'))
    .option('--control-port <n>', 'port that nodes and workers dial back to; 0: any free one', port, 0)
    .option('--out <folder>', 'where the results go (default: results/<when>-<what>)')
    .option('--json', 'print the result object, and nothing else, on standard output')
    .addHelpText('after', examples)
    .action(async (flags: RunFlags) => {
      await run(flags, signal, outcome);
    });
}

const examples = `
Examples:
  bench run --strategy hashed
  bench run --strategy grouped --brokers 4 --option groups=2 --scenario rooms --rooms topic
  bench run --strategy ./mine.ts --nodes 4 --brokers 3 --users 400 --rate 1000 --duration 10s --seed 7
  bench run --strategy hashed --redis redis://10.0.0.1:6379,redis://10.0.0.2:6379 --json > result.json

A URL with a password is better given as BENCH_REDIS or BENCH_STORE than as a flag: others can read the flags of a process.`;

async function run(flags: RunFlags, signal: AbortSignal, outcome: Outcome): Promise<void> {
  const given = givenBy(flags);
  const plan = await planBy(flags, given);
  const folder = await resultsFolder(flags.out, `${plan.strategy.name}-${plan.scenario}`);
  const progress = showProgress(plan);
  try {
    const measured = await runLive(plan, given, { signal, progress: progress.show, warn: progress.warn });
    const result: Result = { ...measured, verdict: verdictOf(measured) };
    outcome.code = exitCodes[result.verdict.status];
    progress.stop();
    await folder.write(result);
    printResult(result, { json: flags.json === true, folder: folder.path });
  } finally {
    progress.stop();
    await folder.discard();
  }
}

function givenBy(flags: RunFlags): Given {
  const brokers = redisUrls('--redis', flags.redis);
  const store = redisUrls('--store', flags.store)?.[0] ?? null;
  warnOfPasswords(flags);
  delete process.env.BENCH_REDIS;
  delete process.env.BENCH_STORE;
  if (brokers !== null && flags.brokers !== undefined && flags.brokers !== brokers.length) {
    throw usage(`--brokers ${flags.brokers} does not go with the ${brokers.length} of --redis: leave --brokers out`);
  }
  if (store !== null && brokers?.some((url) => new URL(url).host === new URL(store).host)) {
    throw usage('--store names one of the servers of --redis: the rooms must be kept elsewhere, or they would spoil the counts');
  }
  return { brokers, store, controlPort: flags.controlPort };
}

/** bench hides its own argv, but not that of the npx or shell that started it. */
function warnOfPasswords(flags: RunFlags): void {
  for (const [flag, text, variable] of [
    ['--redis', flags.redis, 'BENCH_REDIS'],
    ['--store', flags.store, 'BENCH_STORE'],
  ] as const) {
    if (text === undefined || text === process.env[variable] || !/:[^/@]+@/.test(text)) continue;
    process.stderr.write(`warning: ${flag} holds a password, which others may see in the process list; give it as ${variable} instead\n`);
  }
}

async function planBy(flags: RunFlags, given: Given): Promise<Plan> {
  const { strategy, file } = await checkedStrategy(flags.strategy);
  const scenario = await loadScenario(flags.scenario);
  const request: Request = {
    strategy,
    strategyFile: file,
    options: optionsOf(strategy, flags.option),
    scenario,
    sizeName: flags.size,
    size: sizeBy(flags, given),
    rooms: flags.rooms,
    seed: flags.seed,
    run: randomBytes(4).toString('hex'),
    workers: flags.workers,
    warmUpSeconds: flags.warmUp,
    attach: { brokers: given.brokers?.map(maskUrl) ?? null, store: given.store === null ? null : maskUrl(given.store) },
    command: repeatCommand(flags, given),
  };
  const plan = planOf(request);
  checkBytes(plan.size, workloadOf(scenario, plan).rooms.length);
  return plan;
}

/** Given servers are as many as they are. */
function sizeBy({ nodes, brokers, users, rate, duration, bytes }: RunFlags, attached: Given): Partial<Size> {
  const given = { nodes, brokers: attached.brokers?.length ?? brokers, users, ratePerSecond: rate, seconds: duration, bytes };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
