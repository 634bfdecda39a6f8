import { access } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { usage, wordsOf } from '../error.js';
import { checkStrategy } from '../routing/contract.js';
import { guarded } from '../routing/purity.js';
import type { Options, Strategy } from '../routing/types.js';
import { plugIn, plugInNames } from './folder.js';
import { suggestion } from './nearest.js';
import { wrongFields } from './strategySchema.js';

/** A strategy of the folder by its name, or one from outside by its absolute path. */
export interface StrategyReference {
  readonly name: string;
  readonly file: string | null;
}

const outsideExtensions = ['.ts', '.mts', '.js', '.mjs'];

/** The folder is the registry. */
export function strategyNames(): Promise<string[]> {
  return plugInNames('strategies');
}

export async function listStrategies(): Promise<Strategy[]> {
  return Promise.all((await strategyNames()).map(loadNamed));
}

/** A name, or a path if it looks like one. */
export function strategyReference(asked: string, directory = process.cwd()): StrategyReference {
  const isFile = /[\\/]/.test(asked) || outsideExtensions.includes(extname(asked));
  if (!isFile) return { name: asked, file: null };
  return { name: basename(asked, extname(asked)), file: resolve(directory, asked) };
}

export async function loadStrategy({ name, file }: StrategyReference): Promise<Strategy> {
  return file === null ? loadNamed(name) : loadFile(name, file);
}

/** A strategy to be held to the contract of `src/routing/contract.ts`. */
export interface Candidate {
  readonly strategy: Strategy;
  /** The same loaded once more; one of the folder is its own. */
  readonly twin: Strategy;
  readonly file: string | null;
}

export async function candidate(asked: string): Promise<Candidate> {
  const reference = strategyReference(asked);
  const load = () => loadStrategy(reference);
  const { file } = reference;
  const [strategy, twin] = file === null ? [await load()] : await guarded(async () => [await load(), await load()] as const);
  return { strategy, twin: twin ?? strategy, file };
}

/** What `--strategy` asks for. One from outside must also hold the contract. */
export async function checkedStrategy(asked: string): Promise<{ readonly strategy: Strategy; readonly file: string | null }> {
  const { strategy, twin, file } = await candidate(asked);
  const violations = file === null ? [] : checkStrategy(strategy, { twin });
  if (violations.length === 0) return { strategy, file };
  const lines = violations.slice(0, 3).map((violation) => `\n  ${violation}`);
  throw usage(`[${strategy.name}] does not hold the contract of a strategy; mend ${file}:${lines.join('')}`);
}

async function loadNamed(name: string): Promise<Strategy> {
  const names = await strategyNames();
  if (!names.includes(name))
    throw usage(`there is no strategy ${name || '""'}${suggestion(name, names)}; or give the path of a file, like ./mine.ts`);
  return strategyOf(await plugIn<unknown>('strategies', name), name, `strategies/${name}`);
}

/** From outside, TypeScript too; `bench/routing` is this project's, wherever the file lies. */
async function loadFile(name: string, file: string): Promise<Strategy> {
  if (!outsideExtensions.includes(extname(file))) throw usage(`[${name}] ${file} is no ${outsideExtensions.join(', ')} file`);
  await access(file).catch((error: unknown) => {
    throw usage(`[${name}] cannot read ${file}; give the path of a strategy file`, error);
  });
  const { createJiti } = await import('jiti');
  const routing = fileURLToPath(new URL(`../routing/index${extname(import.meta.url)}`, import.meta.url));
  const jiti = createJiti(import.meta.url, {
    moduleCache: false,
    fsCache: false,
    interopDefault: false,
    alias: { 'bench/routing': routing },
  });
  const module: unknown = await jiti.import(file).catch((error: unknown) => {
    throw usage(`[${name}] ${file} cannot be loaded: ${wordsOf(error)}`, error);
  });
  const exported = v.is(moduleSchema, module) ? module.default : undefined;
  return strategyOf(exported, name, file);
}

const moduleSchema = v.looseObject({ default: v.unknown() });

/** A module's default export, once it has the shape of a strategy and the name of its file. */
function strategyOf(exported: unknown, name: string, file: string): Strategy {
  const example = 'a strategy is `export default { name, title, summary, brokers(size), route(topology, options) }`';
  if (typeof exported !== 'object' || exported === null) throw usage(`[${name}] ${file} has no default export; ${example}`);
  const wrong = wrongFields(exported);
  if (wrong.length > 0) throw usage(`[${name}] ${file} is no strategy (${wrong.join('; ')}); ${example}`);
  const strategy = exported as Strategy;
  if (strategy.name === name) return strategy;
  throw usage(
    `[${name}] ${file} calls itself "${strategy.name}"; rename the file to ${strategy.name}${extname(file)} or set its name to "${name}"`,
  );
}

/** The strategy's options with what `--option name=value` gave in place of the defaults. */
export function optionsOf(strategy: Strategy, given: Readonly<Record<string, string>>): Options {
  const defaults = strategy.options ?? {};
  const chosen = Object.entries(given).map(([name, text]) => [name, optionOf(strategy.name, defaults, name, text)]);
  return { ...defaults, ...Object.fromEntries(chosen) };
}

function optionOf(strategy: string, defaults: Options, name: string, text: string): number | string {
  const names = Object.keys(defaults);
  const standard = Object.hasOwn(defaults, name) ? defaults[name] : undefined;
  if (standard === undefined) {
    const known = names.length === 0 ? ', nor any other' : suggestion(name, names);
    throw usage(`[${strategy}] has no option ${name}${known}`);
  }
  if (typeof standard === 'string') return text;
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number))
    throw usage(`[${strategy}] option ${name} is a number, not "${text}"; e.g. --option ${name}=${standard}`);
  return number;
}
