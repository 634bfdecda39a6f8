/**
 * What a delivered message costs the chat nodes and their brokers, beside a bare Socket.IO server, a bare WebSocket echo (the limit) and the official
 * classic adapter in its best configuration, in one interleaved run. `npm run bench:node`; results in bench/results/node.json.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import Table from 'cli-table3';
import { Command } from 'commander';
import { environment } from '../src/run/environment.js';
import type { Extent } from './node/measure.js';
import { modes, type Rounds, ratioOf, type Systems, spreadOf, takeRounds } from './node/rounds.js';
import { uncoloured } from './table.js';

const brokers = 2;
const systems = {
  'WebSocket echo': 'echo',
  'bare Socket.IO': 'socket.io',
  'one node': { strategy: 'single-server', nodes: 1, brokers, engine: 'fast' },
  'one node, engine socket.io': { strategy: 'single-server', nodes: 1, brokers, engine: 'socket.io' },
  'classic adapter, 2 nodes': { strategy: 'redis-broadcast', nodes: 2, brokers, engine: 'socket.io' },
  'hashed, 2 nodes': { strategy: 'hashed', nodes: 2, brokers, engine: 'fast' },
  'classic adapter, 4 nodes': { strategy: 'redis-broadcast', nodes: 4, brokers, engine: 'socket.io' },
  'hashed, 4 nodes': { strategy: 'hashed', nodes: 4, brokers, engine: 'fast' },
  'node-inbox, 4 nodes': { strategy: 'node-inbox', nodes: 4, brokers, engine: 'fast' },
  'hashed, 4 nodes, gathering 2 ms': { strategy: 'hashed', nodes: 4, brokers, engine: 'fast', gatherMs: 2 },
  'node-inbox, 4 nodes, gathering 2 ms': { strategy: 'node-inbox', nodes: 4, brokers, engine: 'fast', gatherMs: 2 },
  'hashed, 4 nodes, engine socket.io': { strategy: 'hashed', nodes: 4, brokers, engine: 'socket.io' },
} as const satisfies Systems<string>;
type Name = keyof typeof systems;

/** At saturation, nodes and brokers together. */
const targets: readonly { readonly of: Name; readonly by: Name; readonly atMost: number }[] = [
  { of: 'one node', by: 'bare Socket.IO', atMost: 0.3 },
  { of: 'hashed, 2 nodes', by: 'classic adapter, 2 nodes', atMost: 0.35 },
  { of: 'hashed, 4 nodes', by: 'classic adapter, 4 nodes', atMost: 0.5 },
  { of: 'node-inbox, 4 nodes', by: 'classic adapter, 4 nodes', atMost: 0.45 },
  { of: 'hashed, 4 nodes, engine socket.io', by: 'classic adapter, 4 nodes', atMost: 0.75 },
];

const load = { users: 1_000, underWay: 4_000, perSecond: 10_000 };
const howTaken =
  'CPU of the server processes by the word of their kernel (10 ms steps; Redis by its own), per delivery that the clients counted, in a window after a ' +
  'warm-up; direct messages of 61 bytes to users drawn at random, acknowledged; latency is from when it was due to the acknowledgement; saturation: 4,000 messages ' +
  'under way for 1,000 users; every pass starts every system anew, in the order A B C C B A; ratios are of one pass, then the median';

interface Flags {
  readonly rounds: string;
  readonly seconds: string;
  readonly only?: string;
  readonly out: string;
}

