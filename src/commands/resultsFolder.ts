import { mkdir, readdir, rename, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { BenchError, unavailable, usage, wordsOf } from '../error.js';
import type { Guard } from '../processes/guard.js';
import { makeFolder } from './makeFolder.js';

/**
 * Takes a new folder for results before anything runs: a run whose result cannot be kept is wasted, and no other run may take the
 * place meanwhile. Until the guard hears that it is finished, it goes when bench does.
 */
export async function takeFolder(out: string | undefined, what: string, guard: Guard): Promise<string> {
  const path = out === undefined ? await takeUnused(resolve('results', `${stamp(new Date())}-${what}`)) : await take(resolve(out));
  guard.tell('unfinished', path);
  return path;
}

/** `results/latest`, beside the folder; a reader never finds it gone. That it cannot be set costs a warning and nothing that was measured. */
export async function pointLatest(path: string): Promise<void> {
  const latest = join(dirname(path), 'latest');
  const fresh = `${latest}.${process.pid}`;
  try {
    await symlink(basename(path), fresh);
    await rename(fresh, latest);
  } catch (error) {
    process.stderr.write(`warning: ${latest} does not point to ${basename(path)}: ${wordsOf(error)}; remove what stands there\n`);
    await rm(fresh, { force: true }).catch(() => {});
  }
}

export async function keeping<T>(path: string, work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw error instanceof BenchError ? error : notWritable(path, error);
  });
}

/** Two runs may begin in one second: `mkdir` says who was first. */
async function takeUnused(path: string, number = 1): Promise<string> {
  const name = number === 1 ? path : `${path}-${number}`;
  await keeping(name, makeFolder(dirname(name)));
  try {
    await mkdir(name);
    return name;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return takeUnused(path, number + 1);
    throw notWritable(name, error);
  }
}

/** An empty folder may be taken over; anything else may be somebody's. */
async function take(path: string): Promise<string> {
  await keeping(path, makeFolder(path));
  const entries = await keeping(path, readdir(path));
  if (entries.length > 0) throw usage(`${path} is not empty: name another folder with --out, or remove it`);
  return path;
}

function notWritable(path: string, error: unknown): BenchError {
  return unavailable(`cannot write the results to ${path}: ${wordsOf(error)}; name another folder with --out`);
}

/** `2026-11-23T17-30-05`, local time, sorts by time. */
function stamp(now: Date): string {
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replaceAll(':', '-');
}
