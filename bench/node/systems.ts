import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { mintToken } from '../../src/chat/signIn.js';
import { planOf } from '../../src/plan/plan.js';
import { loadScenario } from '../../src/plan/scenarios.js';
import { loadStrategy } from '../../src/plan/strategies.js';
import type { EngineName } from '../../src/plan/types.js';
import { Cast } from '../../src/run/cast.js';
import { Patience } from '../../src/run/patience.js';
import { processCpuUs } from '../../src/transports/processCpu.js';
import type { Doors } from './crowd.js';

/** Something that hands messages on, running. */
export interface System extends Doors {
  /** CPU of all its processes so far. */
  cpuUs(): Promise<number>;
  /** Of its nodes alone. */
  nodesCpuUs(): Promise<number>;
  stop(): Promise<void>;
}

export interface Nodes {
  readonly strategy: string;
  readonly nodes: number;
  /** Redis servers, where the strategy can have so many. */
  readonly brokers: number;
  readonly engine: EngineName;
  /** Absent: 0. */
  readonly gatherMs?: number;
}

export type SystemName = 'echo' | 'socket.io' | Nodes;

export function startSystem(name: SystemName, users: number): Promise<System> {
  return typeof name === 'string' ? startBare(name) : startNodes(name, users);
}

async function startBare(name: 'echo' | 'socket.io'): Promise<System> {
  const file = fileURLToPath(new URL('./bare.js', import.meta.url));
  const child = spawn(process.execPath, [file, name], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const [port] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const cpuUs = () => known(child.pid ?? 0);
  return {
    urls: [`http://127.0.0.1:${port}`],
    speechOf: async (user) => (name === 'echo' ? { protocol: 'echo' } : { protocol: 'socket.io', token: user }),
    cpuUs,
    nodesCpuUs: cpuUs,
    stop: async () => {
      child.stdin.end();
      await exited;
    },
  };
}

/** Real nodes and real brokers, as `bench run` starts them. */
async function startNodes({ strategy: name, nodes, brokers, engine, gatherMs }: Nodes, users: number): Promise<System> {
  const strategy = await loadStrategy({ name, file: null });
  const scenario = await loadScenario('direct');
  const plan = planOf({
    ...{ strategy, strategyFile: null, options: {}, scenario, sizeName: 'full', rooms: 'members', seed: 1, run: 'bench', workers: 1 },
    ...{ size: { nodes, users, brokers }, engine, gatherMs, warmUpSeconds: 0, attach: { brokers: null, store: null } },
    command: 'npm run bench:node',
  });
  const cast = await Cast.open(plan, { brokers: null, store: null, controlPort: 0 });
  try {
    await cast.startBrokers();
    const watch = { signal: new AbortController().signal, progress: () => {}, warn: (words: string) => process.stderr.write(`${words}\n`) };
    await cast.startNodes(watch, new Patience(watch.signal));
  } catch (error) {
    await cast.close();
    throw error;
  }
  const nodesCpuUs = () => sumOf(cast.nodes.map(({ hello }) => known(hello.pid)));
  return {
    urls: cast.nodes.map(({ url }) => url),
    speechOf: async (user) => ({ protocol: 'socket.io', token: await mintToken(user, '0', cast.secrets.tokenKey) }),
    nodesCpuUs,
    cpuUs: async () =>
      (await nodesCpuUs()) + (await sumOf(cast.brokers.map(async ({ kind, place }) => (await kind.counters(place)).cpuUs ?? 0))),
    stop: () => cast.close(),
  };
}

async function known(pid: number): Promise<number> {
  const cpuUs = await processCpuUs(pid);
  if (cpuUs === null) throw new Error(`process ${pid} is gone, or there is no /proc here`);
  return cpuUs;
}

async function sumOf(figures: readonly Promise<number>[]): Promise<number> {
  return (await Promise.all(figures)).reduce((sum, figure) => sum + figure, 0);
}
