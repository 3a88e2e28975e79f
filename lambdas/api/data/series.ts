import { round12 } from '../../../shared/alerts/round.ts';
import { failure, success } from '../../../shared/result.ts';
import type { Market } from '../../../shared/series/market.ts';
import { snapshotOf } from '../../../shared/series/snapshot-of.ts';
import { openArchive } from '../../../shared/service/open-archive.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';
import { storedMarket } from './market.ts';

/** A series as people read it: `IWM.close` is "iShares Russell 2000 ETF, close"; null where it is not declared. */
export function seriesTitle(
  market: Market,
  id: string,
): { readonly title: string; readonly unit: string } | null {
  const dot = id.lastIndexOf('.');
  const instrument = market.instruments.get(id.slice(0, dot));
  const field = instrument?.fields.get(id.slice(dot + 1));
  if (instrument === undefined || field === undefined) return null;
  return { title: `${instrument.name}, ${id.slice(dot + 1)}`, unit: field.unit };
}

/**
 * The values of one series per session as known now, closes on the basis of the latest split, a level carried forward
 * until it is replaced or stale. Without a field an instrument stands for its closes.
 */
export const series: Handler<'series'> = async ({ ground, params, query: { from, to }, now }) => {
  const { observations, calendar } = ground;
  const id = params.id.includes('.') && !params.id.endsWith('.') ? params.id : `${params.id}.close`;
  const stored = await storedMarket(ground);
  const named = seriesTitle(stored.market, id);
  if (named === null) return failure(notFound(`${id} is not declared: expected INSTRUMENT.field`));
  const split = id.endsWith('.close') ? [`${id.slice(0, -'.close'.length)}.split`] : [];
  const wanted = { series: [id, ...split], from: calendar.first, calendar, now };
  const archive = await openArchive(observations, stored, wanted);
  const { sessions, ...snapshot } = snapshotOf(archive, Number.POSITIVE_INFINITY);
  const { values } = snapshot.latest(id);
  const kept = sessions.flatMap((session, index) =>
    (from === undefined || session >= from) && (to === undefined || session <= to)
      ? [{ session, value: round12(values[index] ?? null) }]
      : [],
  );
  return success({
    ...{ id, ...named },
    values: { sessions: kept.map(({ session }) => session), values: kept.map(({ value }) => value) },
  });
};
