import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith } from '../transports/testing/servers.js';
import { page as pageOf } from './html/page.js';
import type { Language } from './language.js';
import { findChromium, type Visit, withBrowser } from './testing/chromium.js';
import { sampleResult } from './testing/sample.js';
import { directoryTrace, wastefulTrace } from './testing/sampleTraces.js';

/** Set to a folder to keep pictures for a look: BENCH_SCREENSHOTS=/tmp/pictures. */
const pictures = process.env.BENCH_SCREENSHOTS;
/** Of the first message. */
const steps = 9;

interface Look extends Visit {
  readonly language?: Language;
  readonly calm?: boolean;
}

describeWith(findChromium(), 'a followed message in Chromium', (chromium) => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bench-followed-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  /** Fails at whatever the page has to complain of. */
  async function visit({ language = 'en', calm = false, ...how }: Look, look: (page: Page) => Promise<void>): Promise<void> {
    const path = join(folder, 'report.html');
    await writeFile(path, pageOf({ ...sampleResult(), traces: [wastefulTrace(), directoryTrace()] }, language));
    const complaints: string[] = [];
    await withBrowser(chromium, how, async (browser) => {
      const page = await browser.newPage();
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.emulateMedia({ reducedMotion: calm ? 'reduce' : 'no-preference' });
      await page.goto(pathToFileURL(path).href);
      await look(page);
    });
    expect(complaints).toEqual([]);
  }

  const first = (page: Page) => page.locator('.followed').first();
  const shown = (page: Page) => first(page).locator('li:not(.ahead)').count();
  const now = (page: Page) => first(page).locator('li.now');
  const token = (page: Page) => first(page).locator('.token');

  it.each([
    { name: 'phone', width: 390, height: 844 },
    { name: 'desktop', width: 1280, height: 900 },
    { name: 'dark', width: 1280, height: 900, dark: true },
    { name: 'russian', width: 390, height: 844, language: 'ru' as const },
  ])('fits a $name', async ({ name, ...how }) => {
    await visit(how, async (page) => {
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(how.width);
      expect(await first(page).locator('li').count()).toBe(steps);
      if (pictures === undefined) return;
      await mkdir(pictures, { recursive: true });
      await page.locator('#followed').screenshot({ path: join(pictures, `followed-${name}.png`) });
    });
  });

  it('plays to its end by itself, moving along the way of each step', async () => {
    await visit({}, async (page) => {
      await first(page).locator('select').selectOption({ label: 'quick' });
      await first(page).getByRole('button', { name: 'Play' }).click();
      await expect.poll(() => token(page).getAttribute('visibility')).toBe('visible');
      const place = await token(page).getAttribute('cy');
      await expect.poll(() => token(page).getAttribute('cy')).not.toBe(place);
      expect(await first(page).getByRole('button', { name: 'Pause' }).isVisible()).toBe(true);
      await expect.poll(() => shown(page), { timeout: 15_000 }).toBe(steps);
      await expect.poll(() => token(page).getAttribute('visibility'), { timeout: 5_000 }).toBe('hidden');
      expect(await first(page).getByRole('button', { name: 'Play' }).isVisible()).toBe(true);
    });
  });

  it('pauses where it is', async () => {
    await visit({}, async (page) => {
      await first(page).locator('select').selectOption({ label: 'slow motion' });
      await first(page).getByRole('button', { name: 'Play' }).click();
      await expect.poll(() => shown(page)).toBe(1);
      await first(page).getByRole('button', { name: 'Pause' }).click();
      expect(await token(page).getAttribute('visibility')).toBe('hidden');
      expect(await shown(page)).toBe(1);
    });
  });

  it('is stepped with keys alone, forward and back, and says where it is', async () => {
    await visit({}, async (page) => {
      await first(page).getByRole('button', { name: 'Step forward' }).focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter');
      expect(await shown(page)).toBe(3);
      await expect.poll(() => first(page).locator('p.now').textContent()).toContain('3 / 9: redis-0 hands the message to n0');
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Space');
      expect(await shown(page)).toBe(2);
      expect(await now(page).textContent()).toContain('n1 publishes');
      expect(await page.locator('.followed').last().locator('.ahead').count()).toBe(0);
    });
  });

  it('stands still where less motion is asked for: steps, but nothing that moves', async () => {
    await visit({ calm: true }, async (page) => {
      expect(await first(page).locator('.play').isVisible()).toBe(false);
      expect(await first(page).locator('.still').isVisible()).toBe(true);
      await first(page).getByRole('button', { name: 'Step forward' }).click();
      expect(await shown(page)).toBe(1);
      expect(await token(page).getAttribute('visibility')).toBe('hidden');
    });
  });

  it('is complete without JavaScript', async () => {
    await visit({ javaScript: false }, async (page) => {
      expect(await page.locator('.followed .controls:visible').count()).toBe(0);
      expect(await first(page).locator('li').count()).toBe(steps);
      expect(await first(page).locator('.scene .line').count()).toBeGreaterThan(5);
      expect(await first(page).locator('.sequence .line').count()).toBe(steps);
    });
  });
});
