import type { Alert } from '../alert.ts';
import { shortClaims, precedentSentences } from '../message/claims.ts';
import { longDate } from '../message/dates.ts';
import { lateness } from '../message/email.ts';
import {
  dataLines,
  definitionLines,
  endingSentences,
  evidenceLines,
  marginSentences,
} from '../message/email-sections.ts';
import { counted, measured, reading } from '../message/numbers.ts';
import { openingOf } from '../message/sentences.ts';
import { HEIGHT, WIDTH } from '../picture/draw.ts';
import type { Caption } from '../picture/words.ts';
import { baseRateMarkup } from './base-rates.ts';
import { element, escape, LOOKS, paragraph, table } from './markup.ts';

/** A picture as a mail shows it. */
export interface Picture {
  /** What stands in `src`: `cid:…` in a mail, `data:…` in a file. */
  readonly source: string;
  /** What it shows, for who cannot see it. */
  readonly words: string;
  readonly caption: Caption;
}

/** An alert with its picture; null where none could be drawn. */
export interface Shown {
  readonly alert: Alert;
  readonly picture: Picture | null;
}

/** One alert, whole: what happened first, then the line, then everything that settles an argument. */
export function alertCard({ alert, picture }: Shown): string {
  const { first, after } = openingOf(alert);
  return [
    top(alert),
    element('h1', 'head', escape(first)),
    paragraph('text', [...after, ...lateness(alert)].join(' ')),
    figures(alert),
    picture === null ? '' : drawn(picture),
    section('How unusual', precedentSentences(alert)),
    section('How close', marginSentences(alert)),
    section('Why it matters', [alert.note.trim()]),
    baseRateMarkup(alert),
    listed('Evidence', evidenceLines(alert)),
    definition(alert),
    section('What would end it', endingSentences(alert)),
    listed('Data', dataLines(alert), 'small'),
  ].join('');
}

/** What is new, in its first words: enough for an alert of a digest that is told in full elsewhere. */
export function alertEntry(alert: Alert): string {
  const { first, after } = openingOf(alert);
  return [
    top(alert),
    element('h1', 'head', escape(first)),
    paragraph('text', [...after, ...precedentSentences(alert)].join(' ')),
  ].join('');
}

const KINDS: Readonly<Record<Alert['kind'], { readonly name: string; readonly colour: string }>> = {
  fired: { name: 'New', colour: '#1f62b3' },
  updated: { name: 'Still so', colour: '#1f62b3' },
  resolved: { name: 'Ended', colour: '#4a7a5c' },
  correction: { name: 'Correction', colour: '#96660f' },
  blind: { name: 'No data', colour: '#96660f' },
  recovered: { name: 'Data is back', colour: '#4a7a5c' },
  reminder: { name: 'Reminder', colour: '#1f62b3' },
};

function top({ kind, severity, session }: Alert): string {
  const { name, colour } = severity === 'urgent' ? { ...KINDS[kind], colour: '#b3261e' } : KINDS[kind];
  const words = severity === 'urgent' ? `${name}, urgent` : name;
  const badge = `<span style="display:inline-block;padding:2px 9px;border-radius:10px;background-color:${colour};color:#ffffff;font-size:12px;line-height:17px;font-weight:600;">${words}</span>`;
  return element('p', 'top', `${badge}&nbsp; ${longDate(session)}`, 'role="presentation"');
}

/** The few figures that somebody looks for first. */
function figures(alert: Alert): string {
  const shown: (readonly [string, string])[] = [];
  if (alert.value !== null) shown.push([reading(alert), 'now']);
  if (alert.threshold !== null) shown.push([measured(alert, alert.threshold), 'threshold']);
  const [claim] = shortClaims(alert);
  if (alert.precedent !== null && claim !== undefined && alert.kind !== 'resolved')
    shown.push([`${alert.precedent.rank} of ${alert.precedent.of}`, `rank; ${claim}`]);
  else if (alert.duration !== null)
    shown.push([counted(alert.duration, 'session'), alert.kind === 'resolved' ? 'it lasted' : 'so far']);
  if (shown.length < 2) return '';
  const cells = shown.map(
    ([figure, label]) =>
      `<td valign="top" class="fact" style="padding:12px 14px;">${element('div', 'figure', escape(figure))}${element('div', 'label', escape(label))}</td>`,
  );
  return `<div style="height:16px;line-height:16px;">&nbsp;</div>${table(`<tr>${cells.join('')}</tr>`, `class="figures" style="${LOOKS.figures}"`)}`;
}

function drawn({ source, words, caption }: Picture): string {
  const image = `<img src="${escape(source)}" width="${WIDTH}" height="${HEIGHT}" alt="${escape(words)}" style="display:block;width:100%;max-width:${WIDTH}px;height:auto;border:0;margin-top:20px;">`;
  const ends = `<tr>${end(caption.from, 'left')}${end(caption.to, 'right')}</tr>`;
  const key = `<tr><td colspan="2" class="label" style="${LOOKS.label}">${escape(caption.key)}</td></tr>`;
  return image + table(ends + (caption.key === '' ? '' : key));
}

function end(text: string, align: 'left' | 'right'): string {
  return `<td class="label" align="${align}" style="${LOOKS.label}padding-top:6px;">${escape(text)}</td>`;
}

function section(title: string, sentences: readonly string[]): string {
  const text = sentences.filter((one) => one !== '').join(' ');
  return text === '' ? '' : element('h2', 'title', title) + paragraph('text', text);
}

function listed(title: string, lines: readonly string[], look: 'text' | 'small' = 'text'): string {
  if (lines.length === 0) return '';
  return element('h2', 'title', title) + lines.map((line) => paragraph(look, line)).join('');
}

/** The condition as it is written stands by itself, so that it can be copied. */
function definition(alert: Alert): string {
  const { expression } = alert.definition;
  const lines = definitionLines(alert).filter((line) => line !== `Condition: ${expression}`);
  const [words = '', ...rest] = lines;
  return [
    element('h2', 'title', 'Definition'),
    paragraph('text', words),
    element('div', 'code', escape(expression)),
    ...rest.map((line) => paragraph('small', line)),
  ].join('');
}
