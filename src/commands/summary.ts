import { relative } from 'node:path';
import type { Result } from '../measure/result.js';
import { type Claims, claimsText } from '../report/claims.js';
import { type Comparison, comparisonText } from '../report/comparison.js';
import { type HighestRate, highestRateText } from '../report/highestRate.js';
import { resultText } from '../report/json.js';
import { type Sweep, sweepText } from '../report/sweep.js';
import { renderClaims } from '../report/terminal/claims.js';
import { renderComparison } from '../report/terminal/comparison.js';
import { renderHighestRate } from '../report/terminal/highestRate.js';
import { renderSweep } from '../report/terminal/sweep.js';
import { renderTerminal } from '../report/terminal.js';

/** Colour is for people at a terminal who did not ask to be spared it: https://no-color.org */
export function wantsColour(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
}

interface Printed {
  readonly json: boolean;
  readonly folder: string;
}

/** The end of a comparison; for a machine the comparison itself, which names what was left out and what failed, and the results of all runs. */
export function printComparison(comparison: Comparison, results: readonly Result[], { json, folder }: Printed): void {
  if (json) printRecord('comparison', comparisonText(comparison), results, folder);
  else printWords(renderComparison(comparison, screen()), folder);
}

/** The same of a sweep. */
export function printSweep(sweep: Sweep, results: readonly Result[], { json, folder }: Printed): void {
  if (json) printRecord('sweep', sweepText(sweep), results, folder);
  else printWords(renderSweep(sweep, screen()), folder);
}

/** The same of the article's claims. */
export function printClaims(claims: Claims, results: readonly Result[], { json, folder }: Printed): void {
  if (json) printRecord('claims', claimsText(claims), results, folder);
  else printWords(renderClaims(claims, screen()), folder);
}

/** The same of a search for the highest rate. */
export function printHighestRate(found: HighestRate, results: readonly Result[], { json, folder }: Printed): void {
  if (json) printRecord('capacity', highestRateText(found), results, folder);
  else printWords(renderHighestRate(found, screen()), folder);
}

function printRecord(name: string, record: string, results: readonly Result[], folder: string): void {
  const all = results.map((result) => resultText(result).trimEnd()).join(',\n');
  process.stdout.write(`{"${name}": ${record.trimEnd()},\n"results": [${all}]}\n`);
  process.stderr.write(`kept in ${relative(process.cwd(), folder)}\n`);
}

function printWords(words: string, folder: string): void {
  process.stdout.write(`${words}\nreport: ${relative(process.cwd(), folder)}/report.html\n`);
}

export function screen(): { readonly colour: boolean; readonly width: number } {
  return { colour: wantsColour(process.stdout), width: Math.min(process.stdout.columns ?? 100, 120) };
}

/** The end of a run: words for a person, or the result object and nothing else for a machine. */
export function printResult(result: Result, { json, folder }: Printed): void {
  if (json) {
    process.stdout.write(resultText(result));
    process.stderr.write(`${result.verdict.status}; kept in ${relative(process.cwd(), folder)}\n`);
    return;
  }
  printWords(renderTerminal(result, screen()), folder);
}
