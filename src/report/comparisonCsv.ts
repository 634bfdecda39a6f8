import type { Comparison } from './comparison.js';
import { comparedFigures } from './comparisonFigures.js';
import { csv } from './csv.js';

/** A row for each strategy: what came of its messages, and every cost by which strategies are compared. */
export function comparisonCsv({ runs }: Comparison): string {
  return csv(
    ['strategy', 'status', 'size', 'sent', 'delivered', 'lost', 'duplicated', 'misdelivered', ...comparedFigures.map(({ title }) => title)],
    runs.map((run) => [
      run.strategy,
      run.status,
      run.size,
      ...[run.sent, run.delivered, run.lost, run.duplicated, run.misdelivered],
      ...comparedFigures.map(({ of }) => of(run)),
    ]),
  );
}
