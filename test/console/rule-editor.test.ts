import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { axeFindings, contrastFindings, settled, useConsole } from './browser.ts';

const console = useConsole();

/** The text that the editor of the condition holds, once it is there. */
async function conditionIn(page: Page): Promise<string> {
  const content = page.locator('.cm-content').first();
  await content.waitFor();
  return (await content.textContent()) ?? '';
}

async function writeCondition(page: Page, text: string): Promise<void> {
  await page.locator('.cm-content').first().click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(text);
}

/** What is said of the draft, once it says what is wanted. */
async function says(page: Page, wanted: RegExp): Promise<void> {
  await expect.poll(() => page.locator('.live-headline').textContent(), { timeout: 15_000 }).toMatch(wanted);
}

const threshold = (page: Page) => page.getByRole('textbox', { name: /at least/ }).first();

describe('a rule', () => {
  it('is written with a typing error, corrected, seen on its history, saved, fought over and restored', async () => {
    const page = await console.open('/rules');
    await page.getByRole('link', { name: 'New rule' }).click();
    await page.getByRole('textbox', { name: 'Title' }).fill('Small caps run');
    await writeCondition(page, 'strek(ret(IWM) > ret(SPY)) >= 7');
    await says(page, /It has errors/);
    expect(await page.locator('.findings p').first().textContent()).toMatch(/^Error: expected /);
    expect(await page.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: /^Replace with/ }).click();
    await expect.poll(() => conditionIn(page)).toBe('streak(ret(IWM) > ret(SPY)) >= 7');
    await says(page, /^Would have fired 26 times since /);
    await page.locator('.live canvas').first().waitFor();
    await page.getByText(/^Drawn is the highest of every \d+ sessions/).waitFor();
    await page.getByRole('button', { name: '3 months' }).click();
    await expect.poll(() => page.getByText(/^Drawn is the highest/).count()).toBe(0);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Small caps run' }).waitFor();
    await page.getByText('Version 1', { exact: true }).waitFor();

    const other = await console.open('/rules/small-caps-run?edit');
    await page.getByRole('link', { name: 'Edit' }).click();
    for (const [window, number] of [
      [other, '8'],
      [page, '9'],
    ] as const) {
      await threshold(window).fill(number);
      await expect.poll(() => conditionIn(window)).toContain(`>= ${number}`);
      await says(window, /^Would have fired/);
    }
    await page
      .getByText(/same in both|fires less|fewer/i)
      .first()
      .waitFor();
    await other.keyboard.press('ControlOrMeta+s');
    await other.getByText('Version 2', { exact: true }).waitFor();

    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const conflict = page.getByRole('dialog', { name: 'Somebody saved in between' });
    await conflict.waitFor();
    const both = (await conflict.getByRole('table').textContent()) ?? '';
    expect(both).toContain('>= 8');
    expect(both).toContain('>= 9');
    expect(await axeFindings(page)).toEqual([]);
    await conflict.getByRole('button', { name: 'Save mine on top' }).click();
    await page.getByText('Version 3', { exact: true }).waitFor();

    await page.getByRole('button', { name: 'Restore' }).last().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
    await page.getByText('Version 4', { exact: true }).waitFor();
    await page.getByText('26', { exact: true }).first().waitFor();
  });

  it('is told of a doubt with the name of the field apart from the sentence', async () => {
    const page = await console.open('/rules?new');
    await writeCondition(page, 'IWM > 100');
    await expect
      .poll(() => page.locator('.findings p').allTextContents())
      .toEqual([
        expect.stringMatching(/^Hint: expected a price /),
        expect.stringMatching(/^Hint in when: the rule is firing on /),
      ]);
  });

  it('lets nobody leave with unsaved changes unasked, and keeps them', async () => {
    const page = await console.open('/rules?new');
    await page.getByRole('button', { name: /^A streak/ }).click();
    await says(page, /^Would have fired/);
    await page.getByRole('link', { name: 'Alerts' }).click();
    await page.getByRole('button', { name: 'Stay' }).click();
    expect(await conditionIn(page)).toContain('streak');
    await page.goto('/rules');
    await page.goto('/rules?new');
    await page.getByRole('button', { name: 'Go on with it' }).click();
    await says(page, /^Would have fired/);
    await page.getByRole('link', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Leave without saving' }).click();
    await page.getByRole('heading', { level: 1, name: 'Rules' }).waitFor();
  });

  it('of a file is copied to be edited, and the copy speaks instead of it', async () => {
    const page = await console.open('/rules/small-cap-trend');
    expect(await page.getByRole('link', { name: 'Edit', exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: 'Copy to edit' }).click();
    await page.getByRole('link', { name: 'Make a copy' }).click();
    await says(page, /^Would have fired/);
    await page.getByRole('textbox', { name: 'Title' }).fill('My trend');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'My trend' }).waitFor();
    await page.getByRole('link', { name: 'small-cap-trend' }).first().click();
    await page
      .getByText(/speaks instead/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Copy to edit' }).click();
    await page.getByRole('link', { name: 'Edit the copy' }).click();
    await page.getByRole('heading', { level: 1, name: /My trend/ }).waitFor();
  });

  it('is typed by the keyboard alone: completion, correction, and Tab out of the field', async () => {
    const page = await console.open('/rules?new');
    await conditionIn(page);
    await page.locator('.cm-content').first().focus();
    await page.keyboard.type('ret(IW');
    await page.getByRole('option', { name: /IWM/ }).waitFor();
    // For 75 ms after a list opened the editor takes no key for a choice from it.
    await page.waitForTimeout(100);
    await page.keyboard.press('Enter');
    await expect.poll(() => conditionIn(page)).toBe('ret(IWM)');
    await page.keyboard.press('End');
    await page.keyboard.type(' > 5');
    await page.getByRole('button', { name: 'Replace with ret(IWM) > 5%' }).waitFor();
    await page.keyboard.press('Control+.');
    await expect.poll(() => conditionIn(page)).toBe('ret(IWM) > 5%');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.tagName')).not.toBe('DIV');
  });

  it('says why it did not speak on a session', async () => {
    const page = await console.open('/rules/small-cap-streak');
    await page.getByLabel('Session', { exact: true }).fill('2026-01-09');
    await page.getByRole('button', { name: 'Ask' }).click();
    await page.locator('.decided-answer').waitFor();
  });
});

describe.each([
  '/rules',
  '/rules?state=firing&text=small',
  '/rules/small-cap-streak',
  '/rules?new',
  '/rules?copy=small-cap-streak',
])('%s', (path) => {
  it('keeps every rule of axe in light and dark, and fits a phone', async () => {
    const page = await console.open(path, { colorScheme: 'light' });
    await settled(page);
    expect(await axeFindings(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await contrastFindings(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  });
});
