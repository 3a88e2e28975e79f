import type { Calendar, Instant } from '../calendar/calendar.ts';
import { dayOf } from '../calendar/date.ts';
import type { ObservationStore } from '../ports/observations.ts';
import type { Market } from '../series/market.ts';
import type { MergeCounts } from '../series/merge-rows.ts';
import { growRows } from '../series/rows.ts';
import type { SeriesId } from '../series/snapshot.ts';

/** One value that somebody enters by hand, in the unit the field is written in. */
export interface ManualObservation {
  readonly series: SeriesId;
  readonly date: string;
  readonly value: number;
  /** Where it is from, as the person says. */
  readonly source: string;
}

/** How entering a value ended. */
export type ObserveOutcome =
  | { readonly kind: 'stored'; readonly counts: MergeCounts }
  | { readonly kind: 'refused'; readonly reason: string };

/** What entering a value stands on. */
export interface ObserveGround {
  readonly observations: ObservationStore;
  readonly market: Market;
  readonly calendar: Calendar;
  readonly now: Instant;
}

/** Stores one value entered by hand, checked as an import checks its cells; a value already stored is revised. */
export async function observe(
  ground: ObserveGround,
  observation: ManualObservation,
): Promise<ObserveOutcome> {
  const reason = reasonToRefuse(ground, observation);
  if (reason !== null) return { kind: 'refused', reason };
  const { series, date, value, source } = observation;
  const dot = series.lastIndexOf('.');
  const rows = growRows();
  rows.append(dayOf(date), value, Number.NaN);
  const batch = {
    series: [{ instrument: series.slice(0, dot), field: series.slice(dot + 1), rows }],
    memberships: [],
    source: `manual: ${source}`,
  };
  return { kind: 'stored', counts: await ground.observations.record(batch, ground.now) };
}

function reasonToRefuse(
  { market, calendar, now }: ObserveGround,
  { series, date, value, source }: ManualObservation,
): string | null {
  const dot = series.lastIndexOf('.');
  const field = market.instruments.get(series.slice(0, dot))?.fields.get(series.slice(dot + 1));
  if (field === undefined) return `${series} is not declared: expected INSTRUMENT.field of the market file`;
  if (source.trim() === '') return 'expected a source';
  if (!Number.isFinite(value)) return `${value} is no finite number`;
  if (!calendar.covers(date)) return `${date} is no date from ${calendar.first} to ${calendar.last}`;
  if (field.kind === 'price' && calendar.ordinal(date) === undefined) return `${date} is no session`;
  if (field.unit === 'price' && value <= 0) return `a price must be above 0, found ${value}`;
  const last = calendar.lastFinished(now) ?? '';
  if (field.kind === 'price' && date > last) return `the session of ${date} has not finished`;
  return null;
}
