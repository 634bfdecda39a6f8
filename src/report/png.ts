import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { GlobalFonts } from 'canvas';
import { ChartJSNodeCanvas } from 'chartjs-node-canvas';
import { unavailable } from '../error.js';
import { type BarChart, brokersChart, nodesChart } from './charts.js';
import { eachResult } from './each.js';
import { eachLabelOnce } from './legend.js';

/** Charts as pictures. Width and height are in CSS pixels; the pictures have twice as many, for sharp screens. */
const width = 960;
const height = 540;
const pixelRatio = 2;

/** Without a font of our own, a machine that has none draws charts without text and says nothing. */
const fontFamily = 'Bench Sans';

export const pngReporter = eachResult('png', async (result, language) => [
  { path: 'nodes.png', content: pngOf(nodesChart(result, language)) },
  { path: 'brokers.png', content: pngOf(brokersChart(result, language)) },
]);

export function pngOf(chart: BarChart): Uint8Array {
  registerFont();
  // chartjs-node-canvas writes into the options it is given; of its methods only the synchronous ones work on this canvas.
  const { type, data, options } = structuredClone(chart);
  const drawn = { type, data, options: { ...options, devicePixelRatio: pixelRatio, layout: { padding: 16 } } };
  drawer ??= newDrawer();
  return drawer.renderToBufferSync(drawn, 'image/png');
}

/** Evaluates a Chart.js of its own when it is made, which takes longer than a picture: one draws them all. */
let drawer: ChartJSNodeCanvas | undefined;

function newDrawer(): ChartJSNodeCanvas {
  return new ChartJSNodeCanvas({
    width,
    height,
    backgroundColour: '#ffffff',
    chartCallback: ({ defaults }) => {
      defaults.plugins.legend.labels.filter = eachLabelOnce;
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
