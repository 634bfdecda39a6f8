import type { Plan } from '../plan/types.js';
import { rateInWords } from '../report/describe.js';
import type { SeriesHead } from '../report/series.js';
import type { Prepared } from './planning.js';
import { runnerOf } from './runner.js';

/** What the record of several runs says of all of them, before the first has ended. */
export function headOf({ asked, plan }: Prepared, command: string): SeriesHead {
  const source = runnerOf(plan);
  return {
    schema: 1,
    startedAt: new Date().toISOString(),
    source,
    command,
    scenario: plan.scenario,
    rooms: asked.rooms,
    seed: plan.seed,
    rate: rateInWords({ plan, source }),
    commit: null,
    machine: null,
  };
}

/** The titles of runs that are known beforehand, and what follows each. */
export function titled<Turn extends { readonly plan: Plan }>(turns: readonly Turn[], words: (turn: Turn) => string) {
  return turns.map((turn, index) => ({
    ...turn,
    title: `[${index + 1} of ${turns.length}] ${words(turn)}`,
    later: turns.slice(index + 1).map(({ plan }) => plan),
  }));
}
