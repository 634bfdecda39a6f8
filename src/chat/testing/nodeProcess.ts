import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Plan } from '../../plan/types.js';
import type { CoordinatorCalls, NodeCalls, NodePlan } from '../../processes/protocol.js';
import { rpcOver } from '../../processes/rpc.js';
import { limits } from './world.js';

type Calls = ReturnType<typeof rpcOver<NodeCalls, CoordinatorCalls>>;
type Child = ChildProcessByStdio<null, Readable, Readable>;

function pathOf(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}

/** What a node is told at the start of a run with one node and one Redis. */
export function nodePlanOf(urls: { broker: string; store: string }): NodePlan {
  const run = `test${randomBytes(4).toString('hex')}`;
  const plan: Plan = {
    schema: 1,
    run,
    seed: 7,
    strategy: { name: 'user-channels', file: null, options: {} },
    scenario: 'direct',
    sizeName: 'smoke',
    size: { nodes: 1, brokers: 1, users: 3, ratePerSecond: 1, seconds: 1, bytes: 10 },
    rooms: 'members',
    workers: 1,
    driver: 'socket.io-client',
    topology: { version: 1, nodes: ['n0'], brokers: [{ id: 'redis-1', kind: 'redis' }] },
    attach: { brokers: null, store: null },
    chatLimits: limits,
    limits: {},
    timing: { leaseMs: 2000, graceMs: 500, drainMs: 5000 },
    changed: [],
    command: 'vitest',
  };
  const secrets = { tokenKey: randomBytes(32).toString('base64url'), frameKey: 987_654_321 };
  return { node: 'n0', plan, secrets, brokers: [{ id: 'redis-1', url: urls.broker }], store: urls.store };
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
    const env = { ...process.env, BENCH_CONTROL_URL: `ws://127.0.0.1:${port}`, BENCH_CONTROL_TOKEN: 'secret', BENCH_INDEX: '0' };
    const args = ['--expose-gc', '--import', 'jiti/register', '--import', pathOf('./collectGarbage.ts'), pathOf('../main.ts')];
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    return new NodeProcess(child, server, await Promise.race([greeted(server), failed(child)]));
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
        return { unixMs: Date.now() };
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