async function main(flags: Flags): Promise<void> {
  const loadBefore = loadavg();
  const extent: Extent = { ...load, warmUpSeconds: Number(flags.seconds), windowSeconds: Number(flags.seconds) };
  const chosen = Object.fromEntries(Object.entries(systems).filter(([name]) => flags.only === undefined || name.match(flags.only)));
  const rounds = await takeRounds(chosen, Number(flags.rounds), extent, (words) => process.stderr.write(`${words}\n`));
  const judged = judgedOf(rounds);
  const figures = Object.entries(rounds).map(([name, taken]) => [
    name,
    Object.fromEntries(
      modes.map((mode) => [
        mode,
        {
          cpuUsPerDelivered: spreadOf(taken, mode, 'cpuUsPerDelivered'),
          nodesCpuUsPerDelivered: spreadOf(taken, mode, 'nodesCpuUsPerDelivered'),
          deliveredPerSecond: spreadOf(taken, mode, 'deliveredPerSecond'),
          acknowledgedMsP50: spreadOf(taken, mode, 'acknowledgedMsP50'),
          acknowledgedMsP99: spreadOf(taken, mode, 'acknowledgedMsP99'),
          failed: spreadOf(taken, mode, 'failed'),
        },
      ]),
    ),
  ]);
  const loadAverage = { before: loadBefore, after: loadavg() };
  const result = {
    taken: new Date().toISOString(),
    howTaken,
    extent,
    rounds: Number(flags.rounds),
    loadAverage,
    environment: await environment(),
  };
  await mkdir(dirname(flags.out), { recursive: true });
  await writeFile(
    flags.out,
    `${JSON.stringify({ ...result, systems: Object.fromEntries(figures), targets: judged, passes: rounds }, null, 2)}\n`,
  );
  process.stdout.write(`${costTable(rounds)}\n${targetTable(judged)}\n`);
}

function judgedOf(rounds: Rounds<string>) {
  return targets.flatMap(({ of, by, atMost }) => {
    const [taken, reference] = [rounds[of], rounds[by]];
    if (taken === undefined || reference === undefined) return [];
    const ratio = ratioOf(taken, reference, 'saturation');
    return [{ of, by, atMost, ratio, atEqualRate: ratioOf(taken, reference, 'equalRate'), met: ratio.median <= atMost }];
  });
}

function costTable(rounds: Rounds<string>): string {
  const table = new Table({
    head: ['', 'us at saturation', 'least', 'most', 'delivered/s', `us at ${load.perSecond}/s`, 'delivered/s', 'p50 ms', 'p99 ms'],
    style: uncoloured,
  });
  for (const [name, taken] of Object.entries(rounds)) {
    const cost = spreadOf(taken, 'saturation', 'cpuUsPerDelivered');
    const figures = [cost.median, cost.least, cost.most].map((us) => us.toFixed(1));
    const [most, equal] = modes.map((mode) => spreadOf(taken, mode, 'deliveredPerSecond').median.toFixed(0));
    const latency = (['acknowledgedMsP50', 'acknowledgedMsP99'] as const).map((one) => spreadOf(taken, 'equalRate', one).median.toFixed(1));
    table.push([
      name,
      ...figures,
      most ?? '',
      spreadOf(taken, 'equalRate', 'cpuUsPerDelivered').median.toFixed(1),
      equal ?? '',
      ...latency,
    ]);
  }
  return table.toString();
}

function targetTable(judged: ReturnType<typeof judgedOf>): string {
  const table = new Table({ head: ['target', 'at most', 'is', 'least', 'most', 'met'], style: uncoloured });
  for (const { of, by, atMost, ratio, met } of judged) {
    const figures = [atMost, ratio.median, ratio.least, ratio.most].map((value) => value.toFixed(2));
    table.push([`${of} / ${by}`, ...figures, met ? 'yes' : 'NO']);
  }
  return table.toString();
}

const program = new Command('bench:node')
  .description(
    'what a delivered message costs nodes and brokers, beside bare servers and the official classic adapter, in interleaved rounds',
  )
  .option('--rounds <n>', 'each is two passes, there and back', '3')
  .option('--seconds <n>', 'of each window, and of each warm-up', '5')
  .option('--only <pattern>', 'systems whose names match; the others are left out')
  .option('--out <file>', 'where the results go', join('bench', 'results', 'node.json'));

await main(program.parse().opts<Flags>());
