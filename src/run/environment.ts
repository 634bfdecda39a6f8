import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Result } from '../measure/result.js';

type Environment = Result['environment'];

/** What is on the path of a message. */
const libraries: readonly string[] = [
  ...['socket.io', 'socket.io-client', 'engine.io', 'socket.io-parser', 'ws', 'jose'],
  ...['ioredis', 'redis', 'amqplib', '@nats-io/transport-node'],
  ...['@socket.io/redis-adapter', '@socket.io/redis-streams-adapter', '@socket.io/cluster-adapter'],
];

const run = promisify(execFile);

/** Where a run took place; with the plan, everything that repeating it needs. */
export async function environment(): Promise<Omit<Environment, 'brokers' | 'settings'>> {
  const root = await projectRoot();
  const cores = cpus();
  return {
    ...(await versions()),
    platform: `${process.platform} ${process.arch}`,
    cpus: cores[0]?.model.trim() ?? 'unknown',
    cores: cores.length,
    memoryBytes: totalmem(),
    libraries: Object.fromEntries(
      await Promise.all(libraries.map(async (name) => [name, await versionOf(`${root}node_modules/${name}/`)])),
    ),
  };
}

/** What computes: all that matters where nothing is run. */
export async function versions(): Promise<Pick<Environment, 'commit' | 'bench' | 'node'>> {
  const root = await projectRoot();
  return { commit: await commitOf(root), bench: await versionOf(root), node: process.version };
}

/** Of bench itself. */
export async function benchVersion(): Promise<string> {
  return versionOf(await projectRoot());
}

/** The folder of package.json: above the sources and above what is built of them. */
async function projectRoot(): Promise<string> {
  for (const up of ['../../', '../../../']) {
    const folder = fileURLToPath(new URL(up, import.meta.url));
    if ((await readFile(`${folder}package.json`, 'utf8').catch(() => null)) !== null) return folder;
  }
  return process.cwd();
}

async function versionOf(folder: string): Promise<string> {
  const text = await readFile(`${folder}package.json`, 'utf8').catch(() => '{}');
  return (JSON.parse(text) as { version?: string }).version ?? 'unknown';
}

/** The commit of the checkout, marked when files differ from it; null outside a checkout or without git. */
async function commitOf(folder: string): Promise<string | null> {
  try {
    const { stdout: commit } = await run('git', ['-C', folder, 'rev-parse', 'HEAD']);
    const { stdout: changes } = await run('git', ['-C', folder, 'status', '--porcelain', '--untracked-files=no']);
    return commit.trim() + (changes.trim() === '' ? '' : ' with changes');
  } catch {
    return null;
  }
}
