import type { Alert } from '../alert.ts';
import { longDate, shortDate } from '../message/dates.ts';
import { counted, measured } from '../message/numbers.ts';
import type { Line } from './line.ts';

/** What the picture shows, for who cannot see it: from when to when, where it ends, the threshold, how often it was so. */
export function pictureWords(alert: Alert, line: Line): string {
  const { words, measure } = alert.definition;
  const [first, last] = [line.sessions[0], line.sessions.at(-1)];
  if (first === undefined || last === undefined) return '';
  const known = line.values.filter((value) => value !== null);
  const what = words.measure ?? measure ?? 'the measure';
  const limit = line.threshold === null ? '' : `, threshold ${measured(alert, line.threshold)}`;
  const range =
    known.length === 0
      ? 'without any value'
      : `between ${measured(alert, Math.min(...known))} and ${measured(alert, Math.max(...known))}, ending at ${measured(alert, line.values.at(-1) ?? null)}`;
  return `Line of ${what} on ${counted(line.sessions.length, 'session')} from ${longDate(first)} to ${longDate(last)}, ${range}${limit}; ${counted(line.episodes.length, 'episode')} shaded.`;
}

/** The two ends of the picture, and what its parts are: stands under it, since the picture holds no text. */
export interface Caption {
  readonly from: string;
  readonly to: string;
  readonly key: string;
}

/** The caption of a picture. */
export function captionOf(alert: Alert, line: Line): Caption {
  const limit = line.threshold === null ? [] : [`dashed: ${measured(alert, line.threshold)}`];
  const shaded = line.episodes.length === 0 ? [] : ['shaded: it was so'];
  return {
    from: shortDate(line.sessions[0] ?? alert.session),
    to: shortDate(line.sessions.at(-1) ?? alert.session),
    key: [...limit, ...shaded].join(' \u00b7 '),
  };
}
