import { relative } from 'node:path';
import type { Result } from '../measure/result.js';
import { resultText } from '../report/json.js';
import { renderTerminal } from '../report/terminal.js';

/** Colour is for people at a terminal who did not ask to be spared it: https://no-color.org */
export function wantsColour(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
}

/** The end of a run: words for a person, or the result object and nothing else for a machine. */
export function printResult(result: Result, { json, folder }: { json: boolean; folder: string }): void {
  if (json) {
    process.stdout.write(resultText(result));
    process.stderr.write(`${result.verdict.status}; kept in ${relative(process.cwd(), folder)}\n`);
    return;
  }
  const width = Math.min(process.stdout.columns ?? 100, 120);
  process.stdout.write(renderTerminal(result, { colour: wantsColour(process.stdout), width }));
  process.stdout.write(`\nreport: ${relative(process.cwd(), folder)}/report.html\n`);
}
