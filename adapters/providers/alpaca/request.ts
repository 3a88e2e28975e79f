import type { Instant, Session } from '../../../shared/calendar/calendar.ts';
import type { Access } from '../access.ts';
import type { ProviderRequest } from '../answer.ts';
import { newYorkDate } from '../new-york-date.ts';

export interface AlpacaNeed {
  /** Canonical; at most a hundred. */
  readonly symbols: readonly string[];
  readonly from: Session;
  readonly to: Session;
  readonly now: Instant;
  /** `raw`: as traded. `split`: brought to the latest basis, which tells of splits and is never stored. */
  readonly adjustment: 'raw' | 'split';
  /** The token of a further page. */
  readonly page?: string;
}

/** Symbols in one request; twice as many have been seen to work. */
export const ALPACA_BATCH = 100;
/** The free plan refuses an end within the last fifteen minutes. */
const DELAY_MS = 16 * 60_000;
const MOST_POINTS = '10000';

/** Asks for daily bars of the consolidated tape: another feed answers with one exchange's prices, and no error. */
export function alpacaRequest(need: AlpacaNeed, { address, headers }: Access): ProviderRequest {
  const { symbols, from, to, now, adjustment, page } = need;
  const running = to >= (newYorkDate(now) ?? '');
  const query = new URLSearchParams({
    symbols: symbols.join(','),
    timeframe: '1Day',
    start: from,
    end: running ? `${new Date(now - DELAY_MS).toISOString().slice(0, 19)}Z` : to,
    limit: MOST_POINTS,
    adjustment,
    feed: 'sip',
    sort: 'asc',
    ...(page === undefined ? {} : { page_token: page }),
  });
  return { url: `${address}/v2/stocks/bars?${query.toString()}`, headers };
}
