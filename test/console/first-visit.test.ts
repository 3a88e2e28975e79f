import { describe, expect, it } from 'vitest';
import { axeFindings, contrastFindings, settled, useConsole } from './browser.ts';

const console = useConsole();

describe('the first visit', () => {
  it('tells in one sentence where the rotation stands, and that it is a sample', async () => {
    const page = await console.open('/');
    const sentence = page.getByRole('heading', { level: 1 });
    await expect.poll(() => sentence.textContent()).toMatch(/Leadership is changing/);
    expect(await page.getByRole('complementary', { name: 'About this service' }).textContent()).toMatch(
      /Sample data, not the market.*Local, not authenticated/,
    );
    const streak = page
      .getByRole('listitem')
      .filter({ hasText: 'Small caps are beating large caps' })
      .first();
    expect(await streak.textContent()).toMatch(/firing.*13 sessions/);
  });

  it('leads to the alert of January with what it rests on, and its replay is the same', async () => {
    const page = await console.open('/');
    await page.getByRole('link', { name: 'Alerts', exact: true }).click();
    await page.getByRole('link', { name: /Small caps are beating large caps: 7 sessions/ }).click();
    await page.getByRole('heading', { level: 1, name: /7 sessions, longest since 8 Apr 2022/ }).waitFor();
    const text = (await page.getByRole('main').textContent()) ?? '';
    expect(text).toContain('streak(ret(IWM) > ret(SPY)) >= 7');
    expect(text).toContain('15 of 26');
    expect(text).toContain('by 0.05 percentage points');
    expect(await page.getByRole('table', { name: /IWM's price return minus SPY's/ }).count()).toBe(1);
    await page.getByRole('button', { name: 'Replay this day' }).click();
    await page.getByText('same, byte for byte').waitFor();
  });

  it('is there by the keyboard alone', async () => {
    const page = await console.open('/alerts');
    await page.getByRole('link', { name: /12 sessions/ }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: /12 sessions/ }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: /^Ended.*: Your portfolio/ }).waitFor();
  });
});

describe('an address of something that is not there', () => {
  it.each([
    ['/rules/nope', 'There is no rule nope', 'See all rules', 'Rules'],
    ['/rules/nope?edit', 'There is no rule nope', 'See all rules', 'Rules'],
    ['/rules?copy=nope', 'There is no rule nope', 'See all rules', 'Rules'],
    ['/alerts/nope', 'There is no alert nope', 'See all alerts', 'Alerts'],
    ['/outbox/nope', 'There is no message nope', 'See all messages', 'Outbox'],
  ])('says so and leads to what is there: %s', async (path, title, link, list) => {
    const page = await console.open(path);
    await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
    await expect.poll(() => page.title()).toBe(`${title} · Tidemark`);
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    await page.getByRole('link', { name: link }).click();
    await page.getByRole('heading', { level: 1, name: list }).waitFor();
  });

  it('offers to try again where that can help', async () => {
    const page = await console.open('/rules');
    await page.getByRole('heading', { level: 1, name: 'Rules' }).waitFor();
    await page.route('**/api/rules/*', (route) => route.abort(), { times: 1 });
    await page.getByRole('link', { name: 'Small caps are beating large caps' }).click();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { level: 1, name: 'Small caps are beating large caps' }).waitFor();
  });
});

describe('what stands in the address', () => {
  it('is what alerts are filtered by, and what is chosen goes there', async () => {
    const page = await console.open('/alerts?kind=resolved');
    const kinds = page.getByRole('row').filter({ has: page.getByRole('link') });
    await expect.poll(() => kinds.count()).toBe(2);
    await page.getByLabel('Rule').selectOption({ label: 'Ten companies are 35% of the S&P 500 or more' });
    await expect.poll(() => kinds.count()).toBe(1);
    expect(new URL(page.url()).search).toBe('?kind=resolved&rule=concentration');
    await page.getByLabel('Severity').selectOption('urgent');
    await page.getByText('No alert is like this.').waitFor();
    await page.getByRole('link', { name: 'Show all alerts' }).click();
    await expect.poll(() => kinds.count()).toBeGreaterThan(10);
  });
});

describe('a chart', () => {
  it('is also a sentence, a table, and a cursor that obeys the keyboard', async () => {
    const page = await console.open('/data?series=SPY.close');
    await settled(page);
    const picture = page.getByRole('img', { name: /SPDR S&P 500 ETF.*: a line from .* last / });
    expect(await picture.count()).toBe(1);
    const cursor = page.getByRole('slider', { name: 'Session under the cursor' });
    expect(await cursor.getAttribute('aria-valuetext')).toMatch(/^21 Jan 2026: /);
    await cursor.press('ArrowLeft');
    await expect.poll(() => cursor.getAttribute('aria-valuetext')).toMatch(/^20 Jan 2026: /);
    await page.getByRole('button', { name: 'Show as table' }).click();
    const table = page.getByRole('table', { name: /Values, newest first: 60 of / });
    expect(await table.getByRole('row').nth(1).textContent()).toMatch(/21 Jan 2026/);
    expect(await axeFindings(page)).toEqual([]);
  });
});

const ALERT = encodeURIComponent('small-cap-streak/small-cap-streak@2026-01-12/fired/2026-01-12');
const PAGES = [
  '/',
  '/alerts',
  `/alerts/${ALERT}`,
  '/subscriptions',
  '/silences',
  '/data',
  '/outbox',
  '/none',
];

describe.each(PAGES)('%s', (path) => {
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
