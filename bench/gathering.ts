/**
 * Whether it pays that a busy process waits between two turns of its event loop: CPU of peers and Redis for one message from peer to peer,
 * by the longest wait, interleaved: A B C C B A. `npm run bench:gathering`, or `node dist/bench/gathering.js [rounds]`; kept in bench/results/gathering.json.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { environment } from '../src/run/environment.js';
import { counters } from '../src/transports/redis/counters.js';
import { findRedisServer, startServer } from '../src/transports/redis/start.js';
import { TestLaunch } from '../src/transports/testing/launch.js';
import type { Order, Taken } from './gathering/order.js';
import { spread } from './publish/spread.js';

const peers = 4;
const delaysMs = [0, 0.5, 1, 2];
const loads = [16, 256];
const rounds = Number(process.argv[2] ?? 4);
const [warmUpMs, windowMs] = [1_000, 2_000];
const peer = fileURLToPath(new URL('gathering/peer.js', import.meta.url));

interface Cost {
  readonly cpuUsPerMessage: number;
  readonly messagesPerSecond: number;
  readonly latencyMsP50: number;
  readonly latencyMsP99: number;
}

async function play(order: Order): Promise<Taken> {
  const child = spawn(process.execPath, [peer, JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [words, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  if (code !== 0) throw new Error(`[peer ${order.index}] ended with ${code}`);
  return JSON.parse(words);
}

async function measure(url: string, inFlight: number, batchDelayMsMax: number): Promise<Cost> {
  const place = { id: 'r1', url };
  const before = await counters(place);
  const orders = Array.from({ length: peers }, (_, index) => ({ url, index, peers, inFlight, warmUpMs, windowMs, batchDelayMsMax }));
  const taken = await Promise.all(orders.map(play));
  const after = await counters(place);
  const messages = taken.reduce((total, each) => total + each.messages, 0);
  // Redis is counted over all of the run, so by its own count of messages.
  const redisUs = ((after.cpuUs ?? 0) - (before.cpuUs ?? 0)) / ((after.in ?? 0) - (before.in ?? 0));
  const latenciesMs = taken.flatMap((each) => each.latenciesMs).sort((one, other) => one - other);
  const quantile = (share: number) => latenciesMs[Math.floor(share * (latenciesMs.length - 1))] ?? Number.NaN;
  return {
    cpuUsPerMessage: taken.reduce((total, each) => total + each.cpuUs, 0) / messages + redisUs,
    messagesPerSecond: (messages / windowMs) * 1_000,
    latencyMsP50: quantile(0.5),
    latencyMsP99: quantile(0.99),
  };
}

async function interleaved(url: string): Promise<ReadonlyMap<string, Cost[]>> {
  const costs = new Map<string, Cost[]>();
  for (let round = 0; round < rounds; round++) {
    for (const delayMs of round % 2 === 0 ? delaysMs : delaysMs.toReversed()) {
      for (const inFlight of loads) {
        const name = `${inFlight} in flight, ${delayMs} ms`;
        costs.set(name, [...(costs.get(name) ?? []), await measure(url, inFlight, delayMs)]);
      }
    }
  }
  return costs;
}

function summary(costs: readonly Cost[]) {
  const of = (figure: keyof Cost) => spread(costs.map((cost) => cost[figure]));
  return {
    cpuUsPerMessage: of('cpuUsPerMessage'),
    messagesPerSecond: of('messagesPerSecond'),
    latencyMsP50: of('latencyMsP50'),
    latencyMsP99: of('latencyMsP99'),
  };
}

const program = findRedisServer();
if (program === undefined) throw new Error('[bench:gathering] needs redis-server on the PATH');
const launch = await TestLaunch.open();
try {
  const { url } = await startServer('r1', launch, program);
  const byDelay = Object.fromEntries([...(await interleaved(url))].map(([name, costs]) => [name, summary(costs)]));
  await mkdir('bench/results', { recursive: true });
  const how = { peers, delaysMs, inFlightPerPeer: loads, rounds, warmUpMs, windowMs, order: 'A B C D, D C B A, ...' };
  const result = { taken: new Date().toISOString(), environment: await environment(), how, byDelay };
  await writeFile('bench/results/gathering.json', `${JSON.stringify(result, null, 2)}\n`);
  for (const [name, { cpuUsPerMessage: cpu, messagesPerSecond: rate, latencyMsP50, latencyMsP99 }] of Object.entries(byDelay)) {
    const words = `${cpu.median.toFixed(2)} us (${cpu.least.toFixed(2)} - ${cpu.most.toFixed(2)}), ${rate.median.toFixed(0)}/s`;
    console.log(`${name.padEnd(24)} ${words}, p50 ${latencyMsP50.median.toFixed(1)} ms, p99 ${latencyMsP99.median.toFixed(1)} ms`);
  }
} finally {
  await launch.close();
}
