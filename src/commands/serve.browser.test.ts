import { mkdirSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { resultText } from '../report/json.js';
import { findChromium, type Visit, withBrowser } from '../report/testing/chromium.js';
import { failingResult, sampleResult } from '../report/testing/sample.js';
import { describeWith } from '../transports/testing/servers.js';
import { ResultsFolder } from './serve/folder.js';
import { serve } from './serve/server.js';
import { temporaryFolder } from './testing/bench.js';

/** Set to a folder to keep pictures of the pages for a look. */
const pictures = process.env.BENCH_SCREENSHOTS;

describeWith(findChromium(), 'bench serve in Chromium', (chromium) => {
  const folder = temporaryFolder();
  let url = '';
  let close = () => {};
  beforeAll(async () => {
    const kept = {
      one: sampleResult(),
      two: { ...failingResult(), startedAt: '2026-01-16T00:00:00.000Z' },
      '<img src=x onerror=alert(1)>': sampleResult(),
    };
    for (const [name, result] of Object.entries(kept)) {
      mkdirSync(join(folder.path, name));
      writeFileSync(join(folder.path, name, 'result.json'), resultText(result));
    }
    const server = await serve({ folder: await ResultsFolder.open(folder.path), host: '127.0.0.1', port: 0, language: 'en' });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    close = () => {
      server.close();
      server.closeAllConnections();
    };
  });
  afterAll(() => {
    close();
    folder.remove();
  });

  async function complaintsOf(how: Visit, look: (page: Page) => Promise<void>): Promise<readonly string[]> {
    const complaints: string[] = [];
    await withBrowser(chromium, { ...how, online: true }, async (browser) => {
      const page = await browser.newPage();
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => {
        if (!request.url().startsWith(url)) complaints.push(request.url());
      });
      await page.goto(url);
      await look(page);
      if (pictures !== undefined) await page.screenshot({ path: join(pictures, `serve-${how.width ?? 1280}.png`), fullPage: true });
    });
    return complaints.filter((words) => !words.endsWith('/favicon.ico'));
  }

  it('lists, and compares two that were chosen with keys alone, without JavaScript', async () => {
    const complaints = await complaintsOf({ javaScript: false }, async (page) => {
      await page.getByRole('checkbox', { name: 'choose one' }).focus();
      await page.keyboard.press('Space');
      await page.getByRole('checkbox', { name: 'choose two' }).focus();
      await page.keyboard.press('Space');
      await page.getByRole('button', { name: 'Compare the two chosen' }).focus();
      await page.keyboard.press('Enter');
      await page.waitForURL('**/compare?*');
      expect(await page.locator('#verdict h2').textContent()).toBe('The same workload');
      expect(await page.getByRole('link', { name: 'hashed (two)' }).first().getAttribute('href')).toBe('/two/report.html');
    });
    expect(complaints).toEqual([]);
  });

  it('filters by its form and sorts by the heads, and says so to a screen reader', async () => {
    const complaints = await complaintsOf({}, async (page) => {
      await page.getByLabel('verdict').selectOption('fail');
      await page.getByRole('button', { name: 'Show' }).click();
      await page.waitForURL('**verdict=fail**');
      expect(await page.locator('tbody th').allInnerTexts()).toEqual(['two']);
      expect(await page.getByLabel('verdict').inputValue()).toBe('fail');
      await page.goto(url);
      await page.getByRole('columnheader').getByRole('link', { name: 'when' }).click();
      await page.waitForURL('**sort=when&order=up');
      expect(await page.locator('th[aria-sort=ascending]').innerText()).toContain('when');
      expect((await page.locator('tbody th').allInnerTexts()).at(-1)).toBe('two');
      expect(await page.locator('img').count()).toBe(0);
    });
    expect(complaints).toEqual([]);
  });

  it('opens a report with its charts, and fits a phone', async () => {
    const complaints = await complaintsOf({ width: 390, height: 844 }, async (page) => {
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
      await page.getByRole('link', { name: 'two', exact: true }).click();
      await page.waitForURL('**/two/report.html');
      await expect.poll(() => page.locator('figure.chart:visible').count()).toBeGreaterThan(0);
    });
    expect(complaints).toEqual([]);
  });
});
