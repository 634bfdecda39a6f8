import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith } from '../transports/testing/servers.js';
import { languages } from './language.js';
import { findChromium, type Visit, withBrowser } from './testing/chromium.js';
import { largePages } from './testing/largePages.js';
import { samplePages } from './testing/samplePages.js';

/** Set to a folder to keep pictures of the pages for a look: BENCH_SCREENSHOTS=/tmp/pictures. */
const pictures = process.env.BENCH_SCREENSHOTS;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const kinds = ['run', 'comparison', 'sweep', 'capacity', 'claims', 'plan'] as const;
const all = [...kinds, 'large sweep', 'large comparison'] as const;
const themes = ['light', 'dark'] as const;
const hostile = `</script><img src="x" onerror="document.title='owned'"><b>`;

/** The record with hostile names of its scenario and one of its strategies. */
function withHostileNames<Kept>(kept: Kept): Kept {
  return JSON.parse(JSON.stringify(kept).replaceAll(/"(direct|single-channel)"/g, () => JSON.stringify(hostile))) as Kept;
}

describeWith(findChromium(), 'every kind of page in Chromium, from disk and offline', (chromium) => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bench-pages-'));
    for (const language of languages)
      for (const [kind, text] of Object.entries({ ...samplePages(language), ...largePages(language) }))
        await writeFile(fileOf(kind, language), text);
    for (const [kind, text] of Object.entries(samplePages('en', withHostileNames))) await writeFile(fileOf(kind, 'hostile'), text);
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  function fileOf(kind: string, language: string): string {
    return join(folder, `${kind}-${language}.html`);
  }

  async function visit(kind: string, language: string, how: Visit, look: (page: Page) => Promise<void>): Promise<void> {
    const url = pathToFileURL(fileOf(kind, language)).href;
    const seen: string[] = [];
    await withBrowser(chromium, how, async (browser) => {
      const page = await browser.newPage();
      page.on('console', (message) => seen.push(message.text()));
      page.on('pageerror', (error) => seen.push(error.message));
      page.on('request', (request) => request.url() !== url && seen.push(request.url()));
      await page.goto(url);
      await look(page);
    });
    expect(seen).toEqual([]);
  }

  it.each(all.flatMap((kind) => languages.map((language) => [kind, language] as const)))(
    'a %s in %s has no serious finding of axe, light or dark, and neither complains nor asks for anything',
    async (kind, language) => {
      await visit(kind, language, {}, async (page) => {
        for (const colorScheme of themes) {
          await page.emulateMedia({ colorScheme });
          await page.evaluate(axe);
          expect(await page.evaluate(seriousFindings)).toEqual([]);
        }
      });
    },
  );

  it.each(all.flatMap((kind) => languages.map((language) => [kind, language] as const)))(
    'a %s in %s fits a phone and a desk, and its charts are drawn in room enough',
    async (kind, language) => {
      await visit(kind, language, { width: 390, height: 844 }, async (page) => {
        for (const [name, width, colorScheme] of [
          ['phone', 390, 'light'],
          ['desk', 1280, 'light'],
          ['dark', 1280, 'dark'],
        ] as const) {
          await page.setViewportSize({ width, height: 900 });
          await page.emulateMedia({ colorScheme });
          expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
          expect(await page.locator('figure.chart canvas:visible').count()).toBeGreaterThan(0);
          expect(await page.evaluate(emptyCharts)).toEqual([]);
          await keepPicture(page, `${kind}-${language}-${name}`);
        }
      });
    },
  );

  it('a sweep has one legend for all charts over a variable, which hides a line in each of them', async () => {
    await visit('large sweep', 'en', { width: 390, height: 844 }, async (page) => {
      expect(await page.locator('#growth .legend').count()).toBe(2);
      expect(await page.locator('#growth .legend').first().innerText()).toMatch(
        /^\s*hashed, brokers 1\s+hashed, brokers 2\s+ring, brokers 1\s/,
      );
      await page.locator('#growth .legend button', { hasText: 'ring, brokers 1' }).press('Enter');
      const hidden = await page.evaluate(hiddenLines);
      expect(hidden).toEqual({
        'chart-received-per-node-by-nodes': ['ring, brokers 1', 'ring, brokers 1, model'],
        'chart-amplification-by-nodes': ['ring, brokers 1', 'ring, brokers 1, model'],
        'chart-received-per-node-by-brokers': [],
      });
    });
  });

  it('a sweep has its ticks where it measured, and a comparison names every strategy', async () => {
    await visit('large sweep', 'en', { width: 390, height: 844 }, async (page) => {
      expect(await page.evaluate(labelsOf('chart-received-per-node-by-nodes', 'x'))).toEqual(['1', '2', '4']);
      expect(await page.evaluate(labelsOf('chart-received-per-node-by-brokers', 'x'))).toEqual(['1', '2']);
      expect(await page.evaluate(labelsOf('chart-received-per-node-by-nodes', 'y'))).toEqual(['2,000', '5,000', '10,000', '20,000']);
    });
    await visit('large comparison', 'en', { width: 390, height: 844 }, async (page) => {
      expect(await page.evaluate(labelsOf('chart-cost', 'y'))).toHaveLength(27);
    });
  });

  it.each(kinds)('a %s shows hostile names as text', async (kind) => {
    await visit(kind, 'hostile', {}, async (page) => {
      expect(await page.locator('img').count()).toBe(0);
      expect(await page.title()).not.toBe('owned');
      expect(await page.locator('body').innerText()).toContain(hostile);
      expect(await page.evaluate(emptyCharts)).toEqual([]);
    });
  });

  it('gives its raw data from within, without a request', async () => {
    await visit('run', 'en', {}, async (page) => {
      const [download] = await Promise.all([page.waitForEvent('download'), page.locator('a[download="figures.csv"]').click()]);
      expect(download.suggestedFilename()).toBe('figures.csv');
      expect(readFileSync(await download.path(), 'utf8')).toMatch(/^run,startedAt,source,strategy,.*\r\n[^\n]*hashed/);
    });
  });

  it('is used with keys alone: every link, table and command is reached', async () => {
    await visit('comparison', 'en', {}, async (page) => {
      // The choices of one question are one stop; arrows lead from one to the next.
      const stops = 'a[href], [tabindex="0"], summary, button, input:not([type="radio"]), select, fieldset:has([type="radio"])';
      const wanted = await page.locator(stops).filter({ visible: true }).count();
      const reached = new Set<string>();
      for (let presses = 0; presses < wanted; presses++) {
        await page.keyboard.press('Tab');
        reached.add(
          await page.evaluate(`[...document.querySelectorAll('${stops}')].indexOf(document.activeElement.closest('${stops}')).toString()`),
        );
      }
      expect(reached.size).toBe(wanted);
    });
  });
});

