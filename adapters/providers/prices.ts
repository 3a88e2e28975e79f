import type { Session } from '../../shared/calendar/calendar.ts';
import { isDate } from '../../shared/calendar/date.ts';
import type {
  AcceptedValue,
  AnswerContext,
  AnswerKind,
  ProviderAnswer,
  RefusalReason,
  RefusedValue,
} from './answer.ts';
import { newYorkDate } from './new-york-date.ts';
import { resolveDuplicates } from './price-duplicates.ts';
import type { GoodRow, PriceReading, PriceRow } from './price-row.ts';
import { holdSuspicious } from './price-sequence.ts';
import { isSplit } from './splits.ts';
import { isSymbol } from './symbols.ts';

const MINUTE_MS = 60_000;
/** Dollars a close can be: nothing trades below a hundredth of a cent, and no share has cost a million. */
const LOWEST_PRICE = 1e-4;
const HIGHEST_PRICE = 1e7;

/**
 * Judges rows one by one, so that a bad one loses no good one: a close is finite and above zero, on a finished session
 * that has settled, of an instrument that was asked for, told once, and not in the shape of a split nobody tells of.
 */
export function acceptPrices(
  rows: readonly PriceRow[],
  context: AnswerContext,
  reading: PriceReading,
): ProviderAnswer {
  const refused: RefusedValue[] = [];
  const refuse = (row: PriceRow, reason: RefusalReason, detail: string): void => {
    const session = row.date === null ? {} : { session: row.date };
    refused.push({ reason, detail, instrument: row.instrument, field: 'close', ...session });
  };
  const wanted = context.symbols === undefined ? undefined : new Set(context.symbols);
  const onDate = rememberedFaults(context, reading);
  const good = rows.flatMap((row): GoodRow[] => {
    const fault = instrumentFault(row, wanted) ?? onDate(row.date) ?? closeFault(row) ?? splitFault(row);
    if (fault === null) return [row as GoodRow];
    refuse(row, ...fault);
    return [];
  });
  const single = resolveDuplicates(good, reading, refuse);
  const kept = holdSuspicious(single, context, refuse);
  const accepted = kept.flatMap(valuesOf);
  const absent = absentSymbols(rows, context);
  refused.push(...absent);
  const detail = strangeness(rows, wanted);
  if (detail !== null) return { kind: 'schema', detail, accepted, refused };
  return { kind: kindOf({ rows, accepted, refused }, context, reading), detail: '', accepted, refused };
}

/** Why rows are none of this question: a day that is missing looks otherwise. Null where any of them could be. */
function strangeness(rows: readonly PriceRow[], wanted: ReadonlySet<string> | undefined): string | null {
  if (rows.length === 0) return null;
  const own = rows.filter((row) => instrumentFault(row, wanted) === null);
  if (own.length === 0) return 'the rows are about symbols that were not asked for';
  return own.some(({ date }) => date !== null && isDate(date)) ? null : 'no row has a readable date';
}

/** Whether a session's row is final by now. */
export function isSettled(
  session: Session,
  { calendar, now }: Pick<AnswerContext, 'calendar' | 'now'>,
  { settleMinutes }: PriceReading,
): boolean {
  return now >= calendar.close(session) + settleMinutes * MINUTE_MS;
}

type Fault = readonly [RefusalReason, string];

function instrumentFault({ instrument }: PriceRow, wanted: ReadonlySet<string> | undefined): Fault | null {
  if (!isSymbol(instrument)) return ['wrong_symbol', 'this is no symbol'];
  if (wanted === undefined || wanted.has(instrument)) return null;
  return ['wrong_symbol', `${instrument} was not asked for`];
}

/** What is wrong with a date; thousands of rows share one. */
function rememberedFaults(
  context: AnswerContext,
  reading: PriceReading,
): (date: string | null) => Fault | null {
  const known = new Map<string | null, Fault | null>();
  return (date) => {
    const found = known.get(date);
    if (found !== undefined) return found;
    const fault = dateFault(date, context, reading);
    known.set(date, fault);
    return fault;
  };
}

