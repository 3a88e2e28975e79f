import type { Calendar, Instant } from '../../shared/calendar/calendar.ts';
import { type Archive, createArchiveBuilder } from '../../shared/series/archive.ts';
import { withUndeclared } from '../../shared/series/declare.ts';
import type { Market } from '../../shared/series/market.ts';
import type { Sample } from './sample.ts';

/** What alerts say of where the sample's values came from. */
export const SAMPLE_SOURCES = ['the sample that Tidemark made up'] as const;

/** What a sample is stored on. */
interface Ground {
  readonly market: Market;
  readonly calendar: Calendar;
  readonly now: Instant;
}

/**
 * Stores a sample as an import would. Fields that the market does not declare are left out: a market of one's own need
 * not know them all.
 */
export function archiveSample(sample: Sample, { market, calendar, now }: Ground): Archive {
  const members = sample.membership.map(({ symbol }) => symbol);
  const declared = withUndeclared(market, members);
  const builder = createArchiveBuilder({ market: declared, calendar, now, sources: SAMPLE_SOURCES });
  for (const { instrument, field, values } of sample.fields) {
    if (declared.instruments.get(instrument)?.fields.has(field) !== true) continue;
    for (const [date, value] of values) builder.add({ instrument, field, date, value });
  }
  for (const { symbol, from, to } of sample.membership) {
    builder.addMembership({ universe: 'SP500_MEMBERS', instrument: symbol, from, to });
  }
  return builder.build();
}
