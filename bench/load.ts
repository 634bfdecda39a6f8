import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Command, Option } from 'commander';
import { installArtillery } from './load/artillery.js';
import { type PartName, type Parts, partNames, partsIn, tablesOf, take, targetsIn } from './load/parts.js';
import type { Extent, Log } from './load/rounds.js';
import { targetTable } from './load/table.js';

interface Flags {
  readonly quick?: true;
  readonly artillery: boolean;
  readonly peers: string;
  readonly rounds?: string;
  readonly window?: string;
  readonly part: readonly PartName[];
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
  .option('--window <seconds>', 'how long each cost is measured')
  .addOption(
    new Option('--part <names...>', 'only these; the others stay in the file as they were taken').choices(partNames).default(partNames),
  )
  .option('--no-artillery', 'leave Artillery out')
  .option('--peers <folder>', 'where Artillery is, or is installed into from npm', join(tmpdir(), 'bench-load-peers'))
  .option('--out <file>', 'where the results go', join('bench', 'results', 'load.json'));

async function main(flags: Flags): Promise<void> {
  const log: Log = (words) => process.stderr.write(`${words}\n`);
  const base = flags.quick ? quick : full;
  const { rounds = base.rounds, window = base.windowSeconds } = flags;
  const extent = { ...base, rounds: Number(rounds), windowSeconds: Number(window) };
  const needsArtillery = flags.artillery && flags.part.includes('equal');
  const withoutArtillery = needsArtillery ? await install(flags.peers, log) : 'left out by --no-artillery';
  const parts: Parts = flags.part.length === partNames.length ? {} : await partsIn(flags.out);
  for (const name of flags.part) {
    Object.assign(parts, await take(name, extent, { folder: flags.peers, without: withoutArtillery }, log));
    await mkdir(dirname(flags.out), { recursive: true });
    await writeFile(flags.out, `${JSON.stringify({ parts, targets: targetsIn(parts) }, null, 2)}\n`);
  }
  process.stdout.write(`${tablesOf(parts)}${targetTable(targetsIn(parts))}\n`);
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

await main(program.parse().opts<Flags>());
