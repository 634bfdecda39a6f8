import type { Dirent } from 'node:fs';
import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { unavailable, usage, wordsOf } from '../../error.js';
import { unfinishedFiles } from '../../processes/unfinished.js';
import { type Entry, entryOf, type Listed } from '../../report/listing.js';
import { type Kept, type RecordKind, readKept, recordFile, recordKinds } from '../../report/records.js';

/** Deeper than any folder of bench: a comparison, its runs. */
const deepest = 4;
/** A larger file is no record of bench's, and would fill the memory. */
const largestBytes = 256 * 1024 * 1024;

/** What lies in one folder: a record, or a plan whose result is not there yet. */
interface Found {
  readonly path: string;
  readonly inside: string | null;
  readonly kind: RecordKind | 'unfinished';
}

/**
 * A folder of results, read only. Nothing is ever opened by a name that came from outside: a path counts only if the folder itself, walked
 * without following a link, has a record there.
 */
export class ResultsFolder {
  readonly #root: string;
  readonly #seen = new Map<string, { readonly mark: string; readonly listed: Listed }>();

  static async open(path: string): Promise<ResultsFolder> {
    const root = await realpath(path).catch((error: unknown) => {
      throw usage(`cannot open ${path}: ${wordsOf(error)}; name the folder of your results with --results`);
    });
    if (!(await lstat(root)).isDirectory()) throw usage(`${path} is no folder: name the folder of your results with --results`);
    return new ResultsFolder(root);
  }

  private constructor(root: string) {
    this.#root = root;
  }

  async list(): Promise<readonly Listed[]> {
    const all: Listed[] = [];
    for (const found of await this.#walk('', null, 0)) all.push(await this.#listed(found));
    return all;
  }

  /** The record of a folder; undefined: there is none. What is broken throws, in words that name it. */
  async keptAt(path: string): Promise<Kept | undefined> {
    const found = (await this.#walk('', null, 0)).find((one) => one.path === path);
    return found === undefined || found.kind === 'unfinished' ? undefined : this.#read(found.path, found.kind);
  }

  /** Where a link in the folder leads, as `latest`; undefined: nowhere inside it. */
  async linked(name: string): Promise<string | undefined> {
    const entry = (await entriesOf(this.#root)).find((one) => one.name === name && one.isSymbolicLink());
    if (entry === undefined) return undefined;
    const target = await realpath(join(this.#root, name)).catch(() => undefined);
    return target?.startsWith(this.#root + sep) ? relative(this.#root, target).split(sep).join('/') : undefined;
  }

  async #walk(path: string, inside: string | null, depth: number): Promise<readonly Found[]> {
    const entries = await entriesOf(resolve(this.#root, path));
    const files = new Set(entries.flatMap((entry) => (entry.isFile() ? [entry.name] : [])));
    const kind = recordKinds.find((one) => files.has(recordFile(one)));
    const own: readonly Found[] =
      kind !== undefined ? [{ path, inside, kind }] : files.has(unfinishedFiles.plan) ? [{ path, inside, kind: 'unfinished' }] : [];
    if (depth === deepest) return own;
    const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
    const below = folders.map(({ name }) =>
      this.#walk(path === '' ? name : `${path}/${name}`, kind === undefined ? inside : path, depth + 1),
    );
    return [...own, ...(await Promise.all(below)).flat()];
  }

  async #listed(found: Found): Promise<Listed> {
    const { path, inside, kind } = found;
    const file = join(this.#root, path, kind === 'unfinished' ? unfinishedFiles.plan : recordFile(kind));
    const { mtimeMs, size, mtime } = await lstat(file).catch(() => ({ mtimeMs: 0, size: 0, mtime: new Date(0) }));
    const state = { path, inside, startedAt: mtime.toISOString() };
    if (kind === 'unfinished') return { ...state, state: 'unfinished', why: 'it has a plan and no result: it is running, or was killed' };
    const mark = `${mtimeMs} ${size}`;
    const before = this.#seen.get(file);
    if (before?.mark === mark) return before.listed;
    const entry = await this.#entry(path, kind);
    const listed: Listed = typeof entry === 'string' ? { ...state, state: 'broken', why: entry } : { path, inside, entry };
    this.#seen.set(file, { mark, listed });
    return listed;
  }

  async #entry(path: string, kind: RecordKind): Promise<Entry | string> {
    try {
      return entryOf(await this.#read(path, kind));
    } catch (error) {
      return wordsOf(error);
    }
  }

  async #read(path: string, kind: RecordKind): Promise<Kept> {
    const where = [path, recordFile(kind)].filter((part) => part !== '').join('/');
    const file = join(this.#root, path, recordFile(kind));
    // A folder on the way may have become a link since it was walked.
    if ((await realpath(file)) !== file)
      throw unavailable(`${where} is reached over a link, which is not followed: put the file itself there`);
    const { size } = await lstat(file);
    if (size > largestBytes) throw unavailable(`${where} has ${size} bytes, more than any record of bench: take it out of the folder`);
    return readKept(kind, await readFile(file, 'utf8'), where);
  }
}

/** What cannot be read has nothing to show. */
async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch(() => []);
}
