import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { wordsOf } from '../error.js';
import type { Result } from '../measure/result.js';
import { reporters } from '../report/index.js';
import type { Language } from '../report/language.js';
import type { Reporter, ReportFile } from '../report/types.js';

export interface Written {
  /** Paths of the files that are there now. */
  readonly written: readonly string[];
  /** What could not be drawn or written and why, in words that name it. */
  readonly failed: readonly string[];
}

/** Everything that can be made again from a result; what fails costs nothing but itself. */
export async function writeReport(
  folder: string,
  result: Result,
  language: Language = 'en',
  drawers: readonly Reporter[] = reporters,
): Promise<Written> {
  const all = await Promise.all(drawers.map((drawer) => drawAndWrite(folder, result, language, drawer)));
  return { written: all.flatMap(({ written }) => written), failed: all.flatMap(({ failed }) => failed) };
}

async function drawAndWrite(folder: string, result: Result, language: Language, { name, render }: Reporter): Promise<Written> {
  try {
    return await writeFiles(folder, await render([result], language));
  } catch (error) {
    return { written: [], failed: [`the ${name} report in ${folder} cannot be made: ${wordsOf(error)}`] };
  }
}

export async function writeFiles(folder: string, files: readonly ReportFile[]): Promise<Written> {
  const written: string[] = [];
  const failed: string[] = [];
  for (const { path, content } of files) {
    const file = join(folder, path);
    try {
      await writeFile(file, content);
      written.push(file);
    } catch (error) {
      failed.push(`cannot write ${file}: ${wordsOf(error)}`);
    }
  }
  return { written, failed };
}
