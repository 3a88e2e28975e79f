import { shortDate } from '../../shared/alerts/message/dates.ts';
import { counted } from '../../shared/alerts/message/numbers.ts';
import type { Instant, Session } from '../../shared/calendar/calendar.ts';
import { newYorkText } from '../runtime/timetable.ts';
import type { StartOutput } from './start.ts';

/** What the service says of itself once it stands. */
export interface Standing {
  /** Where the console is; null where none is served. */
  readonly address: string | null;
  /** The newest date stored; null where nothing is. */
  readonly dataAsOf: string | null;
  /** The last session evaluated; null before the first one that is no history. */
  readonly evaluated: Session | null;
  readonly rules: number;
  readonly alerts: number;
  /** Messages published so far. */
  readonly published: number;
  /** Where the sample's clock stands; null on real data. */
  readonly standsAt: Instant | null;
  /** When it wakes next; null where its schedules rest. */
  readonly next: Instant | null;
  readonly outbox: string;
  /** The mail server that e-mails also go through; null where nothing leaves the machine. */
  readonly relay: string | null;
  /** What verbs add to act on this data directory; empty for the default one. */
  readonly flag: string;
}

/** The service in a few lines: where it is looked at first. */
export function bannerLines(standing: Standing, { paint }: Pick<StartOutput, 'paint'>): readonly string[] {
  const { address, dataAsOf, evaluated, rules, alerts, published, standsAt, next, outbox, flag } = standing;
  const asOf = dataAsOf === null ? 'nothing is stored yet' : shortDate(dataAsOf);
  const rows: readonly (readonly [string, string])[] = [
    ...(address === null ? [] : ([['Console', address]] as const)),
    ['Data as of', `${asOf}${standsAt === null || dataAsOf === null ? '' : ' (sample)'}`],
    ['Rules', `${counted(rules, 'rule')}, ${evaluatedText(evaluated)}`],
    ['Next run', next === null ? restsText(standsAt) : newYorkText(next)],
    ['Alerts', `${counted(alerts, 'alert')} recorded, ${counted(published, 'message')} published`],
    ['Outbox', `${outbox}: every message as a file; ${leavesText(standing)}`],
    ['To try', `npx tidemark alerts${flag}`],
    ['', `npx tidemark subscribe --email you@example.com --rules 'small-cap-*'${flag}`],
    ['', `npx tidemark doctor${flag}`],
  ];
  return [
    '',
    paint('bold', 'The service'),
    ...rows.map(([label, text]) => `  ${paint('cyan', label.padEnd(10))}  ${text}`),
  ];
}

function leavesText({ relay }: Standing): string {
  return relay === null ? 'nothing leaves this machine' : `e-mails also go out through ${relay}`;
}

function evaluatedText(evaluated: Session | null): string {
  return evaluated === null
    ? 'live from the next session to finish'
    : `evaluated up to ${shortDate(evaluated)}`;
}

function restsText(standsAt: Instant | null): string {
  return standsAt === null ? 'none' : `none: the sample's clock stands at ${newYorkText(standsAt)}`;
}
