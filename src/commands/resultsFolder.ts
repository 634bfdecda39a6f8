import { mkdir, readdir, rename, rm, rmdir, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { BenchError, unavailable, usage, wordsOf } from '../error.js';
import type { Result } from '../measure/result.js';
import { reporters } from '../report/index.js';

export interface ResultsFolder {
  readonly path: string;
  write(result: Result): Promise<void>;
  /** Removes what is not finished; nothing after `write`. */
  discard(): Promise<void>;
}

/**
 * The folder of one run: written beside its place and moved there when it is whole, so that nobody ever finds half of one.
 * Its place is taken before the run, empty: a run whose result cannot be kept is wasted, and no other run may take it meanwhile.
 */
export async function resultsFolder(out: string | undefined, what: string): Promise<ResultsFolder> {
  const path = out === undefined ? await takeUnused(resolve('results', `${stamp(new Date())}-${what}`)) : await take(resolve(out));
  const partial = join(dirname(path), `.${basename(path)}.partial-${process.pid}`);
  await mkdir(partial);
  let written = false;
  return {
    path,
    write: async (result) => {
      await keeping(path, writeAll(partial, result));
      // Replaces an empty folder, and refuses one that is not.
      await keeping(path, rename(partial, path));
      written = true;
      if (out === undefined) await pointLatest(path);
    },
    discard: async () => {
      await rm(partial, { recursive: true, force: true });
      if (!written) await rmdir(path);
    },
  };
}

/** Two runs may begin in one second: `mkdir` says who was first. */
async function takeUnused(path: string, number = 1): Promise<string> {
  const name = number === 1 ? path : `${path}-${number}`;
  await keeping(name, mkdir(dirname(name), { recursive: true }));
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
  await keeping(path, mkdir(path, { recursive: true }));
  const entries = await keeping(path, readdir(path));
  if (entries.length > 0) throw usage(`${path} is not empty: name another folder with --out, or remove it`);
  return path;
}

async function keeping<T>(path: string, work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw error instanceof BenchError ? error : notWritable(path, error);
  });
}

function notWritable(path: string, error: unknown): BenchError {
  return unavailable(`cannot write the results to ${path}: ${wordsOf(error)}; name another folder with --out`);
}

async function writeAll(folder: string, result: Result): Promise<void> {
  await writeFile(join(folder, 'plan.json'), `${JSON.stringify(result.plan, null, 2)}\n`);
  for (const reporter of reporters) {
    for (const { path, content } of await reporter.render([result])) await writeFile(join(folder, path), content);
  }
}

async function pointLatest(path: string): Promise<void> {
  const latest = join(dirname(path), 'latest');
  const fresh = `${latest}.${process.pid}`;
  await symlink(basename(path), fresh);
  await rename(fresh, latest);
}

/** `2026-11-23T17-30-05`, local time, sorts by time. */
function stamp(now: Date): string {
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replaceAll(':', '-');
}
