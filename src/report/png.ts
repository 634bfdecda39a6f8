import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { GlobalFonts } from 'canvas';
import { ChartJSNodeCanvas } from 'chartjs-node-canvas';
import { unavailable } from '../error.js';
import { type BarChart, brokersChart, type LineChart, nodesChart } from './charts.js';
import { claimsCharts } from './claimsCharts.js';
import { comparisonCharts } from './comparisonCharts.js';
import { drawAlike, heightOf } from './drawing.js';
import { eachResult } from './each.js';
import { planCharts } from './planCharts.js';
import { rateCharts } from './rateCharts.js';
import type { ForEach } from './records.js';
import { sweepCharts } from './sweepCharts.js';
import type { ReportFile } from './types.js';

/** Charts as pictures. Width and height are in CSS pixels; the pictures have twice as many, for sharp screens. */
const width = 960;
const leastHeight = 540;
const pixelRatio = 2;

/** A picture writes larger than a page, and has title and legend inside of it. */
const scale = 7 / 6;
const wordsHeight = 170;

/** Without a font of our own, a machine that has none draws charts without text and says nothing. */
const fontFamily = 'Bench Sans';

/** The charts of every kind of record as files. */
export const pictures: ForEach<readonly ReportFile[]> = {
  result: (result, language) => drawn({ nodes: nodesChart(result, language), brokers: brokersChart(result, language) }),
  comparison: (comparison, language) => drawn(comparisonCharts(comparison, language)),
  sweep: (sweep, language) => drawn(sweepCharts(sweep, language)),
  capacity: (found, language) => drawn(rateCharts(found, language)),
  claims: (claims, language) => drawn(claimsCharts(claims, language)),
  plan: (plan, language) => drawn(planCharts(plan, language)),
};

export const pngReporter = eachResult('png', async (result, language = 'en') => pictures.result(result, language));

/** `chart-cost`, the canvas of a page, is `cost.png`. What a record of several runs knows nothing of is no picture. */
function drawn(charts: Readonly<Record<string, BarChart | LineChart>>): readonly ReportFile[] {
  const known = Object.entries(charts).filter(([id, { data }]) => !id.startsWith('chart-') || data.datasets.length > 0);
  return known.map(([id, chart]) => ({ path: `${id.replace(/^chart-/, '')}.png`, content: pngOf(chart) }));
}

export function pngOf(chart: BarChart | LineChart): Uint8Array {
  registerFont();
  // chartjs-node-canvas writes into the options it is given; of its methods only the synchronous ones work on this canvas.
  const { type, data, options } = structuredClone(chart);
  const drawn = { type, data, options: { ...options, devicePixelRatio: pixelRatio, layout: { ...options?.layout, padding: 16 } } };
  return drawerOf(pictureHeight(chart)).renderToBufferSync(drawn, 'image/png');
}

/** Pictures of about one height are of that height, so that few drawers make all. */
const heightStep = 60;

function pictureHeight(chart: BarChart | LineChart): number {
  const height = Math.max(leastHeight, Math.ceil((heightOf(chart) ?? 0) * scale) + wordsHeight);
  return Math.ceil(height / heightStep) * heightStep;
}

/** Evaluates a Chart.js of its own when it is made, which takes longer than a picture: one draws all of a height. */
const drawers = new Map<number, ChartJSNodeCanvas>();

function drawerOf(height: number): ChartJSNodeCanvas {
  const drawer = drawers.get(height) ?? newDrawer(height);
  drawers.set(height, drawer);
  return drawer;
}

function newDrawer(height: number): ChartJSNodeCanvas {
  return new ChartJSNodeCanvas({
    width,
    height,
    backgroundColour: '#ffffff',
    chartCallback: ({ defaults }) => {
      drawAlike(defaults);
      defaults.plugins.title.display = true;
      defaults.plugins.subtitle.display = true;
      defaults.font.family = fontFamily;
      defaults.font.size = 14;
      defaults.color = '#1f2328';
      defaults.borderColor = '#d8dee4';
    },
  });
}

function registerFont(): void {
  if (GlobalFonts.has(fontFamily)) return;
  const folder = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf');
  for (const file of ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf']) {
    if (GlobalFonts.registerFromPath(join(folder, file), fontFamily) === null) {
      throw unavailable(`[png] the font ${join(folder, file)} is missing or unreadable: run npm ci`);
    }
  }
}
