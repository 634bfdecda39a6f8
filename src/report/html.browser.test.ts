import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Result } from '../measure/result.js';
import { describeWith } from '../transports/testing/servers.js';
import { htmlReporter } from './html.js';
import { findChromium, type Visit, withBrowser } from './testing/chromium.js';
import { failingResult, modelledResult, sampleResult } from './testing/sample.js';

/** Set to a folder to keep pictures of the page for a look: BENCH_SCREENSHOTS=/tmp/pictures. */
const pictures = process.env.BENCH_SCREENSHOTS;

const hostile = `</script><img src="x" onerror="document.title='owned'"><b>`;

function hostileResult(): Result {
  const result = failingResult();
  const verdict = { ...result.verdict, reasons: [hostile] };
  const nodes = result.nodes.map((node, index) => (index === 0 ? { ...node, id: hostile, refused: { [hostile]: 1 } } : node));
  const plan = { ...result.plan, strategy: { ...result.plan.strategy, name: hostile }, command: hostile, changed: [hostile] };
  return { ...result, plan, nodes, verdict, died: [hostile], unknowns: { [hostile]: hostile } };
}

interface Seen {
  /** Errors on the console, violations of the policy among them, and requests for anything but the page. */
  readonly complaints: readonly string[];
  readonly requests: readonly string[];
}

describeWith(findChromium(), 'report.html in Chromium, from disk and offline', (chromium) => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bench-report-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function visit(result: Result, how: Visit, look: (page: Page) => Promise<void>): Promise<Seen> {
    const [file] = await htmlReporter.render([result]);
    return visitText(String(file?.content), how, look);
  }

  async function visitText(text: string, how: Visit, look: (page: Page) => Promise<void>): Promise<Seen> {
    const path = join(folder, 'report.html');
    await writeFile(path, text);
    const complaints: string[] = [];
    const requests: string[] = [];
    await withBrowser(chromium, how, async (browser) => {
      const page = await browser.newPage();
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => requests.push(request.url()));
      await page.goto(pathToFileURL(path).href);
      await look(page);
    });
    return { complaints, requests: requests.filter((url) => url !== pathToFileURL(path).href) };
  }

  async function keepPicture(page: Page, name: string): Promise<void> {
    if (pictures === undefined) return;
    const path = join(pictures, `${name}.png`);
    await mkdir(dirname(path), { recursive: true });
    await page.screenshot({ path, fullPage: true });
  }

  const clean: Seen = { complaints: [], requests: [] };

  it.each([
    { name: 'phone', width: 390, height: 844 },
    { name: 'desktop', width: 1280, height: 900 },
    { name: 'dark', width: 1280, height: 900, dark: true },
  ])('draws its charts and fits a $name without a complaint or a request', async ({ name, ...how }) => {
    const seen = await visit(failingResult(), how, async (page) => {
      expect(await page.evaluate(drawnPixels)).toEqual({
        'chart-nodes': expect.toSatisfy(isMany),
        'chart-brokers': expect.toSatisfy(isMany),
      });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(how.width);
      expect(await page.locator('.warning').isVisible()).toBe(true);
      await keepPicture(page, name);
    });
    expect(seen).toEqual(clean);
  });

  it('has every table and no empty chart without JavaScript', async () => {
    const seen = await visit(sampleResult(), { javaScript: false }, async (page) => {
      expect(await page.locator('table caption').allInnerTexts()).toHaveLength(11);
      expect(await page.locator('figure.chart:visible').count()).toBe(0);
      const rows = await page.locator('#nodes table').first().locator('tbody tr').allInnerTexts();
      expect(rows[0]?.split(/\s+/)).toEqual(['n0', '2,520', '2,520', '2,509', '2,509', '0', '2,509']);
    });
    expect(seen).toEqual(clean);
  });

  it('shows hostile names and reasons as text', async () => {
    const seen = await visit(hostileResult(), {}, async (page) => {
      expect(await page.locator('img').count()).toBe(0);
      expect(await page.title()).not.toBe('owned');
      expect(await page.locator('h1').textContent()).toBe(hostile);
      expect(await page.locator('.verdict li').allInnerTexts()).toEqual([hostile]);
      expect(await page.locator('pre').textContent()).toBe(hostile);
      expect(Object.values(await page.evaluate<Record<string, number>>(drawnPixels)).every(isMany)).toBe(true);
    });
    expect(seen).toEqual(clean);
  });

  it('refuses a script that was changed, or put in', async () => {
    const [file] = await htmlReporter.render([sampleResult()]);
    const forged = String(file?.content).replace('<script>', "<script>document.title = 'owned';");
    const seen = await visitText(`${forged}<img src="x" onerror="document.title='owned'">`, {}, async (page) => {
      expect(await page.title()).toBe('hashed: pass · bench');
      expect(await page.locator('figure.chart:visible').count()).toBe(0);
    });
    expect(seen.complaints.filter((words) => words.includes('Content Security Policy'))).not.toEqual([]);
  });

  it('copes with what is not known', async () => {
    const seen = await visit(modelledResult(), {}, async (page) => {
      expect(Object.keys(await page.evaluate<Record<string, number>>(drawnPixels))).toEqual(['chart-nodes', 'chart-brokers']);
      expect(await page.locator('#unknowns dt').count()).toBe(4);
    });
    expect(seen).toEqual(clean);
  });

  it('is used with keys alone: first the verdict, then every table', async () => {
    await visit(sampleResult(), { width: 390, height: 844 }, async (page) => {
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.className')).toBe('skip');
      const frames = page.locator('.frame');
      await frames.nth(1).focus();
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => page.evaluate('document.activeElement.scrollLeft')).toBeGreaterThan(0);
    });
  });

  it('is readable on paper, also from a dark screen', async () => {
    await visit(sampleResult(), { dark: true }, async (page) => {
      await page.emulateMedia({ media: 'print' });
      expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
      expect(await page.evaluate('getComputedStyle(document.body).color')).toBe('rgb(0, 0, 0)');
      expect(await page.locator('nav').isVisible()).toBe(false);
      const textOnScreen = await page.evaluate('Chart.defaults.color');
      const textOnPaper = await page.evaluate('dispatchEvent(new Event("beforeprint")), Chart.defaults.color');
      expect([textOnScreen, textOnPaper]).toEqual(['#d1d7e0', '#3b424a']);
      if (pictures !== undefined) await page.pdf({ path: join(pictures, 'print.pdf') });
    });
  });
});

function isMany(pixels: number): boolean {
  return pixels > 10_000;
}

/** Runs in the page: how many pixels of each visible chart are not transparent. */
const drawnPixels = `Object.fromEntries([...document.querySelectorAll('figure.chart:not([hidden]) canvas')].map((canvas) => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let drawn = 0;
  for (let at = 3; at < data.length; at += 4) if (data[at] > 0) drawn++;
  return [canvas.id, drawn];
}))`;
