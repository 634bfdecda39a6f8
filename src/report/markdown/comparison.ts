import { agrees, type Compared, type Comparison, firstOf, trafficFigures } from '../comparison.js';
import { besideBest, comparedFigures } from '../comparisonFigures.js';
import { joinWindowInWords, statusWords } from '../describe.js';
import { code, inCell, markdownTable } from '../markdown.js';
import { plural, whole } from '../numbers.js';
import { again, document, listed, named, notRun, setting } from './blocks.js';

export const comparisonColumns: readonly string[] = ['strategy', 'size', 'verdict', 'sent', 'delivered', 'lost', ...trafficFigures];

/** Strategies under one load: what each cost in messages, held against its row, and everything beside the best. */
export function comparisonMarkdown(comparison: Comparison): string {
  const { scenario, rooms, runs, added = [], leftOut, failed, command } = comparison;
  return document([
    `## Scenario ${code(scenario)}, ${code(`--rooms ${rooms}`)}`,
    `**${passedInWords(comparison)}**; ${setting(comparison)}`,
    markdownTable(comparisonColumns, runs.map(line)),
    runs.some(({ row }) => row !== null) ? legend : '',
    ...besideEachOther(runs),
    ...listed('Why', runs.flatMap(reasonsOf)),
    ...listed('Lost after a join', runs.flatMap(joinWindow)),
    ...notRun('Ended without a result', failed),
    ...notRun('Added', added),
    ...notRun('Left out', leftOut),
    ...again(command),
  ]);
}

const legend =
  '✓ equals the row of the strategy to the message; ✗ does not, and what the row says stands beside it; – nobody knows. Hops go straight from node to node; questions go to a directory, each with its answer.';

function passedInWords({ runs, failed }: Comparison): string {
  const passed = runs.filter(({ status }) => status === 'pass').length;
  return `${passed} of ${plural(runs.length + failed.length, 'strategy', 'strategies')} passed`;
}

function line(run: Compared): readonly string[] {
  const { strategy, size, status, sent, delivered, lost, embedded } = run;
  return [
    code(strategy),
    inCell(embedded ? `${size}, embedded` : size),
    `${statusWords[status].mark} ${statusWords[status].word}`,
    ...[sent, delivered, lost].map(whole),
    ...trafficFigures.map((figure) => againstRow(run.traffic[figure], run.row?.[figure])),
  ];
}

function againstRow(measured: number | null, expected: number | null | undefined): string {
  const agree = agrees(measured, expected);
  if (agree === null) return whole(measured);
  return agree ? `${whole(measured)} ✓` : `${whole(measured)} ✗ ${whole(expected ?? null)}`;
}

/** Of one alone there is nothing to be set beside it. */
function besideEachOther(runs: readonly Compared[]): readonly string[] {
  if (runs.length < 2) return [];
  const figures = comparedFigures.filter(({ of }) => runs.some((run) => of(run) !== null));
  const cells = figures.map((figure) => ({ of: figure.of, show: besideBest(figure, runs) }));
  return [
    `### Beside the best (×)${roundsInWords(runs)}`,
    markdownTable(
      ['strategy', ...figures.map(({ title }) => title)],
      runs.map((run) => [code(run.strategy), ...cells.map(({ of, show }) => show(of(run)))]),
    ),
    'CPU is for each delivered message; CPU, time and memory are of that machine at that rate.',
  ];
}

function roundsInWords(runs: readonly Compared[]): string {
  const rounds = Math.max(0, ...runs.map((run) => run.rounds.length));
  return rounds > 1 ? `, medians of ${rounds} rounds` : '';
}

function reasonsOf({ strategy, reasons, differs }: Compared): readonly string[] {
  return [...reasons, ...firstOf(differs)].map((words) => named(strategy, words));
}

function joinWindow({ strategy, joinWindowMsMax }: Compared): readonly string[] {
  return joinWindowInWords(joinWindowMsMax).map((words) => named(strategy, words));
}
