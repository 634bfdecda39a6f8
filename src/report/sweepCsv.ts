import { csv } from './csv.js';
import { growthFigureNames } from './growthFigures.js';
import type { Sweep } from './sweep.js';

/** A row for each point: where it is, how it ended, every figure measured and modelled. */
export function sweepCsv({ vary, points }: Sweep): string {
  const variables = vary.map(({ name }) => name);
  return csv(
    ['strategy', ...variables, 'status', ...growthFigureNames, ...growthFigureNames.map((name) => `${name} by the model`)],
    points.map(({ strategy, at, status, figures, model }) => [
      strategy,
      ...variables.map((name) => at[name] ?? null),
      status,
      ...growthFigureNames.map((name) => figures[name]),
      ...growthFigureNames.map((name) => model?.[name] ?? null),
    ]),
  );
}
