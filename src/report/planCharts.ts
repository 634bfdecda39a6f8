import { type CapacityPlan, fleetsInOrder } from './capacityPlan.js';
import { type BarChart, barChart, palette } from './charts.js';
import { planWords } from './html/planWords.js';
import type { Language } from './language.js';

export const coresChart = 'chart-cores';

/** What every strategy keeps at work; nothing where none can carry the load. */
export function planCharts(plan: CapacityPlan, language: Language): Readonly<Record<string, BarChart>> {
  const { fleets, columns, setting } = planWords[language];
  const rows = fleetsInOrder(plan);
  if (rows.length === 0) return {};
  const series = [{ label: columns.cores, colour: palette.blue, values: rows.map(({ cores }) => cores) }];
  const subtitle = [setting(plan.users, plan.users * plan.ratePerUser)];
  const labels = rows.map(({ strategy }) => strategy);
  return { [coresChart]: barChart({ language, title: fleets.chart, subtitle, unit: columns.cores, labels, series }) };
}
