import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type LocalStore, useLocalStore } from '../../local/runtime/local-store.ts';
import { launchChromium } from '../support/chromium.ts';
import { command, livedFolder, type Staying, stay } from '../support/lived-folder.ts';

/** The console in a real browser on the real service of this machine, for the tests of one file. */
export interface ConsoleUnderTest {
  /** A page at an address of the console, in a browser profile of its own: two pages are two people. */
  readonly open: (path: string, options?: BrowserContextOptions) => Promise<Page>;
  /** Runs the command beside the service, on the same data. */
  readonly command: (...args: readonly string[]) => Promise<string>;
  /** Where the service is. */
  readonly address: () => string;
  /** The folder that holds `.tidemark`. */
  readonly folder: () => string;
}

const START_MS = 180_000;
const ENGLISH = { locale: 'en-GB', timezoneId: 'UTC' };

/**
 * Starts one service and one browser before the tests of a file and ends both after them; what a page reports as an error
 * (of a script, of the content policy, a file that is not there) fails the test that opened it. `prepare`
 * changes what is stored before the service starts on it.
 */
export function useConsole(prepare?: (store: LocalStore) => Promise<void>): ConsoleUnderTest {
  let folder = '';
  let service: Staying | null = null;
  let browser: Browser | null = null;
  const faults: string[] = [];
  beforeAll(async () => {
    const launched = launchChromium();
    // Whichever fails first, the other is ended below.
    launched.catch(() => {});
    folder = await livedFolder();
    if (prepare !== undefined) await prepared(join(folder, '.tidemark'), prepare);
    service = await stay(folder);
    browser = await launched;
  }, START_MS);
  afterEach(async () => {
    for (const context of browser?.contexts() ?? []) await context.close();
    expect(faults.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await service?.end();
    if (folder !== '') rmSync(folder, { recursive: true, force: true });
  });
  return {
    async open(path, options = {}) {
      if (browser === null || service === null) throw new Error('the console is not open yet');
      const context = await browser.newContext({ ...ENGLISH, ...options, baseURL: service.address });
      const page = await context.newPage();
      page.on('pageerror', ({ message }) => void faults.push(message));
      page.on('console', (message) => {
        // What the API refuses is said on the page, and the browser says it too.
        const refused = message.location().url.includes('/api/');
        if (message.type() === 'error' && !refused) faults.push(message.text());
      });
      await page.goto(path);
      return page;
    },
    command: (...args) => command(folder, ...args),
    address: () => service?.address ?? '',
    folder: () => folder,
  };
}

async function prepared(data: string, prepare: (store: LocalStore) => Promise<void>): Promise<void> {
  const store = await useLocalStore(data, () => 0);
  try {
    await prepare(store);
  } finally {
    await store.end();
  }
}

/** Waits until a page has its heading and nothing on it is still being read or drawn. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await expect.poll(() => page.locator('.progress').count()).toBe(0);
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WANTED = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds on a page: a line for each element that breaks a rule; none where all is well. */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  return await findings(page, WANTED);
}

/** The same of a page that axe was already over, for what colours alone decide. */
export async function contrastFindings(page: Page): Promise<readonly string[]> {
  return await findings(page, ['color-contrast']);
}

async function findings(page: Page, wanted: readonly string[]): Promise<readonly string[]> {
  const found = await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(wanted)} }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target.join(' '))))`,
  );
  return found as readonly string[];
}
