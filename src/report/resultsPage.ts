import { agrees, type Compared, type Comparison, trafficFigures } from './comparison.js';
import { joinWindowInWords, statusWords } from './describe.js';
import { markdownTable } from './markdown.js';
import { whole } from './numbers.js';

export const resultColumns: readonly string[] = ['strategy', 'size', 'verdict', 'sent', 'delivered', 'lost', ...trafficFigures];

/** Comparisons as one page of tables: what every strategy was measured to cost, held against its row. */
export function resultsPage(comparisons: readonly Comparison[]): string {
  const [first] = comparisons;
  const head = [
    '# Live results',
    'Each strategy on its real servers, all with the same messages. ✓ equals the row of the strategy to the message; ✗ does not, and what the row says stands beside it; – nobody knows. Hops go straight from node to node; questions go to a directory, each with its answer.',
    ...(first === undefined ? [] : [`Measured on ${first.machine ?? 'a machine not known'}, commit ${first.commit ?? 'not known'}.`]),
  ];
  return `${[...head, ...comparisons.flatMap(tableOf)].join('\n\n')}\n`;
}

function tableOf(comparison: Comparison): readonly string[] {
  const { scenario, rooms, rate, seed, runs, leftOut, failed, command } = comparison;
  const title = `Scenario \`${scenario}\`, \`--rooms ${rooms}\``;
  return [
    `## ${title}`,
    `${rate}, seed ${seed}: \`${command}\``,
    markdownTable(resultColumns, runs.map(line)),
    ...listed('Lost after a join', runs.flatMap(joinWindow)),
    ...notRun('Ended without a result', failed),
    ...notRun('Left out', leftOut),
  ];
}

function line(run: Compared): readonly string[] {
  const { strategy, size, status, sent, delivered, lost, embedded } = run;
  return [
    `\`${strategy}\``,
    embedded ? `${size}, embedded` : size,
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

function joinWindow({ strategy, joinWindowMsMax }: Compared): readonly string[] {
  return joinWindowInWords(joinWindowMsMax).map((words) => `\`${strategy}\`: ${words}`);
}

function notRun(title: string, of: Comparison['leftOut']): readonly string[] {
  return listed(
    title,
    of.map(({ strategy, why }) => `\`${strategy}\`: ${why}`),
  );
}

function listed(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`${title}:`, items.map((item) => `* ${item}`).join('\n')];
}
