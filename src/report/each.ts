import type { Result } from '../measure/result.js';
import type { Language } from './language.js';
import type { Reporter, ReportFile } from './types.js';

/** A reporter whose files tell of one result each. Of several results every one gets a folder of its own, in their order. */
export function eachResult(name: string, files: (result: Result, language?: Language) => Promise<readonly ReportFile[]>): Reporter {
  return {
    name,
    async render(results, language) {
      const rendered = await Promise.all(results.map((result) => files(result, language)));
      if (rendered.length === 1) return rendered.flat();
      return rendered.flatMap((of, index) => of.map((file) => ({ ...file, path: `${folder(results[index], index)}/${file.path}` })));
    },
  };
}

/** A strategy from outside may have any name, so only letters and digits of it reach a path. */
function folder(result: Result | undefined, index: number): string {
  const words = result === undefined ? [] : [result.plan.strategy.name, result.plan.scenario];
  return [index + 1, ...words.map((word) => word.replaceAll(/[^A-Za-z0-9]+/g, '-'))].join('-');
}