async function keepPicture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

/** Runs in the page. What cannot be decided, as colours on a canvas, is no finding. */
const seriousFindings = `axe.run({ resultTypes: ['violations'] }).then(({ violations }) =>
  violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html, failureSummary }) => html.slice(0, 200) + ' ' + failureSummary).join(' | ')))`;

/** Runs in the page: charts whose bars and lines have less than 45 % of the height or of the width, or no coloured pixel, and drawings without a line. */
const emptyCharts = `[
  ...[...document.querySelectorAll('figure.chart canvas')].filter((canvas) => {
    const chart = Chart.getChart(canvas);
    const { left, top, width, height } = chart.chartArea;
    const scale = chart.currentDevicePixelRatio;
    const copy = Object.assign(document.createElement('canvas'), { width: Math.ceil(width * scale), height: Math.ceil(height * scale) });
    const context = copy.getContext('2d', { willReadFrequently: true });
    context.drawImage(canvas, -left * scale, -top * scale);
    const { data } = context.getImageData(0, 0, copy.width, copy.height);
    let coloured = 0;
    for (let at = 0; at < data.length; at += 4) {
      const channels = data.subarray(at, at + 3);
      if (data[at + 3] > 0 && Math.max(...channels) - Math.min(...channels) > 60) coloured++;
    }
    return height < 0.45 * chart.height || width < 0.45 * chart.width || coloured < 50;
  }).map(({ id }) => id),
  ...[...document.querySelectorAll('figure.plot')].filter((plot) => !(plot.querySelector('path.line')?.getTotalLength() > 50)).map(({ textContent }) => textContent),
]`;

/** Runs in the page. */
const hiddenLines = `Object.fromEntries(['received-per-node-by-nodes', 'amplification-by-nodes', 'received-per-node-by-brokers'].map((name) => {
  const chart = Chart.getChart('chart-' + name);
  return [chart.canvas.id, chart.data.datasets.filter((_, index) => !chart.isDatasetVisible(index)).map(({ label }) => label)];
}))`;

/** Runs in the page: the labels of the ticks of an axis. */
function labelsOf(id: string, axis: 'x' | 'y'): string {
  return `Chart.getChart('${id}').scales.${axis}.ticks.map(({ label }) => label)`;
}
