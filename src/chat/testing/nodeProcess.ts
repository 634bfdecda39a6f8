import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { type WebSocket, WebSocketServer } from 'ws';
import { planOf, type Request } from '../../plan/plan.js';
import { loadScenario } from '../../plan/scenarios.js';
import { loadStrategy } from '../../plan/strategies.js';
import { childFlags } from '../../processes/processes.js';
import type { CoordinatorCalls, NodeCalls, NodePlan } from '../../processes/protocol.js';
import { rpcOver } from '../../processes/rpc.js';
import type { Topology } from '../../routing/types.js';

/** glibc gives each thread an arena of its own and keeps what was freed there: memory that grows with scheduling, and is no leak. */
const oneArena = { MALLOC_ARENA_MAX: '1' };

type Calls = ReturnType<typeof rpcOver<NodeCalls, CoordinatorCalls>>;
type Child = ChildProcessByStdio<null, Readable, Readable>;

/** What `npm run build` made of a file of `src/chat`: a run starts that, and no compiler shares its memory. */
function built(file: string): string {
  return fileURLToPath(new URL(`../../../dist/src/chat/${file}.js`, import.meta.url));
}

/** What a node is told at the start of a run with one node and one Redis, with the limits that every run has. */
export async function nodePlanOf(urls: { broker: string; store: string }): Promise<NodePlan> {
  const request: Request = {
    strategy: await loadStrategy({ name: 'user-channels', file: null }),
    strategyFile: null,
    options: {},
    scenario: await loadScenario('direct'),
    sizeName: 'smoke',
    size: { nodes: 1, brokers: 1, users: 3 },
    rooms: 'members',
    seed: 7,
    run: `test${randomBytes(4).toString('hex')}`,
    workers: 1,
    attach: { brokers: null, store: null },
    command: 'vitest',
  };
  const topology: Topology = { version: 1, nodes: ['n0'], brokers: [{ id: 'redis-1', kind: 'redis' }] };
  const secrets = { tokenKey: randomBytes(32).toString('base64url'), frameKey: 987_654_321 };
  return { node: 'n0', plan: { ...planOf(request), topology }, secrets, brokers: [{ id: 'redis-1', url: urls.broker }], store: urls.store };
}

/** A chat node in its own process, as the coordinator runs it, and the coordinator's end of its control connection. */
export class NodeProcess {
  readonly calls: Calls;
  readonly #child: Child;
  readonly #server: WebSocketServer;
  readonly #exited: Promise<unknown[]>;
  #errors = '';

  private constructor(child: Child, server: WebSocketServer, calls: Calls) {
    this.#child = child;
    this.#server = server;
    this.calls = calls;
    this.#exited = once(child, 'exit');
    child.stderr.on('data', (bytes: Buffer) => {
      this.#errors += bytes.toString('utf8');
    });
  }

  static async start(): Promise<NodeProcess> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const env = {
      ...process.env,
      ...oneArena,
      BENCH_CONTROL_URL: `ws://127.0.0.1:${port}`,
      BENCH_CONTROL_TOKEN: 'secret',
      BENCH_INDEX: '0',
    };
    const args = [...childFlags, '--expose-gc', '--import', built('testing/collectGarbage'), built('main')];
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    return new NodeProcess(child, server, await Promise.race([greeted(server), failed(child)]));
  }

  /** The plan and the first view, as the coordinator gives them; returns the URL of the node. */
  async begin(plan: NodePlan): Promise<string> {
    const { topology } = plan.plan;
    const { url } = await this.calls.plan(plan);
    await this.calls.view(topology, plan.brokers);
    await this.calls.switch(topology.version);
    return url;
  }

  get errors(): string {
    return this.#errors;
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Resident memory when collecting garbage frees no more: V8 gives pages back to the system only after a while, so one collection says little. */
  async memoryBytes(): Promise<number> {
    for (let before = Number.POSITIVE_INFINITY; ; ) {
      const now = await this.#collect();
      if (now > before * 0.995) return now;
      before = now;
    }
  }

  async #collect(): Promise<number> {
    const lines = createInterface(this.#child.stdout);
    const collected = once(lines, 'line');
    this.#child.kill('SIGUSR2');
    await collected;
    lines.close();
    return (await this.calls.snapshot()).memoryBytes;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** The exit code, or the signal that ended it. */
  async ended(): Promise<unknown> {
    const [code, signal] = await this.#exited;
    this.#server.close();
    return code ?? signal;
  }

  async stop(): Promise<void> {
    if (this.running) this.#child.kill('SIGKILL');
    await this.ended();
    for (const socket of this.#server.clients) socket.terminate();
  }
}

/** Nothing may be asked of a child before its hello: until then it does not listen. */
function greeted(server: WebSocketServer): Promise<Calls> {
  return new Promise((resolve) => {
    server.once('connection', (socket: WebSocket) => {
      const hello = async () => {
        resolve(calls);
      };
      const calls: Calls = rpcOver<NodeCalls, CoordinatorCalls>(socket, { hello });
    });
  });
}

async function failed(child: Child): Promise<never> {
  let words = '';
  child.stderr.on('data', (bytes: Buffer) => {
    words += bytes.toString('utf8');
  });
  const [code] = await once(child, 'exit');
  throw new Error(`[tests] the node process ended with ${code} before it said hello:\n${words}`);
}
