import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Result } from '../measure/result.js';
import { resized } from '../plan/resized.js';
import { loadScenario } from '../plan/scenarios.js';
import { checkedStrategy } from '../plan/strategies.js';
import type { Size } from '../routing/types.js';
import { runModelled } from '../run/modelled.js';
import { describeWith } from '../transports/testing/servers.js';
import { comparedOf } from './comparison.js';
import { comparisonPage } from './html/comparison.js';
import { htmlReporter } from './html.js';
import type { Language } from './language.js';
import { showFigure } from './outlook.js';
import { prospectOf } from './prospect.js';
import { findChromium, type Visit, withBrowser } from './testing/chromium.js';
import { sampleResult } from './testing/sample.js';
import { wholeComparison } from './testing/samplePages.js';

const pictures = process.env.BENCH_SCREENSHOTS;

describeWith(findChromium(), 'exercises and sliders of a page in Chromium', (chromium) => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bench-outlook-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function visit(how: Visit, look: (page: Page) => Promise<void>, language: Language = 'en'): Promise<void> {
    const [file] = await htmlReporter.render([sampleResult()], language);
    await visitPage(String(file?.content), how, look);
  }

  async function visitPage(text: string, how: Visit, look: (page: Page) => Promise<void>): Promise<void> {
    const path = join(folder, 'report.html');
    await writeFile(path, text);
    const complaints: string[] = [];
    await withBrowser(chromium, how, async (browser) => {
      const page = await browser.newPage();
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(pathToFileURL(path).href);
      await look(page);
    });
    expect(complaints).toEqual([]);
  }

  async function keepPicture(page: Page, name: string): Promise<void> {
    if (pictures === undefined) return;
    await mkdir(pictures, { recursive: true });
    await page.locator('#exercises').screenshot({ path: join(pictures, `exercises-${name}.png`) });
    await page.locator('#outlook-sizes').screenshot({ path: join(pictures, `outlook-${name}.png`) });
  }

  it('moves the sizes by keys alone, to what bench predict says of them', async () => {
    await visit({}, async (page) => {
      const nodes = page.locator('.outlook input[name=nodes]');
      await nodes.focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => nodes.getAttribute('aria-valuetext')).toBe('8');
      await expect.poll(() => page.locator('.outlook [role=status]').innerText()).toBe('The figures are those of the sizes chosen.');
      const shown = await page.locator('.outlook tbody td').allInnerTexts();
      expect(shown).toEqual(await predicted('hashed', { nodes: 8 }));
      await keepPicture(page, 'moved');
      await page.getByRole('button', { name: 'As it was run' }).click();
      await expect.poll(() => nodes.getAttribute('aria-valuetext')).toBe('4');
    });
  });

  it('moves all strategies of a comparison, each to what bench predict says of it', async () => {
    const names = ['hashed', 'single-channel'];
    const runs = await Promise.all(
      names.map(async (name) => comparedOf(resultOf(name), { folder: name, row: null, outlook: await prospectOf(resultOf(name).plan) })),
    );
    await visitPage(comparisonPage({ ...wholeComparison(), runs }), {}, async (page) => {
      const nodes = page.locator('.outlook input[name=nodes]');
      await nodes.focus();
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => nodes.getAttribute('aria-valuetext')).toBe('6');
      await expect.poll(() => page.locator('.outlook [role=status]').innerText()).toBe('The figures are those of the sizes chosen.');
      const rows = page.locator('.outlook tbody tr');
      const shown = await Promise.all(names.map((_, row) => rows.nth(row).locator('td').allInnerTexts()));
      expect(await rows.locator('th').allInnerTexts()).toEqual(names);
      expect(shown).toEqual(await Promise.all(names.map((name) => predicted(name, { nodes: 6 }))));
      expect(shown[0]).not.toEqual(shown[1]);
      await keepPicture(page, 'compared');
    });
  });

  it('reveals by keys whether a prediction was right', async () => {
    await visit({ width: 390, height: 844 }, async (page) => {
      const exercise = page.locator('.exercise').first();
      const answer = await exercise.getAttribute('data-answer');
      await exercise.locator(`input[value="${answer}"]`).focus();
      await page.keyboard.press('Space');
      await exercise.locator('summary').focus();
      await page.keyboard.press('Enter');
      await expect.poll(() => exercise.locator('output').innerText()).toBe('As you predicted.');
      await exercise.locator(`input:not([value="${answer}"])`).first().check();
      await expect.poll(() => exercise.locator('output').innerText()).toBe('Not what you predicted.');
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
      await keepPicture(page, 'phone');
    });
  });

  it('has answers and figures without JavaScript, sliders out of use', async () => {
    await visit(
      { javaScript: false, dark: true },
      async (page) => {
        await page.locator('.exercise summary').first().click();
        expect(await page.locator('.exercise details p').first().isVisible()).toBe(true);
        expect(await page.locator('.outlook input[name=nodes]').isDisabled()).toBe(true);
        expect(await page.locator('.outlook tbody td').allInnerTexts()).not.toContain('–');
        await keepPicture(page, 'without-script-ru');
      },
      'ru',
    );
  });
});

/** The sample as another strategy would have left it; only its plan matters here. */
function resultOf(name: string): Result {
  const result = sampleResult();
  return { ...result, strategy: name, plan: { ...result.plan, strategy: { ...result.plan.strategy, name } } };
}

/** The cells of a row, by the model itself. */
async function predicted(name: string, size: Partial<Size>): Promise<readonly string[]> {
  const { plan } = resultOf(name);
  const { strategy } = await checkedStrategy(name);
  const there = resized(plan, strategy, { ...plan.size, ...size });
  const { model, amplification } = await runModelled(there, strategy, await loadScenario(plan.scenario));
  if (model === undefined) throw new RangeError('no model');
  const { published, received } = model.perNode;
  const redis = model.perBroker.redis;
  return [
    (published.mean + received.mean) / plan.size.seconds,
    ((redis?.in.mean ?? 0) + (redis?.out.mean ?? 0) + (redis?.relayed.mean ?? 0)) / plan.size.seconds,
    amplification,
    model.links.perNode,
    Object.values(model.subscriptions).reduce((sum, count) => sum + count, 0),
  ].map((value) => showFigure(value, 'en'));
}
