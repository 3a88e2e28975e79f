import type { Instant, Session } from '../../../shared/calendar/calendar.ts';
import { dayOf } from '../../../shared/calendar/date.ts';
import type { Access } from '../access.ts';
import type { ProviderRequest } from '../answer.ts';
import { dashedSymbol } from '../symbols.ts';

export interface YahooNeed {
  readonly symbol: string;
  readonly from: Session;
  readonly now: Instant;
}

const DAY_SECONDS = 86_400;

/** Asks for one symbol's chart up to now: closes are on today's basis, so every split since must be in the answer. */
export function yahooRequest(
  { symbol, from, now }: YahooNeed,
  { address, headers }: Access,
): ProviderRequest {
  const query = new URLSearchParams({
    interval: '1d',
    period1: String(dayOf(from) * DAY_SECONDS),
    period2: String(Math.floor(now / 1000)),
    includePrePost: 'false',
    events: 'div|split',
  });
  const ticker = encodeURIComponent(dashedSymbol(symbol));
  return { url: `${address}/v8/finance/chart/${ticker}?${query.toString()}`, headers };
}
