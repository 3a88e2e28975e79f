import { describe, expect, it } from 'vitest';
import type { Alert } from '../../../shared/alerts/alert.ts';
import type { Picture } from '../../../shared/alerts/mail/alert-card.ts';
import { type MailLinks, renderMail } from '../../../shared/alerts/mail/render.ts';
import { BASE_RATE_INTRO, emailBody } from '../../../shared/alerts/message/email.ts';
import { STREAK } from '../message/sample-alert.ts';

const LINKS: MailLinks = {
  alert: (id) => `https://console.example/alerts/${encodeURIComponent(id)}`,
  manage: 'https://console.example/subscriptions',
  unsubscribe: 'https://console.example/mail/unsubscribe?token=a.b&more=1',
};
const NONE: MailLinks = { alert: null, manage: null, unsubscribe: null };
const PICTURE: Picture = {
  source: 'cid:line-1@tidemark',
  words: 'Line of "it" on 2 sessions',
  caption: { from: '9 Jan 2026', to: '12 Jan 2026', key: 'dashed: 7 sessions' },
};

function mailOf(alerts: readonly Alert[], links = NONE): string {
  return renderMail(
    alerts.map((alert) => ({ alert, picture: PICTURE })),
    { links, style: {} },
  );
}

/** What somebody reads of it, in order. */
function textOf(html: string): string {
  return html
    .replace(/<head>[^]*?<\/head>/, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/&lt;/g, '<')
    .replaceAll(/&gt;/g, '>')
    .replaceAll(/&quot;/g, '"')
    .replaceAll(/&nbsp;/g, ' ')
    .replaceAll(/&amp;/g, '&')
    .replaceAll(/\s+/g, ' ');
}

describe('the HTML of a mail', () => {
  it('says in order every sentence that the plain text says', () => {
    const shown = textOf(mailOf([STREAK]));
    const sentences = emailBody(STREAK)
      .split('\n\n')
      .map((part) => part.replace(/^[A-Z ]+\n/, '').replaceAll(/\s+/g, ' '))
      // Figures stand in a table here; the condition by itself.
      .filter((part) => !/^(?:after|IWM's price return|\(|Price returns)/.test(part))
      .flatMap((part) => part.split(/(?<=[.:]) (?=[A-Z(])/))
      .filter((sentence) => !sentence.startsWith('Condition:'));
    expect(sentences.length).toBeGreaterThan(12);
    let from = 0;
    for (const sentence of sentences) {
      const at = shown.indexOf(sentence, from);
      expect(at, sentence).toBeGreaterThanOrEqual(0);
      from = at;
    }
    expect(shown).toContain(BASE_RATE_INTRO);
    expect(shown).toContain(STREAK.definition.expression);
    expect(shown).toContain('Information, not advice.');
  });

  it('shows the figures of base rates, and says where they are too few', () => {
    const shown = textOf(mailOf([STREAK]));
    expect(shown).toContain('5 sessions * 9 +0.31% -0.24% 56% -5.64%');
    expect(shown).toContain('* fewer than 10: too few to rely on');
  });

  it('says what happened first, also in the line an inbox shows', () => {
    const body = mailOf([STREAK]).slice(mailOf([STREAK]).indexOf('<body'));
    expect(textOf(body).trim()).toMatch(/^Small caps are beating large caps: IWM's daily price return/);
  });

  it('takes no text for markup', () => {
    const html = mailOf([{ ...STREAK, title: 'A <b>&"bold"</b> title', note: '<script>alert(1)</script>' }]);
    expect(html).not.toContain('<script');
    expect(html).not.toContain('<b>');
    expect(textOf(html)).toContain('A <b>&"bold"</b> title');
  });

  it('asks nobody for anything when it is opened: its picture comes along, and has words', () => {
    const html = mailOf([STREAK], LINKS);
    expect(html.match(/(?<=src=")[^"]+/g)).toEqual(['cid:line-1@tidemark']);
    expect(html).toContain('alt="Line of &quot;it&quot; on 2 sessions"');
    expect(html).not.toMatch(/url\(|@import|<link|<script|background=/);
  });

  it('leads to the alert, to the subscriptions and out of them where there are such places', () => {
    const html = mailOf([STREAK], LINKS);
    expect(html.match(/(?<=href=")[^"]+/g)).toEqual([
      `https://console.example/alerts/${encodeURIComponent(STREAK.id)}`,
      'https://console.example/subscriptions',
      'https://console.example/mail/unsubscribe?token=a.b&amp;more=1',
    ]);
    expect(mailOf([STREAK])).not.toContain('href');
  });

  it('is read at night and on a phone: every colour of the day has one of the night', () => {
    const html = mailOf([STREAK], LINKS);
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    const night = /@media \(prefers-color-scheme:dark\)\{(.*?)\}@media/.exec(html)?.[1] ?? '';
    const coloured = new Set(
      [...html.matchAll(/class="([\w ]+)" style="([^"]*)"/g)]
        .filter(([, , style = '']) => /(?:^|;)(?:background-)?color:/.test(style))
        .map(([, name = '']) => name),
    );
    expect(coloured.size).toBeGreaterThan(8);
    for (const name of coloured) expect(night, name).toMatch(new RegExp(`\\.${name}[,{]`));
    expect(html).toContain('@media (max-width:520px)');
  });

  it('says of sample data that it is none of the market', () => {
    const html = renderMail([{ alert: STREAK, picture: null }], { links: NONE, style: { sample: 'seed 7' } });
    expect(textOf(html)).toContain('This is sample data, not the market: seed 7.');
    expect(html).not.toContain('<img');
  });

  it('tells each alert of a digest in one sentence, then each whole while there is room', () => {
    const alerts = Array.from({ length: 12 }, (_, n) => ({
      ...STREAK,
      id: `${STREAK.id}-${n}`,
      title: `Title ${n}`,
    }));
    const html = mailOf(alerts, LINKS);
    const shown = textOf(html);
    expect(shown).toContain('12 alerts on Monday 12 January 2026');
    for (const { title } of alerts) expect(shown.split(`${title}:`).length - 1).toBe(2);
    expect(html.length).toBeLessThan(102_000);
    const whole = shown.split('What would end it').length - 1;
    expect(whole).toBeGreaterThan(1);
    expect(whole).toBeLessThan(12);
  });

  it.each(['fired', 'updated', 'resolved', 'correction', 'blind', 'recovered', 'reminder'] as const)(
    'has a mark for an alert of kind %s, and a mark of its own where it is urgent',
    (kind) => {
      const calm = mailOf([{ ...STREAK, kind }]);
      const urgent = mailOf([{ ...STREAK, kind, severity: 'urgent' }]);
      expect(textOf(calm)).toMatch(/ (?:New|Still so|Ended|Correction|No data|Data is back|Reminder) Monday/);
      expect(textOf(urgent)).toMatch(/, urgent Monday/);
    },
  );
});
