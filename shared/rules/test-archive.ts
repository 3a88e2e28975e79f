import type { Calendar } from '../calendar/calendar.ts';
import { failure, type Result, success } from '../result.ts';
import { type Archive, createArchiveBuilder } from '../series/archive.ts';
import { withMembersPriced, withUndeclared } from '../series/declare.ts';
import type { Market } from '../series/market.ts';
import type { RuleTest } from './load-tests.ts';

/**
 * What a test knows, as if it had been imported. Instruments that the market does not declare are added as priced
 * ones; a field that is not declared, or a price on no session, is an error.
 */
export function archiveOfTest(test: RuleTest, market: Market, calendar: Calendar): Result<Archive, string> {
  const members = test.memberships.map(({ instrument }) => instrument);
  const named = test.values.map(({ series }) => splitId(series).instrument);
  const full = withUndeclared(withMembersPriced(market, members), named);
  // Every value is the first of its key, so it is known from its own session on whatever the time of import.
  const builder = createArchiveBuilder({ market: full, calendar, now: 0 });
  const errors: string[] = [];
  for (const { series, date, value } of test.values) {
    const { instrument, field } = splitId(series);
    const kind = full.instruments.get(instrument)?.fields.get(field)?.kind;
    if (kind === undefined) errors.push(`${series} is not declared`);
    else if (kind === 'price' && calendar.ordinal(date) === undefined) {
      errors.push(`${series} has a value on ${date}, which is no session`);
    } else if (field === 'close' && value <= 0) {
      errors.push(`${series} is ${value} on ${date}: a price is above zero`);
    } else builder.add({ instrument, field, date, value });
  }
  for (const span of test.memberships) builder.addMembership(span);
  return errors.length > 0 ? failure(...new Set(errors)) : success(builder.build());
}

function splitId(series: string): { readonly instrument: string; readonly field: string } {
  const dot = series.lastIndexOf('.');
  return { instrument: series.slice(0, dot), field: series.slice(dot + 1) };
}
