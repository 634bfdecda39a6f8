import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith } from '../transports/testing/servers.js';
import { readClaims } from './claims.js';
import { readComparison } from './comparison.js';
import { pages } from './html.js';
import { findChromium, withBrowser } from './testing/chromium.js';
import { samplePages } from './testing/samplePages.js';

/** A sheet of A4 between its margins of 1 cm, CSS pixels: upright, and on its side for what is marked as wide. */
const printed = { upright: 718, onItsSide: 1047 };

describeWith(findChromium(), 'tables in Chromium', (chromium) => {
  let folder = '';
  const kinds = ['run', 'comparison', 'sweep', 'capacity', 'claims', 'plan', 'all-compared', 'all-claims'] as const;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bench-tables-'));
    const [compared, claimed] = ['compare/comparison.json', 'claims/claims.json'].map((file) =>
      readFile(join('docs/sample', file), 'utf8'),
    );
    const all: Readonly<Record<(typeof kinds)[number], string>> = {
      ...samplePages('en'),
      // Of every strategy there is: the widest and longest tables.
      'all-compared': pages.comparison(readComparison((await compared) ?? '', 'docs/sample'), 'en'),
      'all-claims': pages.claims(readClaims((await claimed) ?? '', 'docs/sample'), 'en'),
    };
    for (const [kind, text] of Object.entries(all)) await writeFile(join(folder, `${kind}.html`), text);
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function visit(kind: string, width: number, look: (page: Page) => Promise<void>): Promise<void> {
    await withBrowser(chromium, { width, height: 900 }, async (browser) => {
      const page = await browser.newPage();
      await page.goto(pathToFileURL(join(folder, `${kind}.html`)).href);
      await look(page);
    });
  }

  it.each(kinds)('of a page of %s leave room for figures beside the heads of rows on a phone, and are printed whole', async (kind) => {
    await visit(kind, 390, async (page) => {
      expect(await page.locator('.frame').count()).toBeGreaterThan(0);
      expect(await page.evaluate(headsTooWide)).toEqual([]);
      await page.setViewportSize({ width: printed.upright, height: 900 });
      await page.emulateMedia({ media: 'print' });
      expect(await page.evaluate(cutOff)).toEqual([]);
    });
  });
});

/** Runs in the page. */
const headsTooWide = `[...document.querySelectorAll('.frame')].filter((frame) =>
  [...frame.querySelectorAll('tbody th')].some((head) => head.offsetWidth > frame.clientWidth / 2)).map((frame) => frame.ariaLabel)`;

/** Runs in the page. */
const cutOff = `[...document.querySelectorAll('.frame')].filter((frame) =>
  frame.querySelector('table').scrollWidth > (frame.classList.contains('wide') ? ${printed.onItsSide} : ${printed.upright})).map((frame) => frame.ariaLabel)`;
