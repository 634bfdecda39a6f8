import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Load } from './generators.js';

const run = promisify(execFile);
/** Artillery needs Node 22.18; the package `node` is a Node of its own. */
const packages = ['artillery@2', 'node@24'];
const installWithinMs = 900_000;

/** Artillery and a Node for it, in a folder outside the project; what is there already is used. */
export async function installArtillery(folder: string): Promise<void> {
  if (existsSync(join(folder, 'node_modules', '.bin', 'artillery'))) return;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{"private":true}');
  const env = { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' };
  await run('npm', ['install', '--no-audit', '--no-fund', ...packages], { cwd: folder, env, timeout: installWithinMs });
}

export async function artilleryVersion(folder: string): Promise<string> {
  const text = await readFile(join(folder, 'node_modules', 'artillery', 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Every user writes to a random other, waits for the acknowledgement, thinks, and begins again: by itself at most that rate. */
export async function startArtillery(folder: string, { url, users, rate }: Load): Promise<ChildProcess> {
  const emit = { channel: 'message', data: { to: `u{{ $randomNumber(0, ${users - 1}) }}`, text: ''.padEnd(64, '.') } };
  const loop = [{ emit, acknowledge: {} }, { think: `${Math.round((users / rate) * 1000)}ms` }];
  const script = {
    config: { target: url, phases: [{ duration: 5, arrivalCount: users }], socketio: { transports: ['websocket'] } },
    scenarios: [{ engine: 'socketio', flow: [{ loop, count: 1_000_000 }] }],
  };
  const file = join(folder, 'load.json');
  await writeFile(file, JSON.stringify(script));
  const [node, artillery] = ['node', 'artillery'].map((name) => join(folder, 'node_modules', '.bin', name));
  const env = { ...process.env, ARTILLERY_DISABLE_TELEMETRY: 'true' };
  const child = spawn(node ?? '', [artillery ?? '', 'run', '--quiet', file], { cwd: folder, env, stdio: 'ignore' });
  await once(child, 'spawn');
  return child;
}
