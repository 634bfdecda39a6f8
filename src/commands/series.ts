import { basename } from 'node:path';
import { BenchError, wordsOf } from '../error.js';
import type { Result } from '../measure/result.js';
import type { Plan } from '../plan/types.js';
import type { ReportFile } from '../report/types.js';
import type { Given } from '../run/cast.js';
import type { Progress } from '../run/watch.js';
import { runOne, type Stage } from './oneRun.js';
import { exitCodes, type Outcome } from './outcome.js';
import { Pace } from './pace.js';
import { pointLatest } from './resultsFolder.js';
import { SeriesFolder, type SeriesName } from './seriesFolder.js';

/** Exit codes from the harmless to the worst: a run that could not end weighs more than one that failed. */
const severity: readonly number[] = [exitCodes.pass, exitCodes.unknown, exitCodes.fail, 69, 70];

/** How a run ended: with a result, or with the words of what stopped it. `folder`: relative to that of all. */
export type Ended = { readonly code: number; readonly folder: string } & ({ readonly result: Result } | { readonly why: string });

/** One run of several. */
export interface Step {
  readonly plan: Plan;
  /** Of its folder. */
  readonly name: string;
  /** `[3 of 10] hashed` */
  readonly title: string;
  /** What is to be run after it; null: nobody knows yet. */
  readonly later: readonly Plan[] | null;
  heed?(progress: Progress): void;
}

interface Setting {
  readonly name: SeriesName;
  readonly out: string | undefined;
  readonly given: Given;
  readonly stage: Stage;
  readonly outcome: Outcome;
}

/** Runs one after the other, each kept as it ends: one that fails does not stop the rest, and Ctrl-C leaves what is finished. */
export class Series {
  readonly results: Result[] = [];
  readonly #setting: Setting;
  readonly #folder: SeriesFolder;
  readonly #pace = new Pace();
  readonly #said = new Set<string>();

  /** Plays what the work asks for; `path` is the folder of all. */
  static async play(setting: Setting, work: (series: Series) => Promise<void>): Promise<Series> {
    const series = new Series(setting, await SeriesFolder.take(setting.name, setting.out, setting.stage.guard));
    try {
      await work(series);
      if (setting.out === undefined) await pointLatest(series.path);
    } finally {
      await series.#folder.discard();
    }
    return series;
  }

  private constructor(setting: Setting, folder: SeriesFolder) {
    this.#setting = setting;
    this.#folder = folder;
  }

  get path(): string {
    return this.#folder.path;
  }

  /** Only an interruption, or a bug of the caller's, throws. */
  async run({ plan, name, title, later, heed }: Step): Promise<Ended> {
    const { given, stage } = this.#setting;
    const place = await this.#folder.place(name);
    const running = this.#pace.begin(plan);
    const left = () => sumOf([running.left(), ...(later?.map((one) => this.#pace.expected(one)) ?? [null])]);
    const followed = { among: { title, said: this.#said, left }, ...(heed === undefined ? {} : { heed }) };
    const folder = basename(place);
    try {
      const result = await runOne(place, plan, given, stage, followed);
      this.results.push(result);
      running.over();
      return { result, code: exitCodes[result.verdict.status], folder };
    } catch (error) {
      if (stage.signal.aborted) throw error;
      process.stderr.write(`${plan.strategy.name}: ${wordsOf(error)}\n`);
      return { why: wordsOf(error), code: error instanceof BenchError && error.fault !== 'bug' ? 69 : 70, folder };
    }
  }

  /** The record of what has ended so far, and the exit code if nothing worse follows. */
  async keep(text: string, code: number): Promise<void> {
    const { outcome } = this.#setting;
    outcome.code = worse(outcome.code, code);
    await this.#folder.keep(text);
    outcome.kept = this.path;
  }

  /** What cannot be written costs a warning. */
  async report(files: readonly ReportFile[]): Promise<void> {
    for (const words of await this.#folder.report(files)) process.stderr.write(`warning: ${words}\n`);
  }
}

function worse(one: number, other: number): number {
  return severity.indexOf(other) > severity.indexOf(one) ? other : one;
}

function sumOf(values: readonly (number | null)[]): number | null {
  return values.includes(null) ? null : values.reduce<number>((total, value) => total + (value ?? 0), 0);
}
