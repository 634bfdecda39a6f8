import { mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { unavailable, usage, wordsOf } from '../error.js';
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
 * Made before the run, since a run whose result cannot be kept is wasted.
 */
export async function resultsFolder(out: string | undefined, what: string): Promise<ResultsFolder> {
  const path = out === undefined ? await unusedName(resolve('results', `${stamp(new Date())}-${what}`)) : resolve(out);
  await mustBeFree(path);
  const partial = join(dirname(path), `.${basename(path)}.partial-${process.pid}`);
  await mkdir(partial, { recursive: true }).catch((error: unknown) => {
    throw unavailable(`cannot write to ${dirname(path)}: ${wordsOf(error)}; name another folder with --out`);
  });
  return {
    path,
    write: async (result) => {
      await writeAll(partial, result);
      await rm(path, { recursive: true, force: true });
      await rename(partial, path);
      if (out === undefined) await pointLatest(path);
    },
    discard: () => rm(partial, { recursive: true, force: true }),
  };
}

/** Two runs may begin in one second. */
async function unusedName(path: string): Promise<string> {
  const taken: string[] = await readdir(dirname(path)).catch(() => []);
  const names = [basename(path), ...Array.from({ length: taken.length }, (_, index) => `${basename(path)}-${index + 2}`)];
  return join(dirname(path), names.find((name) => !taken.includes(name)) ?? basename(path));
}

/** An empty folder may be taken over; anything else may be somebody's. */
async function mustBeFree(path: string): Promise<void> {
  const entries = await readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw unavailable(`cannot use ${path} for the results: ${error.message}; name another folder with --out`);
  });
  if (entries.length > 0) throw usage(`${path} is not empty: name another folder with --out, or remove it`);
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
