import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Result } from '../measure/result.js';
import { evenRooms } from '../plan/evenRooms.js';
import { resized } from '../plan/resized.js';
import { loadScenario } from '../plan/scenarios.js';
import { checkedStrategy } from '../plan/strategies.js';
import type { Size } from '../routing/types.js';
import { outlookFigures, outlookOf } from '../run/modelled/outlook.js';
import { runModelled } from '../run/modelled.js';
import { describeWith } from '../transports/testing/servers.js';
import { comparedOf } from './comparison.js';
import { comparisonPage } from './html/comparison.js';
import { planPage } from './html/plan.js';
import { sweepPage } from './html/sweep.js';
import { htmlReporter } from './html.js';
import type { Language } from './language.js';
import { type OutlookRow, showFigure } from './outlook.js';
import { outlookRowOf } from './prospect.js';
import { findChromium, type Visit, withBrowser } from './testing/chromium.js';
import { sampleResult } from './testing/sample.js';
import { samplePlanned, wholeComparison, wholeSweep } from './testing/samplePages.js';

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
      await computed(page);
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
      names.map(async (name) => comparedOf(resultOf(name), { folder: name, row: null, outlook: await rowOf(name) })),
    );
    await visitPage(comparisonPage({ ...wholeComparison(), runs }), {}, async (page) => {
      const nodes = page.locator('.outlook input[name=nodes]');
      const before = await shownOf(page, names.length);
      await nodes.focus();
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => nodes.getAttribute('aria-valuetext')).toBe('6');
      await computed(page);
      const shown = await shownOf(page, names.length);
      expect(await page.locator('.outlook tbody th').allInnerTexts()).toEqual(names);
      expect(shown).toEqual(await Promise.all(names.map((name) => predicted(name, { nodes: 6 }))));
      expect(shown[0]).not.toEqual(shown[1]);
      await keepPicture(page, 'compared');
      await page.getByRole('button', { name: 'As it was run' }).click();
      await expect.poll(() => nodes.getAttribute('aria-valuetext')).toBe('4');
      await computed(page);
      expect(await shownOf(page, names.length)).toEqual(before);
    });
  });

  it('moves the strategies of a sweep, from its first size', async () => {
    const names = ['hashed', 'single-channel'];
    const outlooks = await Promise.all(names.map(rowOf));
    await visitPage(sweepPage({ ...wholeSweep(), outlooks }), {}, async (page) => {
      const brokers = page.locator('.outlook input[name=brokers]');
      await brokers.focus();
      await page.keyboard.press('End');
      await expect.poll(() => brokers.getAttribute('aria-valuetext')).toBe('16');
      await computed(page);
      expect(await shownOf(page, names.length)).toEqual(await Promise.all(names.map((name) => predicted(name, { brokers: 16 }))));
      await page.getByRole('button', { name: 'As at the first size' }).click();
      await expect.poll(() => brokers.getAttribute('aria-valuetext')).toBe(String(sampleResult().plan.size.brokers));
      await keepPicture(page, 'sweep');
    });
  });

  it('moves the strategies of a plan of rooms, from the fleet that is advised', async () => {
    const rooms = { members: 5, perUser: 2 };
    const scenario = evenRooms(rooms.members, rooms.perUser);
    const { strategy } = await checkedStrategy('hashed');
    const size = { ...sampleResult().plan.size, nodes: 60, brokers: 5 };
    const plan = { ...(await rowOf('hashed')).plan, scenario: scenario.name, size, rooms: 'topic' as const };
    const outlooks = [{ plan, now: outlookOf(plan, strategy, scenario) }];
    await visitPage(planPage({ ...samplePlanned(), outlooks, rooms }), {}, async (page) => {
      const nodes = page.locator('.outlook input[name=nodes]');
      expect(await nodes.getAttribute('aria-valuetext')).toBe('60');
      await nodes.focus();
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => nodes.getAttribute('aria-valuetext')).toBe('120');
      await computed(page);
      const there = outlookOf(plan, strategy, scenario, { ...size, nodes: 120 });
      expect(await shownOf(page, 1)).toEqual([outlookFigures.map((figure) => showFigure(there[figure], 'en'))]);
      await keepPicture(page, 'plan');
    });
  });

  it('says that figures are computed until all of them are those of the sizes chosen', async () => {
    await visit({}, async (page) => {
      await page.locator('.outlook input[name=nodes]').focus();
      await page.keyboard.press('ArrowRight');
      await computed(page);
      expect(await page.evaluate(saidAtOnce)).toBe('Computing…');
      await computed(page);
      expect(await page.locator('.outlook tbody td').allInnerTexts()).toEqual(await predicted('hashed', { nodes: 1 }));
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

/** Until the model has said it of every strategy: seconds, where much else is computed. */
async function computed(page: Page): Promise<void> {
  const status = page.locator('.outlook [role=status]');
  await expect.poll(() => status.innerText(), { timeout: 20_000 }).toBe('The figures are those of the sizes chosen.');
}

/** Runs in the page: moves a slider, and gives what is said before anything can have been computed. */
const saidAtOnce = `(() => {
  const slider = document.querySelector('.outlook input[name=nodes]');
  slider.value = '0';
  slider.dispatchEvent(new Event('input', { bubbles: true }));
  return document.querySelector('.outlook [role=status]').textContent;
})()`;

/** The cells of each row. */
function shownOf(page: Page, rows: number): Promise<readonly (readonly string[])[]> {
  const row = page.locator('.outlook tbody tr');
  return Promise.all(Array.from({ length: rows }, (_, index) => row.nth(index).locator('td').allInnerTexts()));
}

async function rowOf(name: string): Promise<OutlookRow> {
  const row = await outlookRowOf(resultOf(name).plan, sampleResult().plan.size);
  if (row === undefined) throw new RangeError(`${name} is in no page`);
  return row;
}

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
