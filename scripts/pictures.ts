import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../test/support/chromium.ts';
import { livedFolder, removeLived, stay } from '../test/support/lived-folder.ts';

// Takes the README's pictures of the console, from the service as it stands on the sample: `node scripts/pictures.ts`.

const FOLDER = new URL('../docs/pictures/', import.meta.url);

interface Picture {
  readonly name: string;
  readonly path: string;
  readonly colorScheme: 'light' | 'dark';
  /** What is there once the page is drawn. */
  readonly drawn: string;
  readonly height: number;
}

const PICTURES: readonly Picture[] = [
  { name: 'today', path: '/', colorScheme: 'light', drawn: '.rule-row .sparkline', height: 860 },
  {
    ...{ name: 'rule', path: '/rules/small-cap-streak', colorScheme: 'dark' },
    ...{ drawn: '.rule canvas', height: 900 },
  },
];

async function take(browser: Browser, baseURL: string, picture: Picture): Promise<void> {
  const { name, path, colorScheme, drawn, height } = picture;
  const context = await browser.newContext({
    ...{ baseURL, colorScheme, locale: 'en-GB', timezoneId: 'UTC' },
    viewport: { width: 1200, height },
  });
  const page = await context.newPage();
  await page.goto(path);
  await page.locator(drawn).first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, FOLDER)) });
  await context.close();
}

mkdirSync(FOLDER, { recursive: true });
const folder = await livedFolder();
const service = await stay(folder);
const browser = await launchChromium();
try {
  for (const picture of PICTURES) await take(browser, service.address, picture);
} finally {
  await browser.close();
  await service.end();
  rmSync(folder, { recursive: true });
  removeLived();
}
