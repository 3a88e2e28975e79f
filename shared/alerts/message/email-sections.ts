import type { Alert, InputFreshness } from '../alert.ts';
import { longDate } from './dates.ts';
import { difference, measured, reading } from './numbers.ts';

/** How near the condition is to failing: the closest call of a streak, or the distance beyond the threshold. */
export function marginSentences(alert: Alert): readonly string[] {
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

/** What other rules say on the session, one line a side. */
export function evidenceLines(alert: Alert): readonly string[] {
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

/** What exactly is counted, and how. */
export function definitionLines(alert: Alert): readonly string[] {
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

/** What would end the episode; empty outside one. */
export function endingSentences(alert: Alert): readonly string[] {
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

/** What it was computed from, and how fresh that was. */
export function dataLines(alert: Alert): readonly string[] {
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
