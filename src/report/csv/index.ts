import { csv as csvText } from '../csv.js';
import type { ForEach } from '../records.js';
import { claimsRows } from './claims.js';
import { comparisonRows } from './comparison.js';
import { highestRateRows } from './highestRate.js';
import { planRows } from './plan.js';
import { runRows } from './run.js';
import { sweepRows } from './sweep.js';

/** Every record as a table with one figure a row, so that tables of many records can be put beneath each other. */
export const csv: ForEach<string> = {
  result: (result) => tableOf(runRows(result)),
  comparison: (comparison) => tableOf(comparisonRows(comparison)),
  sweep: (sweep) => tableOf(sweepRows(sweep)),
  capacity: (found) => tableOf(highestRateRows(found)),
  claims: (claims) => tableOf(claimsRows(claims)),
  plan: (plan) => tableOf(planRows(plan)),
};

function tableOf({ head, rows }: ReturnType<typeof runRows>): string {
  return csvText(head, rows);
}
