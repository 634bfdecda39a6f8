import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Guard } from '../processes/guard.js';
import { removeUnfinished, unfinishedFiles } from '../processes/unfinished.js';
import type { ReportFile } from '../report/types.js';
import { keeping, takeFolder } from './resultsFolder.js';
import { writeFiles } from './writeReport.js';

/** What several runs are made for; the name of the record of them. */
export type SeriesName = 'comparison' | 'sweep' | 'capacity' | 'claims';

/** The folder of several runs: one inside it for each, and a record of all that is written anew after each. */
export class SeriesFolder {
  readonly path: string;
  readonly #name: SeriesName;
  readonly #guard: Guard;
  #finished = false;

  static async take(name: SeriesName, out: string | undefined, guard: Guard): Promise<SeriesFolder> {
    return new SeriesFolder(name, await takeFolder(out, name, guard), guard);
  }

  private constructor(name: SeriesName, path: string, guard: Guard) {
    this.#name = name;
    this.path = path;
    this.#guard = guard;
  }

  /** Makes the folder of one run. A strategy from outside may have any name. */
  async place(run: string): Promise<string> {
    const folder = join(this.path, run.replaceAll(/[^\w.-]+/g, '-'));
    await keeping(folder, mkdir(folder));
    this.#guard.tell('unfinished', folder);
    return folder;
  }

  /** The record, whole or as it was before. */
  async keep(text: string): Promise<void> {
    const partial = join(this.path, unfinishedFiles.result);
    await keeping(this.path, writeFile(partial, text));
    await keeping(this.path, rename(partial, join(this.path, `${this.#name}.json`)));
    this.#finished = true;
    this.#guard.tell('finished', this.path);
  }

  /** Returns what could not be written, in words. */
  async report(files: readonly ReportFile[]): Promise<readonly string[]> {
    const { failed } = await writeFiles(this.path, files);
    return failed;
  }

  /** For the end: nothing once a run is kept. */
  async discard(): Promise<void> {
    if (this.#finished) return;
    await removeUnfinished(this.path);
    this.#guard.tell('finished', this.path);
  }
}
