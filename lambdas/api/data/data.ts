import { seriesOf } from '../../../shared/acceptance/candidate.ts';
import type * as z from 'zod/mini';
import type { heldView } from '../../../shared/api/data.ts';
import type { Instant } from '../../../shared/calendar/calendar.ts';
import { success } from '../../../shared/result.ts';
import type { FieldUnit, Market } from '../../../shared/series/market.ts';
import { type HeldValue, listHeld } from '../../../shared/service/held.ts';
import { readProgress, readSession } from '../../../shared/service/progress.ts';
import type { ApiGround } from '../ground.ts';
import type { Handler } from '../handler.ts';
import { dataNow } from './data-now.ts';
import { storedMarket } from './market.ts';
import { namedSeries } from './series.ts';

/** Sessions whose gaps are told. */
const GAPS = 10;

/** Freshness, gaps, held values, providers. */
export const data: Handler<'data'> = async ({ ground, now }) => {
  const { market } = await storedMarket(ground);
  const [standing, { inputs }, held, providers, stored, gaps] = await Promise.all([
    dataNow(ground, now),
    ground.health(),
    listHeld(ground.records),
    ground.providers(),
    ground.observations.catalog(),
    gapsOf(ground, now),
  ]);
  return success({
    ...standing,
    inputs: inputs.map((one) => ({ ...one })),
    held: held.filter(({ state }) => state === 'held').map((one) => heldOf(market, one)),
    providers: [...providers],
    series: stored.map(({ id, first, last }) => {
      const named = namedSeries(market, id);
      return { id, first, last, title: named?.title ?? id, unit: named?.unit ?? null };
    }),
    gaps,
  });
};

function heldOf(market: Market, { id, candidate, reason, detail }: HeldValue): z.infer<typeof heldView> {
  const { instrument, field, date, value, source, firstSeen } = candidate;
  const unit = market.instruments.get(instrument)?.fields.get(field)?.unit;
  const series = seriesOf(candidate);
  return {
    ...{ id, series, date, value, valueText: written(value, unit) },
    source,
    reason,
    detail,
    firstSeen,
  };
}

/** A value in the unit it is written in. */
function written(value: number, unit: FieldUnit | undefined): string {
  if (unit === 'percent') return `${value}%`;
  if (unit === 'bp') return `${value} bp`;
  return unit === 'multiple' ? `${value}\u00d7` : String(value);
}

/** Of the last sessions that were given to evaluation, those that lacked something, newest first. */
async function gapsOf(
  { records, calendar }: ApiGround,
  now: Instant,
): Promise<{ readonly session: string; missing: string[] }[]> {
  const progress = await readProgress(records);
  const last = progress?.released ?? calendar.lastFinished(now);
  if (last === undefined) return [];
  const end = calendar.onOrBefore(last) + 1;
  const sessions = calendar.sessions.slice(Math.max(end - GAPS, 0), end).toReversed();
  const kept = await Promise.all(sessions.map((session) => readSession(records, session)));
  return kept.flatMap((one) =>
    one === null || one.missing.length === 0 ? [] : [{ session: one.session, missing: [...one.missing] }],
  );
}
