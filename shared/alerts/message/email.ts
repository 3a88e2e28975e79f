import type { Alert } from '../alert.ts';
import { baseRateTables, capitalised } from './base-rate-table.ts';
import { precedentSentences } from './claims.ts';
import {
  dataLines,
  definitionLines,
  endingSentences,
  evidenceLines,
  marginSentences,
} from './email-sections.ts';
import { openingOf } from './sentences.ts';
import { wrap } from './wrap.ts';

/** What every message ends with. */
export const CLOSING = 'Information, not advice.';

/** The plain-text body of an alert: one sentence of what happened first, then everything that settles an argument. */
export function emailBody(alert: Alert): string {
  const { first, after } = openingOf(alert);
  return [
    wrap(first),
    wrap([...after, ...lateness(alert)].join(' ')),
    section('How unusual', precedentSentences(alert).join(' ')),
    section('How close', marginSentences(alert).join(' ')),
    section('Why it matters', alert.note.trim()),
    baseRateSection(alert),
    section('Evidence', evidenceLines(alert)),
    section('Definition', definitionLines(alert)),
    section('What would end it', endingSentences(alert).join(' ')),
    section('Data', dataLines(alert)),
    CLOSING,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Why the message comes only now; empty where it is in time. */
export function lateness({ late }: Alert): readonly string[] {
  return late ? ['This session was evaluated late, so this message comes late.'] : [];
}

function section(title: string, content: string | readonly string[]): string {
  const lines = typeof content === 'string' ? [content] : content;
  const told = lines.filter((line) => line !== '');
  return told.length === 0 ? '' : [title.toUpperCase(), ...told.map((line) => wrap(line))].join('\n');
}

function baseRateSection(alert: Alert): string {
  const tables = baseRateTables(alert);
  if (tables.length === 0) return '';
  return ['WHAT FOLLOWED EARLIER EPISODES', wrap(BASE_RATE_INTRO), '', ...tables].join('\n');
}

/** What the figures of base rates are. */
export const BASE_RATE_INTRO =
  'Price returns after the first session of each earlier episode, beside those after any session. An episode lasts from the alert to the one that says it ended. n is the number of episodes, or of sessions; 5 sessions are about a week, 21 a month, 63 a quarter, 126 half a year, 252 a year.';

/** The parts of a body that a digest repeats for each alert: what happened, how unusual, how close. */
export function digestEntry(alert: Alert): string {
  const { first, after } = openingOf(alert);
  const facts = [...after, ...precedentSentences(alert), ...marginSentences(alert)];
  return [wrap(capitalised(first)), wrap(facts.join(' '))].filter((part) => part !== '').join('\n');
}
