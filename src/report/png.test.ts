import { createCanvas, GlobalFonts, loadImage } from 'canvas';
import { describe, expect, it } from 'vitest';
import { palette } from './charts.js';
import { comparisonCharts } from './comparisonCharts.js';
import { pngOf, pngReporter } from './png.js';
import { largeComparison } from './testing/largePages.js';
import { failingResult, modelledResult, sampleResult } from './testing/sample.js';

interface Picture {
  readonly width: number;
  readonly height: number;
  /** How many pixels of a region have a colour that is accepted. */
  count(region: { readonly top: number; readonly bottom: number }, accept: (red: number, green: number, blue: number) => boolean): number;
}

async function picture(png: string | Uint8Array): Promise<Picture> {
  const image = await loadImage(Buffer.from(png));
  const { width, height } = image;
  const context = createCanvas(width, height).getContext('2d');
  context.drawImage(image, 0, 0);
  return {
    width,
    height,
    count({ top, bottom }, accept) {
      const { data } = context.getImageData(0, Math.round(top * height), width, Math.round((bottom - top) * height));
      let found = 0;
      for (let at = 0; at < data.length; at += 4) if (accept(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0)) found++;
      return found;
    },
  };
}

async function pictures(result = sampleResult()): Promise<Readonly<Record<string, Picture>>> {
  const files = await pngReporter.render([result]);
  return Object.fromEntries(await Promise.all(files.map(async ({ path, content }) => [path, await picture(content)] as const)));
}

const titleRegion = { top: 0, bottom: 0.14 };
const barRegion = { top: 0.3, bottom: 0.8 };
const isDark = (red: number, green: number, blue: number) => red + green + blue < 200;

function isColour(hex: string) {
  const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return (...seen: readonly number[]) => seen.every((value, index) => Math.abs(value - (channels[index] ?? 0)) < 4);
}

describe('PNG charts', () => {
  it('are twice 960 x 540, with a title that can be read', async () => {
    for (const drawn of Object.values(await pictures())) {
      expect([drawn.width, drawn.height]).toEqual([1920, 1080]);
      expect(drawn.count(titleRegion, isDark)).toBeGreaterThan(2000);
      expect(drawn.count({ top: 0, bottom: 0.02 }, isDark)).toBe(0);
    }
    expect(GlobalFonts.has('Bench Sans')).toBe(true);
  });

  it('have bars in the colours of their series', async () => {
    const { 'nodes.png': nodes, 'brokers.png': brokers } = await pictures();
    for (const colour of [palette.blue, palette.green, palette.sky])
      expect(nodes?.count(barRegion, isColour(colour))).toBeGreaterThan(50_000);
    for (const colour of [palette.blue, palette.orange]) expect(brokers?.count(barRegion, isColour(colour))).toBeGreaterThan(50_000);
    expect(nodes?.count(barRegion, isColour(palette.vermillion))).toBe(0);
  });

  it('show waste on top of what was useful', async () => {
    const result = sampleResult();
    const nodes = result.nodes.map((node) => ({ ...node, kinds: { ...node.kinds, chat: { ...node.kinds.chat, wasted: 2000 } } }));
    const { 'nodes.png': drawn } = await pictures({ ...result, nodes });
    expect(drawn?.count(barRegion, isColour(palette.vermillion))).toBeGreaterThan(50_000);
  });

  it('cope with what is not known, and with no broker', async () => {
    expect(Object.keys(await pictures(modelledResult()))).toEqual(['nodes.png', 'brokers.png']);
    const { 'brokers.png': empty } = await pictures({ ...sampleResult(), brokers: [] });
    expect(empty?.count(titleRegion, isDark)).toBeGreaterThan(2000);
  });

  it('of many strategies are as high as their names need', async () => {
    const { 'chart-amplification': chart } = comparisonCharts(largeComparison());
    const drawn = await picture(chart === undefined ? '' : pngOf(chart));
    expect([drawn.width, drawn.height]).toEqual([1920, expect.toSatisfy((height: number) => height > 2 * 27 * 34)]);
  });

  it('of several results go to a folder each, whatever a strategy is called', async () => {
    const { plan } = sampleResult();
    const hostile = { ...failingResult(), plan: { ...plan, strategy: { ...plan.strategy, name: '../../etc' } } };
    const files = await pngReporter.render([sampleResult(), hostile]);
    expect(files.map(({ path }) => path)).toEqual([
      '1-hashed-direct/nodes.png',
      '1-hashed-direct/brokers.png',
      '2--etc-direct/nodes.png',
      '2--etc-direct/brokers.png',
    ]);
  });
});
