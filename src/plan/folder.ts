import { readdir } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The folders `strategies` and `scenarios` are the registries: a file there is a plug-in, its name is what the user types. */
export type PlugInFolder = 'strategies' | 'scenarios';

/** Beside `src`, in the sources and in what is built of them alike. */
function pathOf(folder: PlugInFolder): string {
  return fileURLToPath(new URL(`../../${folder}/`, import.meta.url));
}

function extension(): '.ts' | '.js' {
  return import.meta.url.endsWith('.ts') ? '.ts' : '.js';
}

/** Names of the plug-ins, sorted. */
export async function plugInNames(folder: PlugInFolder): Promise<string[]> {
  const files = await readdir(pathOf(folder));
  const ours = files.filter((file) => file.endsWith(extension()) && !file.endsWith('.d.ts') && !file.includes('.test.'));
  return ours.map((file) => file.slice(0, -extension().length)).sort();
}

/** The default export of a plug-in that `plugInNames` names. */
export async function plugIn<T>(folder: PlugInFolder, name: string): Promise<T> {
  const module: { default: T } = await import(pathToFileURL(`${pathOf(folder)}${name}${extension()}`).href);
  return module.default;
}
