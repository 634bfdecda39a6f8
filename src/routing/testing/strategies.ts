import { readdir } from 'node:fs/promises';
import type { Strategy } from '../types.js';

/** Every strategy of the folder; a new file is picked up without another line. */
export async function allStrategies(): Promise<Strategy[]> {
  const folder = new URL('../../../strategies/', import.meta.url);
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  const modules: { default: Strategy }[] = await Promise.all(files.map((file) => import(new URL(file, folder).href)));
  return modules.map((module) => module.default);
}
