import type { Alert, InputFreshness } from '../alert.ts';
import { baseRateTables, capitalised } from './base-rate-table.ts';
import { precedentSentences } from './claims.ts';
import { longDate } from './dates.ts';
import { difference, measured, reading } from './numbers.ts';
import { openingOf } from './sentences.ts';
import { wrap } from './wrap.ts';

/** What every message ends with. */
export const CLOSING = 'Information, not advice.';

/** The plain-text body of an alert: one sentence of what happened first, then everything that settles an argument. */
export function emailBody(alert: Alert): string {
  const { first, after } = openingOf(alert);
  const late = alert.late ? ['This session was evaluated late, so this message comes late.'] : [];
  return [
    wrap(first),
    wrap([...after, ...late].join(' ')),
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

function section(title: string, content: string | readonly string[]): string {
  const lines = typeof content === 'string' ? [content] : content;
  const told = lines.filter((line) => line !== '');
  return told.length === 0 ? '' : [title.toUpperCase(), ...told.map((line) => wrap(line))].join('\n');
}

function baseRateSection(alert: Alert): string {
  const tables = baseRateTables(alert);
  if (tables.length === 0) return '';
  const intro =
    'Price returns after the first session of each earlier episode, beside those after any session. An episode lasts from the alert to the one that says it ended. n is the number of episodes, or of sessions; 5 sessions are about a week, 21 a month, 63 a quarter, 126 half a year, 252 a year.';
  return ['WHAT FOLLOWED EARLIER EPISODES', wrap(intro), '', ...tables].join('\n');
}

/** How near the condition is to failing: the closest call of a streak, or the distance beyond the threshold. */
function marginSentences(alert: Alert): readonly string[] {
  const { margin, definition } = alert;
  if (margin === null) return [];
  const size = difference(alert, margin.value, 'percentage points');
  if (margin.lead !== null) {
    const lead = difference(alert, margin.lead, 'percentage points');
    return [
      `The closest call of the run was ${longDate(margin.session)}, by ${size}.`,
      `Over the whole run the lead ${margin.lead < 0 ? 'is negative, a lag of' : 'is'} ${lead}.`,
    ];
  }
  const threshold = measured(alert, alert.threshold);
  const text = definition.threshold;
  const named = text === null || /^-?[\d.]+(%|bp)?$/.test(text) ? threshold : `${threshold} (${text})`;
  if (margin.value === 0) return [`It is exactly at the threshold of ${named}.`];
  return [`It is ${size} ${margin.value > 0 ? 'beyond' : 'short of'} the threshold of ${named}.`];
}

function evidenceLines(alert: Alert): readonly string[] {
  const named = (side: string): string =>
    alert.evidence
      .filter((one) => one.side === side)
      .map(({ title }) => title.trim().replace(/\.$/, ''))
      .join('; ');
  const lines = [
    ['For', named('for')],
    ['Against (not so at present)', named('against')],
    ['No data', named('no data')],
    ['Counted as not true for want of data', alert.withoutData.join('; ')],
  ];
  return lines.filter(([, titles]) => titles !== '').map(([side, titles]) => `${side}: ${titles}.`);
}

function definitionLines(alert: Alert): readonly string[] {
  const { definition } = alert;
  const { words } = definition;
  const lines = [`It is true when ${words.condition}.`, `Condition: ${definition.expression}`];
  if (definition.measure !== null && !definition.expression.startsWith(definition.measure)) {
    lines.push(`Measure: ${definition.measure}`);
  }
  if (alert.value !== null && alert.threshold !== null && definition.threshold !== null) {
    lines.push(`Value ${reading(alert)}, threshold ${measured(alert, alert.threshold)}.`);
  }
  for (const { id, name, standsFor } of definition.instruments) {
    if (standsFor !== null)
      lines.push(`${id} (${name}) stands for ${standsFor}; fund and index may count differently.`);
    else if (name !== id) lines.push(`${id}: ${name}.`);
  }
  lines.push('Returns are price returns: dividends are not counted.');
  lines.push(`Rule ${alert.rule}, version ${definition.version}.`);
  return lines;
}

function endingSentences(alert: Alert): readonly string[] {
  if (alert.episode === null || alert.kind === 'resolved') return [];
  const { keepFiring, words, resolvesWhen, expression } = alert.definition;
  const sentence =
    keepFiring === 0
      ? `The first session on which ${words.resolvesWhen}.`
      : `More than ${keepFiring} ${keepFiring === 1 ? 'session' : 'sessions'} running on which ${words.resolvesWhen}.`;
  // That it is true no longer needs no second formula; words that are the formula need none either.
  const known = [words.resolvesWhen, `not ${expression}`, `not (${expression})`];
  return known.includes(resolvesWhen) ? [sentence] : [sentence, `(${resolvesWhen})`];
}

function dataLines(alert: Alert): readonly string[] {
  const { sources } = alert.definition;
  return [
    `As known at the close of ${longDate(alert.session)}.`,
    ...(sources.length === 0 ? [] : [`Read from ${sources.join('; ')}.`]),
    ...alert.inputs.map(inputLine),
  ];
}

function inputLine({ input, asOf, status, coverage }: InputFreshness): string {
  if (coverage !== null) {
    const enough = status === 'missing' ? ', too few to judge' : '';
    return `${input}: ${coverage.have} of ${coverage.of} members have a value${enough}.`;
  }
  if (asOf === null)
    return status === 'held' ? `${input}: held back until somebody looks.` : `${input}: no value yet.`;
  switch (status) {
    case 'fresh':
      return `${input}: of the session itself.`;
    case 'carried':
      return `${input}: last value of ${longDate(asOf)}.`;
    case 'stale':
      return `${input}: last value of ${longDate(asOf)}, too old to use.`;
    case 'missing':
      return `${input}: missing on the session; last value of ${longDate(asOf)}.`;
    case 'held':
      return `${input}: held back until somebody looks; last value of ${longDate(asOf)}.`;
  }
}

/** The parts of a body that a digest repeats for each alert: what happened, how unusual, how close. */
export function digestEntry(alert: Alert): string {
  const { first, after } = openingOf(alert);
  const facts = [...after, ...precedentSentences(alert), ...marginSentences(alert)];
  return [wrap(capitalised(first)), wrap(facts.join(' '))].filter((part) => part !== '').join('\n');
}
