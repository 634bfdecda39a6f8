import { relative } from 'node:path';
import type { Result } from '../measure/result.js';
import { type Comparison, comparisonText } from '../report/comparison.js';
import { resultText } from '../report/json.js';
import { renderComparison } from '../report/terminal/comparison.js';
import { renderTerminal } from '../report/terminal.js';

/** Colour is for people at a terminal who did not ask to be spared it: https://no-color.org */
export function wantsColour(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
}

/** The end of a comparison; for a machine the comparison itself, which names what was left out and what failed, and the results of all runs. */
export function printComparison(
  comparison: Comparison,
  results: readonly Result[],
  { json, folder }: { readonly json: boolean; readonly folder: string },
): void {
  const place = relative(process.cwd(), folder);
  if (json) {
    const all = results.map((result) => resultText(result).trimEnd()).join(',\n');
    process.stdout.write(`{"comparison": ${comparisonText(comparison).trimEnd()},\n"results": [${all}]}\n`);
    process.stderr.write(`kept in ${place}\n`);
    return;
  }
  process.stdout.write(renderComparison(comparison, screen()));
  process.stdout.write(`\nreport: ${place}/report.html\n`);
}

export function screen(): { readonly colour: boolean; readonly width: number } {
  return { colour: wantsColour(process.stdout), width: Math.min(process.stdout.columns ?? 100, 120) };
}

/** The end of a run: words for a person, or the result object and nothing else for a machine. */
export function printResult(result: Result, { json, folder }: { json: boolean; folder: string }): void {
  if (json) {
    process.stdout.write(resultText(result));
    process.stderr.write(`${result.verdict.status}; kept in ${relative(process.cwd(), folder)}\n`);
    return;
  }
  process.stdout.write(renderTerminal(result, screen()));
  process.stdout.write(`\nreport: ${relative(process.cwd(), folder)}/report.html\n`);
}
