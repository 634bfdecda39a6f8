import type { Plan } from '../plan/types.js';
import type { LoadProgress, Progress } from '../run/watch.js';

export interface Shown {
  show(progress: Progress): void;
  warn(words: string): void;
  stop(): void;
}

/** One line on a terminal, plain lines elsewhere; always on standard error. */
export async function showProgress(plan: Plan): Promise<Shown> {
  for (const change of plan.changed) process.stderr.write(`note: ${change}\n`);
  // A terminal of no width (a pseudo-terminal nobody sized) has no line to redraw, and ora never ends on it.
  return process.stderr.isTTY && process.stderr.columns > 0 ? onTerminal() : inLines();
}

/** Its library is loaded where there is one. */
async function onTerminal(): Promise<Shown> {
  const { default: ora } = await import('ora');
  const spinner = ora({ stream: process.stderr, discardStdin: false, color: process.env.NO_COLOR ? false : 'cyan' }).start();
  return {
    show: (progress) => {
      if (progress.load?.over === true) spinner.info(wordsOf(progress));
      else spinner.text = wordsOf(progress);
    },
    warn: (words) => {
      spinner.clear();
      warn(words);
    },
    stop: () => spinner.stop(),
  };
}

/** A line for each step, and one for every fifth of the load. */
function inLines(): Shown {
  let last = '';
  return {
    show: (progress) => {
      const mark = progress.load === undefined ? progress.step : markOf(progress.load);
      if (mark === last) return;
      last = mark;
      process.stderr.write(`${wordsOf(progress)}\n`);
    },
    warn,
    stop: () => {},
  };
}

function warn(words: string): void {
  process.stderr.write(`warning: ${words}\n`);
}

function markOf({ elapsedSeconds, totalSeconds, over }: LoadProgress): string {
  return over ? 'over' : `load ${Math.floor((5 * elapsedSeconds) / totalSeconds)}`;
}

function wordsOf({ step, load }: Progress): string {
  if (load === undefined) return step;
  return `${step}: ${timeInWords(load)}, ${load.sent} sent, ${load.delivered} delivered${p99InWords(load)}`;
}

function timeInWords({ elapsedSeconds, totalSeconds, over }: LoadProgress): string {
  if (over) return 'over';
  return elapsedSeconds > totalSeconds ? 'waiting for what is under way' : `${elapsedSeconds.toFixed(0)} of ${totalSeconds} s`;
}

function p99InWords({ responseMsP99, workers, over }: LoadProgress): string {
  if (!responseMsP99) return '';
  return `, p99 ${workers > 1 && !over ? 'of the slowest worker ' : ''}${responseMsP99.toFixed(1)} ms`;
}
