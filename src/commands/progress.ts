import ora from 'ora';
import type { Plan } from '../plan/types.js';
import type { Progress } from '../run/watch.js';

export interface Shown {
  show(progress: Progress): void;
  warn(words: string): void;
  stop(): void;
}

/** One line on a terminal, plain lines elsewhere; always on standard error. */
export function showProgress(plan: Plan): Shown {
  for (const change of plan.changed) process.stderr.write(`note: ${change}\n`);
  // A terminal of no width (a pseudo-terminal nobody sized) has no line to redraw, and ora never ends on it.
  return process.stderr.isTTY && process.stderr.columns > 0 ? onTerminal() : inLines();
}

function onTerminal(): Shown {
  const spinner = ora({ stream: process.stderr, discardStdin: false, color: process.env.NO_COLOR ? false : 'cyan' }).start();
  return {
    show: (progress) => {
      spinner.text = wordsOf(progress);
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
      const mark = progress.totalSeconds
        ? `load ${Math.floor((5 * (progress.elapsedSeconds ?? 0)) / progress.totalSeconds)}`
        : progress.step;
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

function wordsOf({ step, elapsedSeconds, totalSeconds, sent, delivered, responseMsP99 }: Progress): string {
  if (elapsedSeconds === undefined || totalSeconds === undefined) return step;
  const time = elapsedSeconds > totalSeconds ? 'waiting for what is under way' : `${elapsedSeconds.toFixed(0)} of ${totalSeconds} s`;
  const p99 = responseMsP99 ? `, p99 ${responseMsP99.toFixed(1)} ms` : '';
  return `${step}: ${time}, ${sent} sent, ${delivered} delivered${p99}`;
}
