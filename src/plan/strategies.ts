import { usage } from '../error.js';
import { checkStrategy } from '../routing/contract.js';
import { guarded } from '../routing/purity.js';
import type { Options, Strategy } from '../routing/types.js';
import { plugIn, plugInNames } from './folder.js';
import { suggestion } from './nearest.js';
import { chosenOptions } from './options.js';
import { checkName, loadOutside, type PlugInReference, plugInReference } from './outsideFile.js';
import { wrongFields } from './strategySchema.js';

/** A strategy of the folder by its name, or one from outside by its absolute path. */
export type StrategyReference = PlugInReference;

/** The folder is the registry. */
export function strategyNames(): Promise<string[]> {
  return plugInNames('strategies');
}

export async function listStrategies(): Promise<Strategy[]> {
  return Promise.all((await strategyNames()).map(loadNamed));
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
  const reference = plugInReference(asked);
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

async function loadFile(name: string, file: string): Promise<Strategy> {
  return strategyOf(await loadOutside('strategy', name, file), name, file);
}

/** A module's default export, once it has the shape of a strategy and the name of its file. */
function strategyOf(exported: unknown, name: string, file: string): Strategy {
  const example = 'a strategy is `export default { name, title, summary, brokers(size), route(topology, options) }`';
  if (typeof exported !== 'object' || exported === null) throw usage(`[${name}] ${file} has no default export; ${example}`);
  const wrong = wrongFields(exported);
  if (wrong.length > 0) throw usage(`[${name}] ${file} is no strategy (${wrong.join('; ')}); ${example}`);
  const strategy = exported as Strategy;
  checkName(name, file, strategy.name);
  return strategy;
}

/** The strategy's options with what `--option name=value` gave in place of the defaults. */
export function optionsOf(strategy: Strategy, given: Readonly<Record<string, string>>): Options {
  return chosenOptions(strategy, given, '--option');
}