function dateFault(date: string | null, context: AnswerContext, reading: PriceReading): Fault | null {
  const { calendar, now, session } = context;
  if (date === null || !isDate(date)) return ['bad_date', 'the row has no readable date'];
  if (!calendar.covers(date) || calendar.ordinal(date) === undefined) {
    return ['no_session', `${date} is no session`];
  }
  if (date > (newYorkDate(now) ?? '')) return ['future', `${date} has not come yet`];
  if (!isSettled(date, context, reading)) {
    return ['partial_bar', `${date} is final only ${reading.settleMinutes} minutes after its close`];
  }
  if (session !== undefined && date > session) {
    return ['wrong_session', `${date} is after ${session}, the last session asked for`];
  }
  return null;
}

function closeFault({ close, volume }: PriceRow): Fault | null {
  if (close === null || close === undefined || close === '') return ['missing', 'the row has no close'];
  if (typeof close !== 'number' || !Number.isFinite(close)) {
    return ['not_a_number', 'the close is no finite number'];
  }
  if (close <= 0) return ['not_positive', `a close of ${close} is not above zero`];
  if (close < LOWEST_PRICE || close > HIGHEST_PRICE) {
    return ['out_of_range', `a close of ${close} is beyond any price`];
  }
  if (volume === 0) return ['zero_volume', 'nothing was traded, so nothing closed'];
  return null;
}

/** A close whose split nobody can read stands on a basis nobody knows. */
function splitFault({ split }: PriceRow): Fault | null {
  if (split === undefined || split === 1 || isSplit(split)) return null;
  if (typeof split !== 'number' || !Number.isFinite(split)) {
    return ['not_a_number', 'the factor of a split is no finite number'];
  }
  return ['out_of_range', `${split} new shares for each old one are no split`];
}

function valuesOf(row: GoodRow): AcceptedValue[] {
  const { instrument, date: session, close, split } = row;
  const value: AcceptedValue = { instrument, field: 'close', session, value: close };
  return isSplit(split) ? [value, { instrument, field: 'split', session, value: split }] : [value];
}

/** Symbols that were asked for and that no row names. */
function absentSymbols(rows: readonly PriceRow[], { symbols, session }: AnswerContext): RefusedValue[] {
  const named = new Set(rows.map(({ instrument }) => instrument));
  return (symbols ?? [])
    .filter((symbol) => !named.has(symbol))
    .map((instrument) => ({
      reason: 'missing_day',
      detail: `the answer has no row of ${instrument}`,
      instrument,
      field: 'close',
      ...(session === undefined ? {} : { session }),
    }));
}

interface Outcome {
  readonly rows: readonly PriceRow[];
  readonly accepted: readonly AcceptedValue[];
  readonly refused: readonly RefusedValue[];
}

/** What the answer amounts to for the session asked for, else for the newest one it speaks of. */
function kindOf(
  { rows, accepted, refused }: Outcome,
  context: AnswerContext,
  reading: PriceReading,
): AnswerKind {
  if (refused.some(({ reason }) => reason === 'suspected_split')) return 'schema';
  const { calendar, session } = context;
  const newest = session ?? newestOf(rows);
  if (newest === undefined) return 'missing_day';
  if (accepted.some((value) => value.session === newest)) return 'ok';
  if (!calendar.covers(newest) || calendar.ordinal(newest) === undefined) {
    return session === undefined && accepted.length > 0 ? 'ok' : 'no_session';
  }
  if (!isSettled(newest, context, reading)) {
    return session === undefined && accepted.length > 0 ? 'ok' : 'not_yet';
  }
  const reasons = refused.filter((value) => value.session === newest).map(({ reason }) => reason);
  const odd: readonly RefusalReason[] = ['not_a_number', 'out_of_range', 'duplicate'];
  if (reasons.some((reason) => odd.includes(reason))) return 'schema';
  return 'missing_day';
}

function newestOf(rows: readonly PriceRow[]): string | undefined {
  let newest: string | undefined;
  for (const { date } of rows) {
    if (date !== null && isDate(date) && (newest === undefined || date > newest)) newest = date;
  }
  return newest;
}
