import { round12 } from '../../../shared/alerts/round.ts';
import { insideUnit } from '../../../shared/expression/names.ts';
import type { Unit } from '../../../shared/expression/types.ts';
import { failure, success } from '../../../shared/result.ts';
import type { Kind, Market } from '../../../shared/series/market.ts';
import { snapshotOf } from '../../../shared/series/snapshot-of.ts';
import { openArchive } from '../../../shared/service/open-archive.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';
import { storedMarket } from './market.ts';

/** A series with its name for readers and the unit of its values inside expressions. */
export interface NamedSeries {
  readonly id: string;
  /** "iShares Russell 2000 ETF, close". */
  readonly title: string;
  readonly unit: Unit;
  readonly kind: Kind;
}

/** Names a series; an instrument alone stands for its closes. Null where nothing of the kind is declared. */
export function namedSeries(market: Market, text: string): NamedSeries | null {
  const dot = text.lastIndexOf('.');
  const named = fieldOf(market, text.slice(0, Math.max(dot, 0)), text.slice(dot + 1));
  return named ?? fieldOf(market, text, 'close');
}

function fieldOf(market: Market, instrument: string, field: string): NamedSeries | null {
  const found = market.instruments.get(instrument);
  const of = found?.fields.get(field);
  if (found === undefined || of === undefined) return null;
  const { kind, unit } = of;
  return { id: `${instrument}.${field}`, title: `${found.name}, ${field}`, unit: insideUnit(unit), kind };
}

/**
 * The values of one series per session as known now: closes on the basis of the latest split, a level carried forward
 * until it is replaced or stale, percent and basis points as ratios.
 */
export const series: Handler<'series'> = async ({ ground, params, query: { from, to }, now }) => {
  const { observations, calendar } = ground;
  const stored = await storedMarket(ground);
  const named = namedSeries(stored.market, params.id);
  if (named === null) return failure(notFound(`${params.id} is not declared: expected INSTRUMENT.field`));
  const { id, title, unit, kind } = named;
  const split = id.endsWith('.close') ? [`${id.slice(0, -'.close'.length)}.split`] : [];
  const wanted = { series: [id, ...split], from: calendar.first, calendar, now };
  const archive = await openArchive(observations, stored, wanted);
  // A level is in force after its last date; a price that is not there yet is not.
  const finished = kind === 'level' ? calendar.onOrBefore(calendar.lastFinished(now) ?? calendar.first) : -1;
  const least = finished - (archive.filled[0] ?? finished) + 1;
  const snapshot = snapshotOf(archive, Number.POSITIVE_INFINITY, Math.max(least, 0));
  const { values } = snapshot.latest(id);
  const kept = snapshot.sessions.flatMap((session, index) =>
    (from === undefined || session >= from) && (to === undefined || session <= to)
      ? [{ session, value: round12(values[index] ?? null) }]
      : [],
  );
  const line = { sessions: kept.map(({ session }) => session), values: kept.map(({ value }) => value) };
  return success({ id, title, unit, values: line });
};
