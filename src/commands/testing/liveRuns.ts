import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../../measure/result.js';
import { rowOf } from '../../routing/rows.js';
import type { Form } from '../../run/simulated/testing/plans.js';
import { bench, resultIn } from './bench.js';

/** Where the latest live result of every strategy in every form is kept, for suites that compare other results with them. */
export const keptFolder = 'results/live';

export type { Form };

/** Of one `bench run`: so many strategies one after the other, since its own start costs as much as two nodes'. What is counted does not depend on how long it takes. */
const batchSize = 9;

/** How a batch went: its folder, and its last words for a strategy that left no result there. */
interface Batch {
  readonly folder: string;
  readonly words: string;
}

interface Batching {
  /** Beside the flags that all live runs have. */
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Plays several strategies in one form, at the size of their rows. */
export async function playBatch(
  strategies: readonly string[],
  form: Form,
  folder: string,
  { flags = [], env = {} }: Batching = {},
): Promise<Batch> {
  const { code, stderr } = await bench(['run', ...flagsOf(strategies, form), ...flags, '--out', folder], { env });
  return { folder, words: `exit code ${code}: ${stderr.slice(-2_000)}` };
}

function flagsOf(strategies: readonly string[], form: Form): readonly string[] {
  const options = strategies.flatMap((name) => Object.entries(rowOf(name, 'small')?.options ?? {}));
  const workload =
    form === 'direct' ? ['--scenario', 'direct', '--rate', '400'] : ['--scenario', 'rooms', '--rooms', form, '--rate', '100'];
  return [
    ...['--strategies', strategies.join(',')],
    ...options.flatMap(([name, value]) => ['--option', `${name}=${value}`]),
    ...workload,
    ...['--nodes', '4', '--brokers', '3', '--users', '400', '--duration', '0.5s', '--warm-up', '0', '--seed', '7'],
  ];
}

export function resultOf({ folder, words }: Batch, strategy: string): Result {
  const own = join(folder, strategy);
  if (!existsSync(join(own, 'result.json'))) throw new Error(`[${strategy}] left no result in ${folder}; ${words}`);
  return resultIn(own);
}

/** The live runs of these strategies in one form, each played once, when it is first asked for, and kept. */
export class LiveRuns {
  readonly strategies: readonly string[];
  readonly #form: Form;
  readonly #played = new Map<string, Promise<Batch>>();
  readonly #kept = new Map<string, Promise<Result>>();

  constructor(strategies: readonly string[], form: Form) {
    this.strategies = strategies;
    this.#form = form;
  }

  of(strategy: string): Promise<Result> {
    const result = this.#kept.get(strategy) ?? this.#keep(strategy, join(keptFolder, `${strategy}-${this.#form}`));
    this.#kept.set(strategy, result);
    return result;
  }

  /** An older result is gone before this one is there: one that is missing must not look like one that passed. */
  async #keep(strategy: string, place: string): Promise<Result> {
    rmSync(place, { recursive: true, force: true });
    const batch = await this.#batch(strategy);
    const result = resultOf(batch, strategy);
    renameSync(join(batch.folder, strategy), place);
    return result;
  }

  #batch(strategy: string): Promise<Batch> {
    const index = Math.floor(this.strategies.indexOf(strategy) / batchSize);
    const folder = join(keptFolder, `.batch-${index}-${this.#form}`);
    const played = this.#played.get(folder) ?? this.#play(this.strategies.slice(index * batchSize, (index + 1) * batchSize), folder);
    this.#played.set(folder, played);
    return played;
  }

  #play(names: readonly string[], folder: string): Promise<Batch> {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(keptFolder, { recursive: true });
    return playBatch(names, this.#form, folder);
  }

  /** Leaves only what is kept. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#kept.values());
    for (const folder of this.#played.keys()) rmSync(folder, { recursive: true, force: true });
  }
}
