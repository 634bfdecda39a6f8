import type { Result } from '../../measure/result.js';
import { type BarChart, brokersChart, nodesChart } from '../charts.js';
import type { InEveryLanguage, Language } from '../language.js';
import { html, type Markup } from './markup.js';

const charts = { 'chart-nodes': nodesChart, 'chart-brokers': brokersChart } as const;

/** The charts that have something to show; the script of the page draws each on the canvas of its id. */
export function chartsOf(result: Result, language: Language): Readonly<Record<string, BarChart>> {
  const drawn = Object.entries(charts).map(([id, chart]) => [id, chart(result, language)] as const);
  return Object.fromEntries(drawn.filter(([, chart]) => chart.data.datasets.length > 0));
}

const beside: InEveryLanguage<string> = { en: 'the table below has the same figures', ru: 'те же числа — в таблице ниже' };

/** Room for a chart, shown by the script: without JavaScript the table beside it says the same. */
export function chartFigure(id: string, description: string, language: Language = 'en'): Markup {
  return html`<figure class="chart" hidden><div class="area"><canvas id="${id}" role="img" aria-label="${description}; ${beside[language]}"></canvas></div></figure>`;
}
