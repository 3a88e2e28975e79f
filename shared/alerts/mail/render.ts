import type { Alert } from '../alert.ts';
import { counted } from '../message/numbers.ts';
import { longDate } from '../message/dates.ts';
import { CLOSING } from '../message/email.ts';
import type { Style } from '../message/render.ts';
import { openingOf, titleOf } from '../message/sentences.ts';
import { alertCard, alertEntry, type Shown } from './alert-card.ts';
import { element, escape, LOOKS, paragraph } from './markup.ts';
import { pageOf } from './page.ts';

/** Where links of a mail lead; null where there is no such place. */
export interface MailLinks {
  /** The page of one alert. */
  readonly alert: ((id: string) => string) | null;
  /** Where the recipient manages what reaches him. */
  readonly manage: string | null;
  /** Ends this subscription by one click. */
  readonly unsubscribe: string | null;
}

/** Mail programs cut what is longer than about 100 KB; beyond this a digest tells the rest in short. */
const MOST_CHARACTERS = 80_000;

/**
 * Renders alerts as the HTML of one mail: one alert whole; several as a digest, what happened in each first, then each
 * whole while there is room. All of it is in the order of the plain text.
 */
export function renderMail(
  shown: readonly Shown[],
  { links, style }: { readonly links: MailLinks; readonly style: Style },
): string {
  const alerts = shown.map(({ alert }) => alert);
  const cards = shown.length === 1 ? shown.map((one) => whole(one, links)) : digest(shown, links);
  return pageOf({
    title: titleOfAll(alerts),
    // What an inbox shows beside the subject.
    preview:
      alerts.length === 1
        ? alerts.map((alert) => openingOf(alert).first).join('')
        : alerts.map(titleOf).join('; '),
    sample: style.sample === undefined ? '' : element('div', 'sample', escape(sampleWords(style.sample))),
    body: cards.join(divider()),
    foot: foot(alerts, links),
  });
}

function whole({ alert, picture }: Shown, links: MailLinks): string {
  const button =
    links.alert === null
      ? ''
      : `<p style="margin:26px 0 0;">${element('a', 'button', 'Open in the console', `href="${escape(links.alert(alert.id))}"`)}</p>`;
  return alertCard({ alert, picture }) + button;
}

function digest(shown: readonly Shown[], links: MailLinks): readonly string[] {
  const alerts = shown.map(({ alert }) => alert);
  const items = alerts.map((alert) => `<li style="margin:0 0 8px;">${escape(openingOf(alert).first)}</li>`);
  const summary = [
    element('h1', 'head', escape(titleOfAll(alerts))),
    `<ol class="text" style="${LOOKS.text}padding-left:22px;">${items.join('')}</ol>`,
  ].join('');
  let room = MOST_CHARACTERS - summary.length;
  const cards = shown.map((one) => {
    const card = whole(one, links);
    // A picture lies beside the HTML.
    const weight = card.length - (one.picture?.source.length ?? 0);
    if (weight > room) return alertEntry(one.alert);
    room -= weight;
    return card;
  });
  return [summary, ...cards];
}

function titleOfAll(alerts: readonly Alert[]): string {
  const [first] = alerts;
  if (first === undefined) return 'Tidemark';
  return alerts.length === 1
    ? titleOf(first)
    : `${counted(alerts.length, 'alert')} on ${longDate(first.session)}`;
}

function sampleWords(sample: string): string {
  const source = sample.trim() === '' ? '' : `: ${sample.trim()}`;
  return `This is sample data, not the market${source}.`;
}

function divider(): string {
  return `<div class="line" style="${LOOKS.line}margin-top:30px;height:26px;line-height:26px;">&nbsp;</div>`;
}

function foot(alerts: readonly Alert[], { manage, unsubscribe }: MailLinks): string {
  const links = [
    ...(manage === null ? [] : [link('Manage subscriptions', manage)]),
    ...(unsubscribe === null ? [] : [link('Unsubscribe', unsubscribe)]),
  ];
  const rules = [...new Set(alerts.map(({ rule }) => rule))].join(', ');
  return [
    paragraph('small', CLOSING),
    paragraph('small', `You get this because this address is subscribed to ${rules}.`),
    links.length === 0 ? '' : element('p', 'small', links.join(' &nbsp;·&nbsp; ')),
  ].join('');
}

function link(text: string, url: string): string {
  return element('a', 'link', text, `href="${escape(url)}"`);
}
