import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface RunningServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** A redis-server of the test's own: free port, temporary folder, nothing persisted. Resolves when it accepts connections. */
export async function startRedisServer(path: string): Promise<RunningServer> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-redis-'));
  const port = await freePort();
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'];
  const child = spawn(path, options, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  await ready(child, path);
  return {
    port,
    async stop() {
      child.kill();
      await exited;
      await rm(folder, { recursive: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Reads all of its output, so that a full pipe never stops it. */
function ready(child: ChildProcess, path: string): Promise<void> {
  const { stdout } = child;
  if (stdout === null) throw new Error(`[tests] ${path} was started without a pipe for its output`);
  const log: string[] = [];
  return new Promise((resolve, reject) => {
    createInterface(stdout).on('line', (line) => {
      log.push(line);
      if (line.includes('Ready to accept connections')) resolve();
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`[tests] ${path} ended with ${code} before it was ready:\n${log.join('\n')}`)));
  });
}
