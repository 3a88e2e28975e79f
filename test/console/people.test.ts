import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { readHolding, writeHolding } from '../../local/runtime/holding.ts';
import type { LocalStore } from '../../local/runtime/local-store.ts';
import { changeHeld, heldId } from '../../shared/service/held.ts';
import { instantOn } from '../../shared/service/progress.ts';
import { batchOf, type Said, statements } from '../support/observations.ts';
import { settled, useConsole } from './browser.ts';

/** The session after the sample's last, and the evening on which it still waits for one value. */
const LAST = '2026-01-21';
const NEXT = '2026-01-22';
const EVENING = instantOn(NEXT, 20 * 60);

const candidate = {
  ...{ instrument: 'IWM', field: 'close', date: NEXT, value: 266.5, source: 'alpaca', rank: 1 },
  ...{ settleMinutes: 0, firstSeen: EVENING, seen: EVENING },
};

/** Lets one more session come in which nothing moves, but for the small caps' fund, whose close waits for somebody. */
async function oneMoreSession({ records, observations }: LocalStore): Promise<void> {
  const holding = await readHolding(records);
  if (holding?.kind !== 'sample') throw new Error('this store holds no sample');
  await writeHolding(records, { ...holding, last: NEXT, now: EVENING });
  const ids = (await observations.catalog()).map(({ id }) => id);
  const known = await observations.load({ series: ids.map((id) => ({ id, from: LAST })) });
  const unmoved = (statements(known) as [string, number, number][])
    .filter(([id]) => id !== 'IWM.close')
    .map(([id, , value]): Said => [id, NEXT, value]);
  await observations.record(batchOf(unmoved), EVENING);
  const held = { id: heldId(candidate), candidate, reason: 'jump', state: 'held', decided: null } as const;
  await changeHeld(records, { put: [{ ...held, detail: 'down while nothing else moved' }], drop: new Set() });
}

const console = useConsole(oneMoreSession);

const row = (page: Page, text: string | RegExp): Locator => page.getByRole('row').filter({ hasText: text });
const heading = (page: Page, name: string): Locator => page.getByRole('heading', { level: 1, name });

/** Runs what the evening would run, as the clock of the sample stands. */
async function evening(page: Page): Promise<void> {
  const { origin } = new URL(page.url());
  const headers = { origin, 'idempotency-key': 'one-evening-of-people' };
  const answer = await page.request.post('/api/run', { headers });
  expect(answer.status()).toBe(200);
}

async function subscribe(page: Page, address: string, rules = 'small-cap-streak'): Promise<void> {
  await page.getByRole('link', { name: 'Subscriptions' }).click();
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(address);
  await page.getByRole('textbox', { name: 'Rules' }).fill(rules);
  await page.getByRole('button', { name: 'Subscribe', exact: true }).click();
  await row(page, address.slice(address.indexOf('@')))
    .getByText('pending')
    .waitFor();
}

