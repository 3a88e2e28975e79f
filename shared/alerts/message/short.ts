import type { Alert } from '../alert.ts';
import { capitalised } from './base-rate-table.ts';
import { cutAtWord, joinFitting, toAscii, toGsm } from './characters.ts';
import { comparatives, shortClaims } from './claims.ts';
import { shortDate, shortDateBeside } from './dates.ts';
import { CLOSING } from './email.ts';
import { counted, difference, measured, reading } from './numbers.ts';
import { titleOf } from './sentences.ts';

/** A subject has fewer than 100 characters. */
const SUBJECT = 99;
/** One GSM-7 segment. */
const SEGMENT = 160;

/** The subject of an alert's email: printable ASCII, what happened first. */
export function subjectOf(alert: Alert, mark: string): string {
  const date = ` (${shortDate(alert.session)})`;
  const start = `${mark}${endedPrefix(alert, SUBJECT - date.length - mark.length)}${titleOf(alert)}`;
  const pieces = [cutAtWord(toAscii(start), SUBJECT - date.length), date];
  const facts = subjectFacts(alert).map((wordings) => wordings.map(toAscii));
  return joinSubject(pieces, facts);
}

/** Facts go before the date, which is always there; of each the fullest wording that has room. */
function joinSubject(
  [start = '', date = '']: readonly string[],
  facts: readonly (readonly string[])[],
): string {
  let told = start;
  for (const wordings of facts) {
    const separator = told === start ? ': ' : ', ';
    const room = SUBJECT - told.length - separator.length - date.length;
    const fact = wordings.find((wording) => wording.length <= room);
    if (fact !== undefined) told += separator + fact;
  }
  return told + date;
}

/** What a subject tells beside the title, each in one or more wordings. */
function subjectFacts(alert: Alert): readonly (readonly string[])[] {
  if (alert.kind === 'blind' || alert.kind === 'correction' || alert.kind === 'resolved') return [];
  const value = alert.value === null || alert.definition.measure === null ? [] : [[valueTold(alert)]];
  return alert.kind === 'recovered' ? value : [...value, shortClaims(alert)];
}

/** "Ended after 16 sessions: " where the whole title still has room beside it; else what every kind begins with. */
function endedPrefix(alert: Alert, room: number): string {
  const prefix = alert.kind === 'resolved' ? `Ended${afterSessions(alert)}: ` : prefixOf(alert);
  return prefix.length + titleOf(alert).length <= room ? prefix : prefixOf(alert);
}

function afterSessions({ duration }: Alert): string {
  return duration === null ? '' : ` after ${counted(duration, 'session')}`;
}

function prefixOf(alert: Alert): string {
  switch (alert.kind) {
    case 'fired':
      return alert.alreadyTrue ? 'Already true: ' : '';
    case 'updated':
      return 'Still so: ';
    case 'resolved':
      return 'Ended: ';
    case 'correction':
      return `Correction, ${alert.correctedFiring ? 'was so' : 'was not so'} on ${shortDate(alert.corrects ?? alert.session)}: `;
    case 'blind':
      return 'No verdict: ';
    case 'recovered':
      return 'Data is back: ';
    case 'reminder':
      return 'Reminder, still so: ';
  }
}

/** The SMS of an alert: one GSM-7 segment, the most important facts first, cut at a word. */
export function smsOf(alert: Alert, mark: string): string {
  const closing = ` ${CLOSING}`;
  const [first = '', ...others] = smsPieces(alert).map(toGsm);
  const room = SEGMENT - closing.length;
  const ended = `Ended ${shortDate(alert.session)}${afterSessions(alert)}: `;
  const start = toGsm(`${mark}${alert.kind === 'resolved' ? ended : prefixOf(alert)}${titleOf(alert)}`);
  // The date is never cut off: a title too long for it gives way.
  const head = cutAtWord(start, room - first.length - 1) + first;
  return `${joinFitting([head, ...others.map((piece) => ` ${piece}`), '.'], room - 1).replace(/\.*$/, '')}.${closing}`;
}

function smsPieces(alert: Alert): readonly string[] {
  const date = shortDate(alert.session);
  const [claim = null] = shortClaims(alert);
  const since =
    alert.episodeStart === null ? [] : [`So since ${shortDateBeside(alert.episodeStart, alert.session)}.`];
  switch (alert.kind) {
    case 'fired':
    case 'updated':
    case 'reminder':
      return [
        factPiece(alert, date),
        ...(claim === null ? [] : [`${capitalised(claim)}.`]),
        ...(alert.reason === null ? [] : [`The ${alert.reason}.`]),
        ...(alert.alreadyTrue || alert.kind === 'reminder' ? since : []),
        ...closestCall(alert),
        ...(alert.late ? ['Sent late.'] : []),
      ];
    case 'resolved':
      return [
        '.',
        ...(alert.reason === null ? [] : [`The ${alert.reason}.`]),
        ...(alert.peak === null
          ? []
          : [`${capitalised(comparatives(alert).most)}: ${measured(alert, alert.peak)}.`]),
      ];
    case 'correction':
      return [
        '.',
        `Revised data, known by ${shortDateBeside(alert.session, alert.corrects ?? alert.session)}.`,
      ];
    case 'blind':
      return [`, ${date}.`, 'Data is missing for the second session.'];
    case 'recovered':
      return [`, ${date}.`, ...(alert.episodeStart === null ? ['Not so at present.'] : since)];
  }
}

function factPiece(alert: Alert, date: string): string {
  if (alert.value === null || alert.definition.measure === null) return `, ${date}.`;
  const run = alert.definition.words.counts === null ? '' : ' in a row';
  return `: ${valueTold(alert)}${run}, ${date}.`;
}

/** The alert's value with what it counts does: "5 of 6 signs agree". */
function valueTold(alert: Alert): string {
  const verb = alert.definition.words.tally?.verb ?? '';
  return verb === '' ? reading(alert) : `${reading(alert)} ${verb}`;
}

function closestCall(alert: Alert): readonly string[] {
  const { margin } = alert;
  if (margin === null) return [];
  const size = difference(alert, margin.value, 'points');
  if (margin.lead === null && margin.value === 0) return ['Exactly at the threshold.'];
  if (margin.lead === null) return [`Margin ${margin.value < 0 ? '-' : ''}${size}.`];
  return [`Closest ${shortDateBeside(margin.session, alert.session)}: ${size}.`];
}
