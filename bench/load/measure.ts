import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { startArtillery } from './artillery.js';
import { Child, cpuMs } from './child.js';
import type { Order, Told } from './generator.js';
import type { Lag } from './generators.js';
import type { ServerCounts } from './servers.js';

export type Name = Order['generator'] | 'artillery';
export type ServerName = 'socket.io' | 'net';

/** What one generator cost in one window. */
export interface Cost {
  readonly messagesPerSecond: number;
  readonly generatorUs: number;
  readonly serverUs: number;
  /** Of one core. */
  readonly generatorShare: number;
  readonly serverShare: number;
  /** Since the first message, warm-up included. Null: it has no schedule, or does not say. */
  readonly lag: Lag | null;
}

export interface Task {
  readonly server: ServerName;
  readonly generator: Name;
  readonly users: number;
  readonly mode: Order['mode'];
  readonly rate: number;
  readonly inFlight: number;
  /** Between the first messages and the window: compilation, caches, growing heaps. */
  readonly warmUpSeconds: number;
  readonly windowSeconds: number;
}

interface Server {
  readonly child: Child;
  readonly url: string;
}

/** A server of its own for each measurement: nothing of the one before is left in it. */
async function withServer<Answer>(name: ServerName, work: (server: Server) => Promise<Answer>): Promise<Answer> {
  const child = new Child('servers', [name]);
  try {
    const { url } = await child.told<{ url: string }>();
    return await work({ child, url });
  } finally {
    await child.end();
  }
}

function orderOf(task: Task, url: string): Order {
  const { users, rate, mode, inFlight, warmUpSeconds, windowSeconds } = task;
  const seconds = mode === 'open' ? (warmUpSeconds + windowSeconds) * 3 : 600;
  return { url, users, rate, seconds, mode, inFlight, generator: task.generator === 'artillery' ? 'raw' : task.generator };
}

/** CPU by the kernel's word, messages by the server's, both of the same window: the same for every generator. */
export function costOf(task: Task, peers: string): Promise<Cost> {
  return withServer(task.server, async (server) => {
    const order = orderOf(task, server.url);
    if (task.generator === 'artillery') return costOfArtillery(task, server, await startArtillery(peers, order));
    const child = new Child('generator', [JSON.stringify(order)]);
    try {
      await child.told<Told>();
      await child.told<Told>();
      const cost = await windowOf(task, server, () => child.cpuMs);
      const { lag } = await child.asked<{ lag: Lag | null }>();
      return { ...cost, lag: task.mode === 'open' ? lag : null };
    } finally {
      await child.end();
    }
  });
}

async function costOfArtillery(task: Task, server: Server, artillery: ChildProcess): Promise<Cost> {
  try {
    while ((await server.child.asked<ServerCounts>()).sockets < task.users) {
      if (artillery.exitCode !== null)
        throw new Error(`[bench:load] Artillery ended with ${artillery.exitCode} before all users were there`);
      await sleep(100);
    }
    return await windowOf(task, server, () => cpuMs(artillery.pid ?? 0));
  } finally {
    if (artillery.exitCode === null) {
      artillery.kill('SIGKILL');
      await once(artillery, 'exit');
    }
  }
}

async function windowOf({ warmUpSeconds, windowSeconds }: Task, { child }: Server, generatorMs: () => number): Promise<Cost> {
  await sleep(warmUpSeconds * 1000);
  const read = async () => ({
    ...(await child.asked<ServerCounts>()),
    serverMs: child.cpuMs,
    generatorMs: generatorMs(),
    atMs: performance.now(),
  });
  const before = await read();
  await sleep(windowSeconds * 1000);
  const after = await read();
  const [messages, ms] = [after.messages - before.messages, after.atMs - before.atMs];
  if (messages === 0) throw new Error('[bench:load] no message arrived in the window');
  return {
    messagesPerSecond: (messages / ms) * 1000,
    generatorUs: ((after.generatorMs - before.generatorMs) * 1000) / messages,
    serverUs: ((after.serverMs - before.serverMs) * 1000) / messages,
    generatorShare: (after.generatorMs - before.generatorMs) / ms,
    serverShare: (after.serverMs - before.serverMs) / ms,
    lag: null,
  };
}

export interface Crowd {
  readonly memoryBytes: number;
  readonly connectedPerSecond: number;
  /** Of one core each, while the users connected: who was the limit. Null in results from before it was measured. */
  readonly generatorShare: number | null;
  readonly serverShare: number | null;
}

/** All users connected and nothing said. */
export function crowdOf(generator: Order['generator'], users: number, server: ServerName): Promise<Crowd> {
  return withServer(server, async ({ url, child: serverChild }) => {
    const order: Order = { url, users, rate: 1000, seconds: 1, mode: 'idle', inFlight: 0, generator };
    const child = new Child('generator', [JSON.stringify(order)], ['--expose-gc']);
    try {
      await child.told<Told>();
      const [mineMs, itsMs] = [child.cpuMs, serverChild.cpuMs];
      const { connectedMs } = await child.told<{ connectedMs: number }>();
      const shares = { generatorShare: (child.cpuMs - mineMs) / connectedMs, serverShare: (serverChild.cpuMs - itsMs) / connectedMs };
      const { sockets } = await serverChild.asked<ServerCounts>();
      if (sockets !== users) throw new Error(`[bench:load] ${sockets} of ${users} users of ${generator} are connected`);
      const { memoryBytes } = await child.asked<{ memoryBytes: number }>();
      return { memoryBytes, connectedPerSecond: (users / connectedMs) * 1000, ...shares };
    } finally {
      await child.end();
    }
  });
}
