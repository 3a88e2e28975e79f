import type { Alert } from '../alert.ts';
import { capitalised } from './base-rate-table.ts';
import { comparatives } from './claims.ts';
import { longDate } from './dates.ts';
import { counted, measured, reading } from './numbers.ts';

/** The first sentence of a message, which says what happened, and what must be said right after it. */
export interface Opening {
  readonly first: string;
  readonly after: readonly string[];
}

/** Says what happened, by kind of alert. */
export function openingOf(alert: Alert): Opening {
  switch (alert.kind) {
    case 'fired':
      return fired(alert);
    case 'updated':
      return updated(alert);
    case 'resolved':
      return resolved(alert);
    case 'correction':
      return correction(alert);
    case 'blind':
      return blind(alert);
    case 'recovered':
      return recovered(alert);
    case 'reminder':
      return {
        first: `A silence has ended and this is still so: ${headline(alert)}.`,
        after: firingSince(alert),
      };
  }
}

/** The title without a closing full stop, ready to go on. */
export function titleOf(alert: Alert): string {
  return alert.title.trim().replace(/[.\s]+$/, '');
}

/** The title and what makes it true, with its date. */
function headline(alert: Alert): string {
  return `${titleOf(alert)}: ${factOf(alert)}`;
}

/** What the measure was on the session, in words; the condition where the rule has no measure. */
function factOf(alert: Alert): string {
  const { words, measure } = alert.definition;
  const on = longDate(alert.session);
  if (measure === null || words.clause === null) return `on ${on} it is true that ${words.condition}`;
  if (alert.value === null) return `on ${on} ${words.measure ?? measure} had no value`;
  const value = reading(alert);
  if (words.counts !== null && alert.value === 0)
    return `${words.measure ?? measure} stood at ${value} on ${on}`;
  const clause = words.clause.replace('{value}', () => value);
  if (words.tally?.universe) return `${clause} as of ${on}`;
  if (words.counts === null) return `${clause} on ${on}`;
  return `${clause}, ${words.counts === 'sessions' ? 'through' : 'as of'} ${on}`;
}

function fired(alert: Alert): Opening {
  if (!alert.alreadyTrue || alert.episodeStart === null) return { first: `${headline(alert)}.`, after: [] };
  return {
    first: `${headline(alert)}.`,
    after: [
      `This was already true before the rule as it stands was in force: it has been so since ${longDate(alert.episodeStart)}${lasting(alert)}.`,
    ],
  };
}

function lasting(alert: Alert): string {
  return alert.duration === null ? '' : `, ${counted(alert.duration, 'session')} by now`;
}

function firingSince(alert: Alert): readonly string[] {
  return alert.episodeStart === null
    ? []
    : [`It has been so since ${longDate(alert.episodeStart)}${lasting(alert)}.`];
}

function updated(alert: Alert): Opening {
  const reason =
    alert.reason === 'rule changed'
      ? ['The rule was changed, and under its new condition the episode goes on.']
      : [];
  return { first: `Still so: ${headline(alert)}.`, after: [...reason, ...firingSince(alert)] };
}

const REASONS = {
  'rule changed': 'because the rule was changed and its new condition is not met',
  'rule deleted': 'because the rule was deleted',
  'rule disabled': 'because the rule was disabled',
} as const;

function resolved(alert: Alert): Opening {
  const why = alert.reason === null ? '' : ` ${REASONS[alert.reason]}`;
  const lasted = alert.duration === null ? '' : ` after ${counted(alert.duration, 'session')}`;
  const first = `No longer so: "${titleOf(alert)}" ended on ${longDate(alert.session)}${lasted}${why}.`;
  const after: string[] = [];
  if (alert.episodeStart !== null) after.push(`It had been so since ${longDate(alert.episodeStart)}.`);
  after.push(...nowAndPeak(alert));
  return { first, after };
}

/** Where the measure stands now, and how far it went in the episode. */
function nowAndPeak(alert: Alert): readonly string[] {
  const { measure, words } = alert.definition;
  if (measure === null) return [];
  const peak =
    alert.peak === null
      ? ''
      : `, and the ${comparatives(alert).most} it went in the episode is ${measured(alert, alert.peak)}`;
  if (alert.value === null) return peak === '' ? [] : [`It has no value now${peak}.`];
  if (words.tally !== null) return [`The count now is ${reading(alert)}${peak}.`];
  if (words.counts === null)
    return [`Now ${words.measure ?? measure} stands at ${measured(alert, alert.value)}${peak}.`];
  const run = alert.value === 0 ? 'is broken' : `stands at ${measured(alert, alert.value)}`;
  return [`The run ${run}${peak}.`];
}

function correction(alert: Alert): Opening {
  const corrected = alert.corrects ?? alert.session;
  const title = titleOf(alert);
  const first = alert.correctedFiring
    ? `Correction for ${longDate(corrected)}: on revised data "${title}" was so on that session, which was not what we had recorded.`
    : `Correction for ${longDate(corrected)}: on revised data "${title}" was not so on that session, although we had recorded that it was.`;
  const after = [
    `The revision became known by the close of ${longDate(alert.session)}; what was recorded and sent before stays on record.`,
  ];
  if (alert.value !== null) after.push(`Latest reading: ${factOf(alert)}.`);
  return { first, after };
}

function blind(alert: Alert): Opening {
  const missing = alert.inputs.filter(({ status }) => ['missing', 'stale', 'held'].includes(status));
  const named = missing.map(({ input }) => input).join(', ');
  const why = named === '' ? 'a figure it needs has no value' : `data is missing (${named})`;
  return {
    first: `No verdict on ${longDate(alert.session)}, for the second session running: "${titleOf(alert)}" cannot be judged because ${why}.`,
    after: [`As last judged, ${standing(alert)}; that stands until data is back.`],
  };
}

function standing(alert: Alert): string {
  if (alert.episodeStart === null) return 'it is not so';
  return `it has been so since ${longDate(alert.episodeStart)}`;
}

function recovered(alert: Alert): Opening {
  const after = [`${capitalised(standing(alert))}.`];
  if (alert.value !== null) after.push(`Latest reading: ${factOf(alert)}.`);
  return {
    first: `Data is back: "${titleOf(alert)}" can be judged again from ${longDate(alert.session)}.`,
    after,
  };
}
