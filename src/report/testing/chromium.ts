import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
import { type FoundServer, findServer } from '../../transports/testing/servers.js';

/** The browser of this machine, under whichever name it is installed. */
export function findChromium(): FoundServer {
  const found = ['chromium', 'chromium-browser', 'google-chrome'].map(findServer).find(({ path }) => path !== null);
  return found ?? findServer('chromium');
}

/** Nothing but what a page asks for itself may reach the network. */
const args = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

export interface Visit {
  readonly width?: number;
  readonly height?: number;
  readonly javaScript?: boolean;
  readonly dark?: boolean;
  /** For pages that a test serves itself. */
  readonly online?: boolean;
}

/** Runs with a browser that has an empty profile of its own and no network, and closes it whatever happens. */
export async function withBrowser<T>(executablePath: string, visit: Visit, use: (browser: BrowserContext) => Promise<T>): Promise<T> {
  const { width = 1280, height = 900, javaScript = true, dark = false, online = false } = visit;
  const profile = await mkdtemp(join(tmpdir(), 'bench-chromium-'));
  const browser = await chromium.launchPersistentContext(profile, {
    ...{ executablePath, args, headless: true, offline: !online },
    ...{ viewport: { width, height }, javaScriptEnabled: javaScript, colorScheme: dark ? 'dark' : 'light' },
  });
  try {
    return await use(browser);
  } finally {
    await browser.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
