import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { unavailable, usage, wordsOf } from '../../error.js';
import type { Stage } from '../oneRun.js';
import { here, type Side } from './sides.js';

const run = promisify(execFile);

/** A commit of the project in this folder, and what somebody called it. */
export interface Commit {
  readonly ref: string;
  readonly hash: string;
}

/** Does the work with another commit of the project in this folder, built in a worktree of its own, which is gone afterwards. */
export async function withBase(commit: Commit, stage: Stage, work: (base: Side) => Promise<void>): Promise<void> {
  const path = await mkdtemp(join(tmpdir(), 'bench-base-'));
  stage.guard.tell('folder', path);
  try {
    await git(stage, 'worktree', 'add', '--quiet', '--detach', '--force', path, commit.hash);
    await work(await built(commit, await placeIn(path, stage), stage));
  } finally {
    await remove(path);
    stage.guard.tell('removed', path);
  }
}

export async function commitOf(ref: string, stage: Stage): Promise<Commit> {
  try {
    // What begins with a dash would be an option.
    return { ref, hash: await git(stage, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`) };
  } catch {
    stage.signal.throwIfAborted();
    throw usage(
      `--against ${ref}: git in ${process.cwd()} knows no such commit; fetch it first (git fetch origin ${ref}), or name another`,
    );
  }
}

/** The same folder of the project as the one bench stands in. */
async function placeIn(path: string, stage: Stage): Promise<string> {
  return join(path, await git(stage, 'rev-parse', '--show-prefix'));
}

/** In order of doubt: the same lock file, hence the same packages; else its own. A project that has bench for a package plays with its own too. */
async function built({ ref, hash }: Commit, cwd: string, stage: Stage): Promise<Side> {
  if (await sameLock(cwd)) await symlink(await realpath('node_modules'), join(cwd, 'node_modules'));
  else if (existsSync(join(cwd, 'package-lock.json'))) await npm(ref, cwd, ['ci', '--no-audit', '--no-fund'], stage);
  const side = { ...here(`${ref} (${hash.slice(0, 9)})`), name: 'base' as const, cwd };
  if (await isBench(cwd)) {
    await npm(ref, cwd, ['run', 'build'], stage);
    return { ...side, cli: join(cwd, 'dist', 'src', 'cli.js') };
  }
  const own = join(cwd, 'node_modules', 'bench', 'dist', 'src', 'cli.js');
  return existsSync(own) ? { ...side, cli: own } : side;
}

async function sameLock(cwd: string): Promise<boolean> {
  if (!existsSync('node_modules')) return false;
  const texts = await Promise.all(
    ['package-lock.json', join(cwd, 'package-lock.json')].map((file) => readFile(file, 'utf8').catch(() => null)),
  );
  return texts[0] !== null && texts[0] === texts[1];
}

async function isBench(cwd: string): Promise<boolean> {
  const text = await readFile(join(cwd, 'package.json'), 'utf8').catch(() => '{}');
  const { name } = JSON.parse(text) as { readonly name?: unknown };
  return name === 'bench' && existsSync(join(cwd, 'src', 'cli.ts'));
}

async function npm(ref: string, cwd: string, args: readonly string[], { signal }: Stage): Promise<void> {
  process.stderr.write(`${ref}: npm ${args.join(' ')}\n`);
  await run('npm', [...args], { cwd, signal, maxBuffer: 64 * 1024 * 1024 }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw unavailable(`--against ${ref}: npm ${args[0]} fails there: ${outputOf(error)}`, error);
  });
}

async function git({ signal }: Stage, ...args: readonly string[]): Promise<string> {
  try {
    return (await run('git', [...args], { signal, cwd: process.cwd() })).stdout.trim();
  } catch (error) {
    signal.throwIfAborted();
    throw unavailable(`git ${args.join(' ')} fails: ${outputOf(error)}`, error);
  }
}

/** Also when the signal came: what was begun is taken back. */
async function remove(path: string): Promise<void> {
  const cwd = process.cwd();
  await run('git', ['worktree', 'remove', '--force', path], { cwd }).catch(() => {});
  await rm(path, { recursive: true, force: true });
  await run('git', ['worktree', 'prune'], { cwd }).catch((error: unknown) => {
    process.stderr.write(`warning: ${path} is gone, and git still lists it (${wordsOf(error)}); git worktree prune\n`);
  });
}

function outputOf(error: unknown): string {
  const { stderr = '', stdout = '' } = error as { readonly stderr?: string; readonly stdout?: string };
  return (stderr || stdout || wordsOf(error)).trim().split('\n').slice(-5).join(' / ');
}
