import type { Session } from '../../../shared/calendar/calendar.ts';
import type { Access } from '../access.ts';
import type { ProviderRequest } from '../answer.ts';
import { dashedSymbol } from '../symbols.ts';

export interface TiingoNeed {
  readonly symbol: string;
  readonly from: Session;
  readonly to: Session;
}

/** Asks for one symbol's daily prices. */
export function tiingoRequest(
  { symbol, from, to }: TiingoNeed,
  { address, headers }: Access,
): ProviderRequest {
  const query = new URLSearchParams({ startDate: from, endDate: to, format: 'json' });
  const ticker = encodeURIComponent(dashedSymbol(symbol));
  return { url: `${address}/tiingo/daily/${ticker}/prices?${query.toString()}`, headers };
}
