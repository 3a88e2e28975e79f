import { dayOf } from '../../../shared/calendar/date.ts';
import type { ObservationBatch } from '../../../shared/ports/observations.ts';
import type { SourceAnswer } from '../../../shared/ports/source.ts';
import { growRows } from '../../../shared/series/rows.ts';
import type { AcceptedValue } from '../answer.ts';
import { isLasting, type LegAnswer } from './price-leg.ts';

const MOST_FINDINGS = 12;
/** What a run lacks is counted elsewhere, and what is not out yet is no news. */
const ROUTINE: ReadonlySet<string> = new Set([
  ...['missing', 'missing_day', 'partial_bar', 'future', 'wrong_session', 'not_yet', 'no_session'],
]);

/** What a provider gave as a source says it: values in one batch, faults in lines, and whether to ask again later. */
export function answerOf(provider: string, answer: LegAnswer): SourceAnswer {
  const { accepted, troubles } = answer;
  const failed = troubles.find((trouble) => isLasting(trouble) && trouble.kind !== 'entitlement');
  return {
    batches: accepted.length === 0 ? [] : [batchOf(accepted, provider)],
    findings: findingsOf(provider, answer),
    ...(failed === undefined ? {} : { failed: `${failed.kind}: ${failed.detail}` }),
  };
}

/** Values of one source as a store takes them, oldest first. */
function batchOf(values: readonly AcceptedValue[], source: string): ObservationBatch {
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
  return { series, memberships: [], source };
}

/** What went wrong, in lines for a reader. */
function findingsOf(provider: string, { troubles, refused }: LegAnswer): string[] {
  const said = troubles
    .filter(({ kind }) => !ROUTINE.has(kind) && kind !== 'unknown_symbol')
    .map(({ kind, detail }) => `${provider}: ${kind}${detail === '' ? '' : `: ${detail}`}`);
  const odd = refused
    .filter(({ reason }) => !ROUTINE.has(reason))
    .map(({ reason, detail, instrument = '', session = '' }) =>
      [`${provider}: ${reason}`, instrument, session, detail].filter((part) => part !== '').join(' '),
    );
  const lines = [...new Set([...said, ...odd])];
  const more = lines.length - MOST_FINDINGS;
  return more > 0 ? [...lines.slice(0, MOST_FINDINGS), `${provider}: and ${more} more`] : lines;
}
