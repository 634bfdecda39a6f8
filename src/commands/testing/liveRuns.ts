import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../../measure/result.js';
import { rowOf } from '../../routing/rows.js';
import { bench, resultIn } from './bench.js';

/** Where the latest live result of every strategy in every form is kept, for suites that compare other results with them. */
export const keptFolder = 'results/live';

export const forms = ['direct', 'members', 'topic'] as const;
export type Form = (typeof forms)[number];

/** Of one `bench run`: so many strategies one after the other. */
const batchSize = 4;
/** More at once would only wait for each other. What is counted does not depend on how long it takes. */
const atOnce = 2;

/** Starts work when fewer than `atOnce` are under way, in the order in which it was given. */
class Lanes {
  #free = atOnce;
  readonly #waiting: (() => void)[] = [];

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#free--;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free++;
      else next();
    }
  }
}

const lanes = new Lanes();

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
export function playBatch(
  strategies: readonly string[],
  form: Form,
  folder: string,
  { flags = [], env = {} }: Batching = {},
): Promise<Batch> {
  return lanes.run(async () => {
    const { code, stderr } = await bench(['run', ...flagsOf(strategies, form), ...flags, '--out', folder], { env });
    return { folder, words: `exit code ${code}: ${stderr.slice(-2_000)}` };
  });
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

/** The live runs of these strategies, each played once, when it is first asked for, and kept. */
export class LiveRuns {
  readonly #canRun: (strategy: string, form: Form) => boolean;
  readonly #batches: readonly (readonly string[])[];
  readonly #played = new Map<string, Promise<Batch>>();
  readonly #kept = new Map<string, Promise<Result>>();

  constructor(strategies: readonly string[], canRun: (strategy: string, form: Form) => boolean) {
    this.#canRun = canRun;
    this.#batches = Array.from({ length: Math.ceil(strategies.length / batchSize) }, (_, index) =>
      strategies.slice(index * batchSize, (index + 1) * batchSize),
    );
  }

  of(strategy: string, form: Form): Promise<Result> {
    const key = `${strategy}-${form}`;
    const result = this.#kept.get(key) ?? this.#keep(strategy, form, join(keptFolder, key));
    this.#kept.set(key, result);
    return result;
  }

  /** An older result is gone before this one is there: one that is missing must not look like one that passed. */
  async #keep(strategy: string, form: Form, place: string): Promise<Result> {
    rmSync(place, { recursive: true, force: true });
    const batch = await this.#batch(strategy, form);
    const result = resultOf(batch, strategy);
    renameSync(join(batch.folder, strategy), place);
    return result;
  }

  #batch(strategy: string, form: Form): Promise<Batch> {
    const index = this.#batches.findIndex((names) => names.includes(strategy));
    const folder = join(keptFolder, `.batch-${index}-${form}`);
    const played =
      this.#played.get(folder) ??
      this.#play(
        (this.#batches[index] ?? []).filter((name) => this.#canRun(name, form)),
        form,
        folder,
      );
    this.#played.set(folder, played);
    return played;
  }

  #play(names: readonly string[], form: Form, folder: string): Promise<Batch> {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(keptFolder, { recursive: true });
    return playBatch(names, form, folder);
  }

  /** Leaves only what is kept. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#kept.values());
    for (const folder of this.#played.keys()) rmSync(folder, { recursive: true, force: true });
  }
}
