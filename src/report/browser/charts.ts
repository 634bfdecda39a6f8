import { Chart } from 'chart.js/auto';
import type { BarChart, LineChart } from '../charts.js';
import { drawAlike, heightOf } from '../drawing.js';
import { captionCharts } from './captions.js';
import { content } from './content.js';

/** Draws the charts in the colours of the page's theme, and in those of paper while printing. Their titles and legends are text of the page. */
export function drawCharts(): void {
  const configurations = content<Readonly<Record<string, BarChart | LineChart>>>('charts') ?? {};
  const dark = matchMedia('(prefers-color-scheme: dark)');
  drawAlike(Chart.defaults);
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.plugins.legend.display = false;
  // For the console, and for tests of pages.
  Object.assign(globalThis, { Chart });
  setColours(dark.matches);
  const charts = Object.entries(configurations).flatMap(([id, configuration]) => drawn(id, configuration));
  captionCharts(charts);
  const paint = (isDark: boolean) => {
    setColours(isDark);
    for (const chart of charts) chart.update('none');
  };
  dark.addEventListener('change', () => paint(dark.matches));
  addEventListener('beforeprint', () => {
    paint(false);
    for (const chart of charts) chart.resize(660, chart.height);
  });
  addEventListener('afterprint', () => {
    for (const chart of charts) chart.resize();
    paint(dark.matches);
  });
}

function setColours(isDark: boolean): void {
  Chart.defaults.color = isDark ? '#d1d7e0' : '#3b424a';
  Chart.defaults.borderColor = isDark ? '#3d444d' : '#d8dee4';
}

/** Its figure is hidden until there is something in it: without JavaScript the table beside it says the same. */
function drawn(id: string, configuration: BarChart | LineChart): readonly Chart[] {
  const canvas = document.getElementById(id);
  if (!(canvas instanceof HTMLCanvasElement)) return [];
  const figure = canvas.closest('figure');
  if (figure !== null) figure.hidden = false;
  const height = heightOf(configuration);
  if (height !== null && canvas.parentElement !== null) canvas.parentElement.style.height = `${height}px`;
  return [new Chart<'bar' | 'line', unknown, string>(canvas, configuration as never) as Chart];
}
