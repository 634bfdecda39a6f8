import { execFile } from 'node:child_process';
import { cpus, freemem, totalmem } from 'node:os';
import { promisify } from 'node:util';
import { Command } from 'commander';
import { listStrategies } from '../plan/strategies.js';
import { kindInWords } from '../report/describe.js';
import { findProgram } from '../transports/findProgram.js';
import { natsInstall, natsProgram } from '../transports/nats/start.js';
import { findRabbit, rabbitInstall, rabbitVersion } from '../transports/rabbitmq/programs.js';
import { redisInstall } from '../transports/redis/missing.js';
import { findRedisServer } from '../transports/redis/start.js';
import { type Availability, availabilityOf } from './availability.js';

interface Finding {
  readonly what: string;
  readonly found: string | null;
  /** What a run does with it, or without it. */
  readonly use: string;
  /** What to do to have it; null when it is there. */
  readonly install: string | null;
}

interface Program {
  readonly what: string;
  /** Its file, where it is installed. */
  readonly find: () => string | undefined;
  /** Absent: the file says it when asked for `--version`. */
  readonly version?: () => string | undefined;
  /** The kinds of brokers that bench starts it for. */
  readonly kinds: readonly string[];
  readonly with: string;
  readonly without: string;
  readonly install: string;
}

const programs: readonly Program[] = [
  {
    what: 'Redis',
    find: () => findRedisServer(),
    kinds: ['redis', 'redis-cluster', 'redis-sharded', 'redis-adapter', 'redis-sharded-adapter', 'redis-streams-adapter'],
    with: 'a run starts its own instances of it',
    without: 'a run uses the embedded broker where that will do: the same message counts, not the same speed',
    install: redisInstall,
  },
  {
    what: 'RabbitMQ',
    find: () => findRabbit()?.server,
    version: rabbitVersion,
    kinds: ['rabbitmq', 'rabbitmq-hash'],
    with: 'a run starts its own instances of it',
    without: 'its strategies cannot run',
    install: rabbitInstall,
  },
  {
    what: 'NATS',
    find: () => findProgram([natsProgram]),
    kinds: ['nats'],
    with: 'a run starts its own instances of it',
    without: 'its strategies cannot run',
    install: natsInstall,
  },
  {
    what: 'Chromium',
    find: () => findProgram(['chromium', 'chromium-browser', 'google-chrome']),
    kinds: [],
    with: 'the tests of the report run in it',
    without: 'the tests of the report in a browser are skipped; runs and reports do not need it',
    install: 'Debian: apt-get install chromium',
  },
];

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('what is on this machine, what a run will use, which strategies can run, and what to install for the rest')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  bench doctor\n  bench doctor --json')
    .action(async (flags: { json?: true }) => {
      const findings = await examine();
      process.stdout.write(flags.json ? `${JSON.stringify(findings, null, 2)}\n` : textOf(findings));
    });
}

async function examine(): Promise<Finding[]> {
  const strategies = await listStrategies();
  const examined = await Promise.all(strategies.map(async (strategy) => ({ name: strategy.name, ...(await availabilityOf(strategy)) })));
  const found = await Promise.all(programs.map((program) => programFinding(program, examined)));
  return [nodeFinding(), machineFinding(), ...found, ...examined.map(strategyFinding)];
}

interface Examined extends Availability {
  readonly name: string;
}

function strategyFinding({ name, kinds, missing }: Examined): Finding {
  const servers = kinds.map((kind) => kindInWords(kind)).join(' and ');
  return {
    what: `${strategyWord} ${name}`,
    found: missing === null ? 'can run here' : null,
    use: servers === '' ? 'needs no broker' : `runs on ${servers}`,
    install: missing,
  };
}

function nodeFinding(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const enough = major > 20 || (major === 20 && minor >= 19);
  return {
    what: 'Node.js',
    found: process.version,
    use: 'runs bench, its chat nodes and its load workers',
    install: enough ? null : 'bench needs Node.js 20.19 or newer: https://nodejs.org',
  };
}

function machineFinding(): Finding {
  const gigabytes = (bytes: number) => (bytes / 2 ** 30).toFixed(1);
  return {
    what: 'Machine',
    found: `${cpus().length} cores, ${gigabytes(freemem())} of ${gigabytes(totalmem())} GiB memory free`,
    use: 'nodes, brokers and load workers share it: compare figures of one machine only',
    install: null,
  };
}

async function programFinding(program: Program, strategies: readonly Examined[]): Promise<Finding> {
  const { what, install } = program;
  const file = program.find();
  const served = strategies.filter(({ kinds }) => kinds.some((kind) => program.kinds.includes(kind))).map(({ name }) => name);
  const use = [file === undefined ? program.without : program.with, ...(served.length === 0 ? [] : [`strategies: ${served.join(', ')}`])];
  if (file === undefined) return { what, found: null, use: use.join('; '), install };
  const version = program.version === undefined ? await versionOf(file) : (program.version() ?? 'version unknown');
  return { what, found: `${file} (${version})`, use: use.join('; '), install: null };
}

async function versionOf(file: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(file, ['--version'], { timeout: 5_000 });
    return /\d+(\.\d+)+/.exec(stdout)?.[0] ?? 'version unknown';
  } catch {
    return 'does not say its version';
  }
}

/** Strategies that can run need no more than their names. */
function textOf(findings: readonly Finding[]): string {
  const strategies = findings.filter(isStrategy);
  const ready = strategies.filter(({ found }) => found !== null).map(({ what }) => what.slice(strategyWord.length + 1));
  const shown = findings.filter((finding) => !isStrategy(finding) || finding.found === null);
  return [...shown.map(lines), `Strategies that can run here: ${ready.join(', ')}\n`].join('\n');
}

const strategyWord = 'Strategy';

function isStrategy({ what }: Finding): boolean {
  return what.startsWith(`${strategyWord} `);
}

function lines({ what, found, use, install }: Finding): string {
  const rest = install === null ? '' : `  to install: ${install}\n`;
  return `${what}: ${found ?? 'missing'}\n  ${use}\n${rest}`;
}
