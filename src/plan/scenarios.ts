import { usage } from '../error.js';
import { guarded } from '../routing/purity.js';
import type { Options } from '../routing/types.js';
import { plugIn, plugInNames } from './folder.js';
import { suggestion } from './nearest.js';
import { chosenOptions } from './options.js';
import { checkName, loadOutside, type PlugInReference, plugInReference } from './outsideFile.js';
import { wrongScenarioFields } from './scenarioSchema.js';
import type { Plan, Scenario } from './types.js';

/** One of the folder, by its name. */
export async function loadScenario(name: string): Promise<Scenario> {
  const names = await plugInNames('scenarios');
  if (!names.includes(name))
    throw usage(`there is no scenario ${name || '""'}${suggestion(name, names)}; or give the path of a file, like ./mine.ts`);
  return scenarioIn(await plugIn<unknown>('scenarios', name), name, `scenarios/${name}`);
}

export async function listScenarios(): Promise<Scenario[]> {
  return Promise.all((await plugInNames('scenarios')).map(loadScenario));
}

/** What `--scenario` asks for: a name, or the path of a file of one's own. */
export async function askedScenario(asked: string): Promise<{ readonly scenario: Scenario; readonly file: string | null }> {
  const reference = plugInReference(asked);
  return { scenario: await guarded(() => loadReferred(reference)), file: reference.file };
}

/** The scenario of a plan, wherever it lies. */
export function scenarioOf({ scenario, scenarioFile }: Pick<Plan, 'scenario' | 'scenarioFile'>): Promise<Scenario> {
  return loadReferred({ name: scenario, file: scenarioFile ?? null });
}

/** The scenario's options with what `--set name=value` gave in place of the defaults. */
export function scenarioOptions(scenario: Scenario, given: Readonly<Record<string, string>>): Options {
  return chosenOptions(scenario, given, '--set');
}

async function loadReferred({ name, file }: PlugInReference): Promise<Scenario> {
  return file === null ? loadScenario(name) : scenarioIn(await loadOutside('scenario', name, file), name, file);
}

/** A module's default export, once it has the shape of a scenario and the name of its file. */
function scenarioIn(exported: unknown, name: string, file: string): Scenario {
  const example =
    'a scenario is `export default { name, title, summary, question, answeredBy, sizes: { smoke, full }, limits, actions(size, random) }`';
  if (typeof exported !== 'object' || exported === null) throw usage(`[${name}] ${file} has no default export; ${example}`);
  const wrong = wrongScenarioFields(exported);
  if (wrong.length > 0) throw usage(`[${name}] ${file} is no scenario (${wrong.join('; ')}); ${example}`);
  const scenario = exported as Scenario;
  checkName(name, file, scenario.name);
  return scenario;
}
