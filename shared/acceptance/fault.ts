import type { Calendar, Instant } from '../calendar/calendar.ts';
import { dayOf, isDate } from '../calendar/date.ts';
import { newYorkClock } from '../calendar/new-york-time.ts';
import type { Field, Market } from '../series/market.ts';
import { type Candidate, type RefuseReason, seriesOf } from './candidate.ts';

const MINUTE_MS = 60_000;
const HIGHEST_PRICE = 1e7;
const HIGHEST_SPLIT = 1000;

/** Where a candidate is judged. */
export interface FaultGround {
  readonly market: Market;
  readonly calendar: Calendar;
  readonly now: Instant;
}

/** Why a candidate is not taken, in itself: reason code and a sentence. */
export type Fault = readonly [RefuseReason, string];

/** Why a value cannot be stored whatever else is known; null where nothing is wrong with it in itself. */
export function faultOf(candidate: Candidate, ground: FaultGround): Fault | null {
  const { instrument, field, date, value } = candidate;
  const definition = ground.market.instruments.get(instrument)?.fields.get(field);
  if (definition === undefined) return ['undeclared', `${seriesOf(candidate)} is not declared`];
  if (!isDate(date) || !ground.calendar.covers(date)) return ['no date', 'it bears no date of the calendar'];
  if (!Number.isFinite(value)) return ['not finite', `${value} is no finite number`];
  return rangeFault(candidate, definition) ?? dateFault(candidate, definition, ground);
}

function rangeFault({ field, value }: Candidate, { kind, unit }: Field): Fault | null {
  const positive = unit === 'price' || unit === 'multiple' || kind === 'price';
  if (positive && value <= 0) return ['not above zero', `${value} is not above zero`];
  if (unit === 'price' && value > HIGHEST_PRICE) return ['out of range', `${value} is beyond any price`];
  if (field !== 'split' || kind !== 'price') return null;
  if (value === 1) return ['no split', 'one new share for one old is no split'];
  if (value > HIGHEST_SPLIT || value < 1 / HIGHEST_SPLIT) {
    return ['out of range', `nobody splits shares ${value} for 1`];
  }
  return null;
}

function dateFault(candidate: Candidate, { kind }: Field, { calendar, now }: FaultGround): Fault | null {
  const { date, settleMinutes, field } = candidate;
  if (now < newYorkClock(Number(date.slice(0, 4)))(dayOf(date), 0))
    return ['future', `${date} has not come yet`];
  if (kind !== 'price') return null;
  if (calendar.ordinal(date) === undefined) return ['closed day', `${date} is no session`];
  // A split is announced before its session ends; it tells of no trade.
  const settled = field === 'split' ? 0 : settleMinutes * MINUTE_MS;
  if (now < calendar.close(date) + settled) {
    return ['running session', `${date} is final only ${settleMinutes} minutes after its close`];
  }
  return null;
}
