import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Result } from '../../measure/result.js';

const cli = fileURLToPath(new URL('../../../dist/src/cli.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when standard error holds the words. */
  said(words: string): Promise<void>;
  /** Standard output so far. */
  printed(): string;
}

export interface Place {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The built command, as a user runs it. */
export function start(args: readonly string[], { cwd, env }: Place = {}): Running {
  const child = spawn(process.execPath, [cli, ...args], { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const written = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    written.stderr += text;
  });
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, ...written })));
  const said = (words: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (written.stderr.includes(words)) resolve();
      };
      child.stderr.on('data', look);
      look();
      ended.then(({ stderr }) => reject(new Error(`ended without saying ${words}: ${stderr}`)), reject);
    });
  return { process: child, ended, said, printed: () => written.stdout };
}

export function bench(args: readonly string[], place: Place = {}): Promise<Ended> {
  return start(args, place).ended;
}

/** A PATH without any server program: only what runs bench itself. */
export const noServers = { PATH: '/nonexistent' };

/** What makes Node run the script first, in the command and in every process it starts. */
export function preloading(script: string): { readonly NODE_OPTIONS: string } {
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` };
}

export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'bench-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export function resultIn(folder: string): Result {
  return JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')) as Result;
}
