import type { Plan } from '../plan/types.js';
import { whole } from '../report/numbers.js';
import type { LoadProgress, Progress } from '../run/watch.js';

export interface Shown {
  show(progress: Progress): void;
  warn(words: string): void;
  stop(): void;
}

/** Where a run stands among several. */
export interface Among {
  /** `[3 of 10] hashed, round 2` */
  readonly title: string;
  /** What was changed in the plan and has been said of an earlier run of it is not said again. */
  readonly said: Set<string>;
  /** Seconds until all of them are over; null: nobody knows. */
  left(): number | null;
}

/** One line on a terminal, plain lines elsewhere; always on standard error. */
export async function showProgress(plan: Plan, among?: Among): Promise<Shown> {
  for (const change of plan.changed) {
    if (among?.said.has(change) !== true) process.stderr.write(`note: ${change}\n`);
    among?.said.add(change);
  }
  // A terminal of no width (a pseudo-terminal nobody sized) has no line to redraw, and ora never ends on it.
  return process.stderr.isTTY && process.stderr.columns > 0 ? onTerminal(among) : inLines(among);
}

/** Its library is loaded where there is one. */
async function onTerminal(among: Among | undefined): Promise<Shown> {
  const { default: ora } = await import('ora');
  const spinner = ora({ stream: process.stderr, discardStdin: false, color: process.env.NO_COLOR ? false : 'cyan' }).start(among?.title);
  const words = inWords();
  return {
    show: (progress) => {
      const line = [...(among === undefined ? [] : [among.title]), words(progress), ...leftInWords(among)].join(' · ');
      if (progress.load?.over === true) spinner.info(line);
      else spinner.text = line;
    },
    warn: (said) => {
      spinner.clear();
      warn(said);
    },
    stop: () => spinner.stop(),
  };
}

/** A line for each step, and one for every fifth of the load. */
function inLines(among: Among | undefined): Shown {
  if (among !== undefined) process.stderr.write(`${among.title}\n`);
  const words = inWords();
  let last = '';
  return {
    show: (progress) => {
      const line = words(progress);
      const mark = progress.load === undefined ? progress.step : markOf(progress.load);
      if (mark === last) return;
      last = mark;
      process.stderr.write(`${[line, ...(progress.load === undefined ? [] : leftInWords(among))].join(' · ')}\n`);
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

/** One progress after the other in words; what was sent between two of them is the current rate. */
export function inWords(): (progress: Progress) => string {
  let before: LoadProgress | undefined;
  return ({ step, load }) => {
    if (load === undefined) return step;
    const rate = rateBetween(load.over ? undefined : before, load);
    before = load;
    return `${step}: ${timeInWords(load)}, ${load.sent} sent, ${load.delivered} delivered${rate}${p99InWords(load)}`;
  };
}

function rateBetween(before: LoadProgress | undefined, { sent, elapsedSeconds }: LoadProgress): string {
  const seconds = elapsedSeconds - (before?.elapsedSeconds ?? 0);
  return seconds > 0 ? `, ${whole((sent - (before?.sent ?? 0)) / seconds)}/s` : '';
}

function leftInWords(among: Among | undefined): readonly string[] {
  const seconds = among?.left() ?? null;
  return seconds === null || seconds < 1 ? [] : [`about ${durationInWords(seconds)} left`];
}

/** `40 s`, `3 min` */
function durationInWords(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

function timeInWords({ elapsedSeconds, totalSeconds, over }: LoadProgress): string {
  if (over) return 'over';
  return elapsedSeconds > totalSeconds ? 'waiting for what is under way' : `${elapsedSeconds.toFixed(0)} of ${totalSeconds} s`;
}

function p99InWords({ responseMsP99, delivered, workers, over }: LoadProgress): string {
  if (responseMsP99 === null) return over || delivered === 0 ? '' : ', nothing arrived of late';
  return `, p99 ${workers > 1 && !over ? 'of the slowest worker ' : ''}${responseMsP99.toFixed(1)} ms`;
}
