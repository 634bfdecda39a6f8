import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { environment } from '../src/run/environment.js';
import { artilleryVersion, installArtillery } from './load/artillery.js';
import type { Name } from './load/measure.js';
import { costsOf, crowdsOf, type Extent, type Log, memoryPerUser } from './load/rounds.js';
import { costTable, targetTable } from './load/table.js';
import { type Measurements, targetsOf } from './load/targets.js';

interface Flags {
  readonly quick?: true;
  readonly artillery: boolean;
  readonly peers: string;
  readonly rounds?: string;
  readonly out: string;
}

const full: Extent = {
  rounds: 6,
  windowSeconds: 5,
  warmUpSeconds: 3,
  users: 1000,
  rate: 10_000,
  inFlight: 4_000,
  crowds: [3000, 13_000],
  fastCrowd: 5_000,
  largeCrowd: 15_000,
};
const quick: Extent = { ...full, rounds: 2, windowSeconds: 2, warmUpSeconds: 1 };

const program = new Command('bench:load')
  .description(
    'What the load costs: the raw driver beside socket.io-client and Artillery, in interleaved rounds on the same servers. CPU is the ' +
      "kernel's word on the generator's process, messages are the server's; a message is sent, acknowledged and received.",
  )
  .option('--quick', 'two short rounds: directions only')
  .option('--rounds <n>', 'how many rounds')
  .option('--no-artillery', 'leave Artillery out')
  .option('--peers <folder>', 'where Artillery is, or is installed into from npm', join(tmpdir(), 'bench-load-peers'))
  .option('--out <file>', 'where the results go', join('bench', 'results', 'load.json'));

async function main(flags: Flags): Promise<void> {
  const log: Log = (words) => process.stderr.write(`${words}\n`);
  const base = flags.quick ? quick : full;
  const extent = flags.rounds === undefined ? base : { ...base, rounds: Number(flags.rounds) };
  const withoutArtillery = flags.artillery ? await install(flags.peers, log) : 'left out by --no-artillery';
  const measured = await measure(extent, flags.peers, withoutArtillery, log);
  const targets = targetsOf(measured, extent.rate);
  const { equal, limit, memory, fast, large } = measured;
  const result = {
    taken: new Date().toISOString(),
    environment: await environment(),
    artillery: withoutArtillery === null ? await artilleryVersion(flags.peers) : null,
    extent,
    equal: Object.fromEntries(equal),
    limit: Object.fromEntries(limit),
    memoryBytesPerUser: Object.fromEntries(memory),
    fast,
    large,
    targets,
  };
  await mkdir(dirname(flags.out), { recursive: true });
  await writeFile(flags.out, `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(
    `${costTable(`at ${extent.rate} messages/s, ${extent.users} users`, equal)}\n${costTable('generator alone the limit', limit)}\n${targetTable(targets)}\n`,
  );
}

/** Null when it is there. */
async function install(folder: string, log: Log): Promise<string | null> {
  log(`Artillery in ${folder}`);
  try {
    await installArtillery(folder);
    return null;
  } catch (error) {
    return `Artillery could not be installed: ${(error instanceof Error ? error.message : String(error)).split('\n')[0]}`;
  }
}

async function measure(extent: Extent, peers: string, withoutArtillery: string | null, log: Log): Promise<Measurements> {
  const clients: readonly Name[] = ['raw', 'socket.io-client', 'bare socket.io-client'];
  const { users, rate, inFlight, warmUpSeconds, windowSeconds } = extent;
  const task = { users, rate, inFlight, warmUpSeconds, windowSeconds };
  const all: readonly Name[] = withoutArtillery === null ? [...clients, 'artillery'] : clients;
  log(`equal rate, bare Socket.IO server`);
  const equal = await costsOf(all, { ...task, server: 'socket.io', mode: 'open' }, extent, peers, log);
  log(`generator alone the limit, bare server over net, ${inFlight} messages under way`);
  const limit = await costsOf(clients, { ...task, server: 'net', mode: 'closed' }, extent, peers, log);
  const memory = await memoryPerUser(extent, log);
  const fast = await crowdsOf(extent.fastCrowd, extent.rounds, log);
  const large = await crowdsOf(extent.largeCrowd, 1, log);
  return { equal, limit, memory, fast, large, withoutArtillery };
}

await main(program.parse().opts<Flags>());
