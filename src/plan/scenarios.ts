import { usage } from '../error.js';
import { plugIn, plugInNames } from './folder.js';
import { suggestion } from './nearest.js';
import type { Scenario } from './types.js';

export async function loadScenario(name: string): Promise<Scenario> {
  const names = await plugInNames('scenarios');
  if (!names.includes(name)) throw usage(`there is no scenario ${name || '""'}${suggestion(name, names)}`);
  return plugIn<Scenario>('scenarios', name);
}

export async function listScenarios(): Promise<Scenario[]> {
  return Promise.all((await plugInNames('scenarios')).map(loadScenario));
}
