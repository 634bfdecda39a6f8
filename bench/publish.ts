/**
 * CPU of this process for one message published and for one heard, by each way of speaking to Redis, interleaved: A B C C B A.
 * `npm run bench:publish`, or `node dist/bench/publish.js [rounds]`; the results are kept in bench/results/publish.json.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { environment } from '../src/run/environment.js';
import { findRedisServer, startServer } from '../src/transports/redis/start.js';
import { TestLaunch } from '../src/transports/testing/launch.js';
import { type Client, clients } from './publish/clients.js';
import { spread } from './publish/spread.js';

const messages = 100_000;
const turnSizes = [10, 100];
const rounds = Number(process.argv[2] ?? 3);
const resultFile = 'bench/results/publish.json';
const speaker = fileURLToPath(new URL('publish/speaker.js', import.meta.url));

/** CPU microseconds for one message, of each round. */
type Costs = Map<string, number[]>;

async function publishing(client: Client, turnSize: number): Promise<number> {
  const before = process.cpuUsage();
  for (let sent = 0; sent < messages; sent += turnSize) await client.publish(turnSize);
  return perMessage(before);
}

async function hearing(client: Client, turnSize: number, url: string): Promise<number> {
  let heard = 0;
  let done = () => {};
  const all = new Promise<void>((resolve) => {
    done = resolve;
  });
  await client.listen((more) => {
    heard += more;
    if (heard >= messages) done();
  });
  const before = process.cpuUsage();
  const child = spawn(process.execPath, [speaker, new URL(url).port, String(messages / turnSize), String(turnSize)], { stdio: 'inherit' });
  const exited = once(child, 'exit');
  await all;
  const cost = perMessage(before);
  await exited;
  return cost;
}

function perMessage(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / messages;
}

async function measure(url: string): Promise<Costs> {
  const costs: Costs = new Map();
  const note = (name: string, cost: number) => costs.set(name, [...(costs.get(name) ?? []), cost]);
  const there = Object.entries(clients);
  for (let round = -1; round < rounds; round++) {
    for (const [name, open] of round % 2 === 0 ? there : there.toReversed()) {
      for (const turnSize of turnSizes) {
        const client = await open(url);
        const [published, heard] = [await publishing(client, turnSize), await hearing(client, turnSize, url)];
        await client.close();
        // The first round warms up.
        if (round < 0) continue;
        note(`publish, ${turnSize} in a turn, ${name}`, published);
        note(`hear, ${turnSize} in a turn, ${name}`, heard);
      }
    }
  }
  return costs;
}

const program = findRedisServer();
if (program === undefined) throw new Error('[bench:publish] needs redis-server on the PATH');
const launch = await TestLaunch.open();
try {
  const { url } = await startServer('r1', launch, program);
  const cpuUsPerMessage = Object.fromEntries([...(await measure(url))].sort().map(([name, values]) => [name, spread(values)]));
  await mkdir('bench/results', { recursive: true });
  const how = { messages, turnSizes, rounds, order: 'A B C D E, E D C B A, ...; one round before to warm up' };
  await writeFile(
    resultFile,
    `${JSON.stringify({ taken: new Date().toISOString(), environment: await environment(), how, cpuUsPerMessage }, null, 2)}\n`,
  );
  for (const [name, { median, least, most }] of Object.entries(cpuUsPerMessage))
    console.log(`${name.padEnd(40)} ${median.toFixed(2)} us (${least.toFixed(2)} - ${most.toFixed(2)})`);
} finally {
  await launch.close();
}
