import { access } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { usage, wordsOf } from '../error.js';

/** A plug-in of the project's folder by its name, or one from outside by its absolute path. */
export interface PlugInReference {
  readonly name: string;
  readonly file: string | null;
}

/** What is loaded: words for errors. */
export type PlugInWord = 'strategy' | 'scenario';

const extensions = ['.ts', '.mts', '.js', '.mjs'];
const moduleSchema = v.looseObject({ default: v.unknown() });

/** A name, or a path if it looks like one. */
export function plugInReference(asked: string, directory = process.cwd()): PlugInReference {
  const isFile = /[\\/]/.test(asked) || extensions.includes(extname(asked));
  if (!isFile) return { name: asked, file: null };
  return { name: basename(asked, extname(asked)), file: resolve(directory, asked) };
}

/** The default export of a file from outside, TypeScript too; `bench/routing` and `bench/plan` are this project's, wherever the file lies. */
export async function loadOutside(word: PlugInWord, name: string, file: string): Promise<unknown> {
  if (!extensions.includes(extname(file))) throw usage(`[${name}] ${file} is no ${extensions.join(', ')} file`);
  await access(file).catch((error: unknown) => {
    throw usage(`[${name}] cannot read ${file}; give the path of a ${word} file`, error);
  });
  const { createJiti } = await import('jiti');
  const own = (folder: string) => fileURLToPath(new URL(`../${folder}/index${extname(import.meta.url)}`, import.meta.url));
  const jiti = createJiti(import.meta.url, {
    moduleCache: false,
    fsCache: false,
    interopDefault: false,
    alias: { 'bench/routing': own('routing'), 'bench/plan': own('plan') },
  });
  const module: unknown = await jiti.import(file).catch((error: unknown) => {
    throw usage(`[${name}] ${file} cannot be loaded: ${wordsOf(error)}`, error);
  });
  return v.is(moduleSchema, module) ? module.default : undefined;
}

/** Throws unless the plug-in of a file is called as the file is. */
export function checkName(name: string, file: string, own: string): void {
  if (own === name) return;
  throw usage(`[${name}] ${file} calls itself "${own}"; rename the file to ${own}${extname(file)} or set its name to "${name}"`);
}
