import { dayOf } from '../../../shared/calendar/date.ts';
import type { ObservationBatch } from '../../../shared/ports/observations.ts';
import { growRows } from '../../../shared/series/rows.ts';
import type { AcceptedValue } from '../answer.ts';
import type { LegAnswer } from './price-leg.ts';

const MOST_FINDINGS = 12;

/** Values of one source as a store takes them, oldest first. */
export function batchOf(
  values: readonly AcceptedValue[],
  source: string,
  memberships: ObservationBatch['memberships'] = [],
): ObservationBatch {
  const bySeries = Map.groupBy(values, ({ instrument, field }) => `${instrument}.${field}`);
  const series = [...bySeries.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const rows = growRows();
    for (const { session, value } of group.toSorted((a, b) => (a.session < b.session ? -1 : 1))) {
      rows.append(dayOf(session), value, Number.NaN);
    }
    return [{ instrument: first.instrument, field: first.field, rows }];
  });
  return { series, memberships, source };
}

/** What went wrong, in lines for a reader: what is lacking is told by whoever counts it. */
export function findingsOf(provider: string, { troubles, refused }: Omit<LegAnswer, 'accepted'>): string[] {
  const said = troubles.map(
    ({ kind, detail }) => `${provider}: ${kind}${detail === '' ? '' : `: ${detail}`}`,
  );
  const routine: ReadonlySet<string> = new Set([
    'missing',
    'missing_day',
    'partial_bar',
    'future',
    'wrong_session',
  ]);
  const odd = refused
    .filter(({ reason }) => !routine.has(reason))
    .map(({ reason, detail, instrument = '', session = '' }) =>
      [`${provider}: ${reason}`, instrument, session, detail].filter((part) => part !== '').join(' '),
    );
  const shown = odd.slice(0, MOST_FINDINGS);
  return [
    ...said,
    ...shown,
    ...(odd.length > shown.length ? [`${provider}: and ${odd.length - shown.length} more`] : []),
  ];
}
