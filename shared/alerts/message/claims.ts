import type { Alert, Precedent } from '../alert.ts';
import { endsPeriodBefore, longDate, monthAndYear, shortDate, shortMonthAndYear } from './dates.ts';
import { grouped, measured } from './numbers.ts';

/** How the measure compares: `as long`, `longer`, `longest`. */
interface Comparatives {
  readonly as: string;
  readonly more: string;
  readonly most: string;
}

/** The words of comparison for the alert's measure and direction. */
export function comparatives({ definition }: Alert): Comparatives {
  const up = definition.direction === 'up';
  if (definition.words.counts !== null) {
    return up
      ? { as: 'as long', more: 'longer', most: 'longest' }
      : { as: 'as short', more: 'shorter', most: 'shortest' };
  }
  return up
    ? { as: 'as high', more: 'higher', most: 'highest' }
    : { as: 'as low', more: 'lower', most: 'lowest' };
}

/**
 * The record claim in a few words, the fullest wording first: `longest since 9 Feb 2021 (ties 15 Sep 2022)`, then
 * `as long as on 15 Sep 2022`. Of an episode past its peak it speaks of the peak. Empty without a precedent.
 */
export function shortClaims(alert: Alert): readonly string[] {
  const { precedent, peak } = alert;
  if (precedent === null) return [];
  const past = peak !== null && peak !== alert.value ? `peak ${measured(alert, peak)}` : '';
  return wordings(alert, precedent).map((wording) => (past === '' ? wording : `${past}: ${wording}`));
}

function wordings(alert: Alert, { atLeast, higher, dataSince }: Precedent): readonly string[] {
  const { as, most } = comparatives(alert);
  const known = dataSince !== null && !countsSigns(alert);
  const start = known ? ` since data starts in ${shortMonthAndYear(dataSince)}` : ' in our data';
  if (atLeast === null) return [`${most}${start}`, `${most} in our data`];
  if (higher === null) {
    return [`ties the ${most}${start} (${shortDate(atLeast)})`, `ties the ${most} in our data`];
  }
  const { restarts } = alert.definition.words;
  if (restarts !== null && endsPeriodBefore(higher, alert.session, restarts)) {
    return [`${most} so far this ${restarts}`];
  }
  const since = `${most} since ${shortDate(higher)}`;
  return atLeast === higher
    ? [since]
    : [`${since} (ties ${shortDate(atLeast)})`, `${as} as on ${shortDate(atLeast)}`];
}

/** How unusual the episode is, in whole sentences: since when, ties, since when the data goes back, and its rank. */
export function precedentSentences(alert: Alert): readonly string[] {
  const { precedent } = alert;
  if (precedent === null) return [];
  return [
    ...furthest(alert),
    sinceWhen(alert, precedent),
    ...restart(alert, precedent),
    ...dataStart(precedent),
    ...unknownSigns(alert),
    ...rank(precedent),
  ];
}

function countsSigns({ definition }: Alert): boolean {
  return definition.words.tally?.noun === 'sign';
}

/** A count of signs has a value before all of them have: an earlier one may be low for want of data. */
function unknownSigns(alert: Alert): readonly string[] {
  return countsSigns(alert)
    ? ['A sign without data counts as not given, so counts from before all of them had data may be too low.']
    : [];
}

function furthest(alert: Alert): readonly string[] {
  if (alert.peak === null || alert.peak === alert.value) return [];
  return [`This is judged by the furthest value of the episode so far, ${measured(alert, alert.peak)}.`];
}

function sinceWhen(alert: Alert, { atLeast, higher, dataSince }: Precedent): string {
  const { as, more, most } = comparatives(alert);
  const what = alert.definition.words.counts === null ? 'It' : 'The run';
  const start = dataSince === null ? '' : ` since our data starts in ${monthAndYear(dataSince)}`;
  const first = dataSince === null ? '' : ` (first value: ${longDate(dataSince)})`;
  if (atLeast === null) return `${what} is the ${most}${start}${first}.`;
  if (higher === null) {
    return `${what} was last ${as} on ${longDate(atLeast)}, which it ties, and never ${more}${start}${first}.`;
  }
  if (atLeast === higher) {
    return `${what} is the ${most} since ${longDate(higher)}, when it was ${more}.`;
  }
  return `${what} was last ${as} on ${longDate(atLeast)}, which it ties, and last ${more} on ${longDate(higher)}.`;
}

/** Since when there is data, where the claim itself does not say it. */
function dataStart({ higher, dataSince }: Precedent): readonly string[] {
  return higher === null ? [] : [`Our data starts in ${monthAndYear(dataSince ?? higher)}.`];
}

const BEGINNING = { year: 'January', quarter: 'quarter', month: 'month' } as const;

/** Where a measure starts again and its precedent is from just before that, the date says little, and this says so. */
function restart(alert: Alert, { higher }: Precedent): readonly string[] {
  const { restarts } = alert.definition.words;
  if (higher === null || restarts === null || !endsPeriodBefore(higher, alert.session, restarts)) return [];
  const { most } = comparatives(alert);
  return [
    `The figure starts again every ${BEGINNING[restarts]}, so this says no more than that it is the ${most} so far this ${restarts}.`,
  ];
}

function rank({ rank: place, of }: Precedent): readonly string[] {
  if (of === 1) return ['It is the first episode in our data.'];
  const further = place - 1;
  const ranked = `rank ${place} of ${of}`;
  if (of === 2)
    return [`The one earlier episode ${further === 0 ? 'did not go' : 'went'} further: ${ranked}.`];
  if (further === of - 1) {
    const all = further === 2 ? 'Both' : `All ${grouped(further)}`;
    return [`${all} earlier episodes went further: ${ranked}.`];
  }
  const count = further === 0 ? 'None' : grouped(further);
  return [`${count} of the ${grouped(of - 1)} earlier episodes went further: ${ranked}.`];
}