describe('somebody who wants to be told', () => {
  it('subscribes, confirms, decides about a held value, hears what came of it, silences and leaves', async () => {
    const page = await console.open('/');
    await subscribe(page, 'ann@people.example', 'small-cap-streak, small-cap-surges');
    await page.getByText('did you mean small-cap-surge?').waitFor();
    await page.getByRole('link', { name: 'Outbox' }).click();
    await row(page, '@people.example').getByRole('link').click();
    await page.getByRole('button', { name: 'Confirm this subscription' }).click();
    await page.getByText('Confirmed. It hears of the next alert.').waitFor();
    await page.getByRole('link', { name: 'Subscriptions' }).click();
    await row(page, '@people.example').getByText('confirmed').waitFor();

    await page.goto('/rules/small-cap-streak');
    await page.locator('.stands').getByText('firing', { exact: false }).first().waitFor();
    await page.getByRole('link', { name: 'Data', exact: true }).click();
    await row(page, 'down while nothing else moved').getByRole('button', { name: 'Accept' }).click();
    const question = page.getByRole('dialog', { name: 'Accept the value' });
    await question.getByRole('textbox', { name: 'Why' }).fill('seen on the tape');
    await question.getByRole('button', { name: 'Accept' }).click();
    await page.getByText('Nothing waits.').waitFor();
    await page.goto('/rules/small-cap-streak');
    await page.locator('.stands').getByText('0 sessions').waitFor();
    expect(await page.locator('.stands').textContent()).toMatch(/Inactive since22 Jan 2026$/);

    await evening(page);
    await page.goto('/outbox');
    const ended = row(page, /Ended after \d+ sessions: Small caps are beating/).filter({
      hasText: '@people.example',
    });
    await ended.getByRole('link').click();
    const message = page.getByRole('region', { name: 'The message as its file is' });
    expect(await message.textContent()).toContain('streak(ret(IWM) > ret(SPY))');

    await page.goto('/silences?rule=small-cap-streak');
    await page.getByLabel('Through').fill('2026-01-30');
    await page.getByRole('textbox', { name: 'Why' }).fill('on holiday');
    await page.getByRole('button', { name: 'Silence', exact: true }).click();
    await row(page, 'on holiday').getByText('in force').waitFor();
    await row(page, 'on holiday').getByRole('button', { name: 'End now' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End it now' }).click();
    await row(page, 'on holiday').getByText('over').waitFor();

    await page.getByRole('link', { name: 'Subscriptions' }).click();
    await row(page, '@people.example').getByRole('button', { name: 'Unsubscribe' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Unsubscribe' }).click();
    await expect.poll(() => row(page, '@people.example').count()).toBe(0);
  });
});

/** Tabs on until the focus is on an element, as somebody without a mouse does. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let pressed = 0; pressed < 80; pressed += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return;
  }
  throw new Error('Tab does not lead there');
}

describe('a rule of the console', () => {
  it('is disabled, enabled, deleted and restored', async () => {
    const page = await console.open('/rules?copy=small-cap-trend');
    await page.getByRole('textbox', { name: 'Title' }).fill('A rule to lose');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await heading(page, 'A rule to lose').waitFor();
    for (const [act, then] of [
      ['Disable', 'Enable'],
      ['Enable', 'Disable'],
    ] as const) {
      await page.getByRole('button', { name: act, exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: act, exact: true }).click();
      await page.getByRole('button', { name: then, exact: true }).waitFor();
    }
    const address = page.url();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await heading(page, 'Rules').waitFor();
    await settled(page);
    expect(await page.getByRole('link', { name: 'A rule to lose' }).count()).toBe(0);
    await page.goto(address);
    await page.getByText('This rule is deleted').waitFor();
    await page.getByRole('button', { name: 'Restore' }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
    await page.getByRole('button', { name: 'Disable', exact: true }).waitFor();
    expect(await page.getByText('This rule is deleted').count()).toBe(0);
  });

  it('is silenced, and a reader subscribes, confirms and leaves, by the keyboard alone', async () => {
    const page = await console.open('/silences');
    const { keyboard } = page;
    await tabTo(page, page.getByRole('combobox', { name: 'Rule' }));
    await keyboard.type('concentration');
    await tabTo(page, page.getByLabel('Through'));
    await keyboard.type('02272026');
    await tabTo(page, page.getByRole('textbox', { name: 'Why' }));
    await keyboard.type('known by everybody');
    await tabTo(page, page.getByRole('button', { name: 'Silence', exact: true }));
    await keyboard.press('Enter');
    await row(page, 'known by everybody').getByText('27 Feb 2026').waitFor();

    await tabTo(page, page.getByRole('link', { name: 'Subscriptions' }));
    await keyboard.press('Enter');
    await tabTo(page, page.getByRole('textbox', { name: 'E-mail address' }));
    await keyboard.type('bob@keys.example');
    await keyboard.press('Enter');
    await row(page, '@keys.example').getByText('pending').waitFor();
    await tabTo(page, page.getByRole('link', { name: 'Outbox' }));
    await keyboard.press('Enter');
    await tabTo(page, row(page, '@keys.example').getByRole('link'));
    await keyboard.press('Enter');
    await tabTo(page, page.getByRole('button', { name: 'Confirm this subscription' }));
    await keyboard.press('Space');
    await page.getByText('Confirmed. It hears of the next alert.').waitFor();
    await tabTo(page, page.getByRole('link', { name: 'Subscriptions' }));
    await keyboard.press('Enter');
    await tabTo(page, row(page, '@keys.example').getByRole('button', { name: 'Unsubscribe' }));
    await keyboard.press('Space');
    // What keeps everything as it is has the focus first.
    const question = page.getByRole('dialog');
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('Keep');
    await keyboard.press('Shift+Tab');
    await keyboard.press('Enter');
    await question.waitFor({ state: 'hidden' });
    await expect.poll(() => row(page, '@keys.example').count()).toBe(0);
  });
});
