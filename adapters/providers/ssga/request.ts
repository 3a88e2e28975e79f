import type { Access } from '../access.ts';
import type { ProviderRequest } from '../answer.ts';

export interface SsgaNeed {
  readonly ticker: 'SPY' | 'SPSM';
  readonly what: 'holdings' | 'page';
}

const HOLDINGS = '/us/en/intermediary/library-content/products/fund-data/etfs/us/holdings-daily-us-en-';
const PAGES = {
  SPY: '/us/en/intermediary/etfs/state-street-spdr-sp-500-etf-trust-spy',
  SPSM: '/us/en/intermediary/etfs/state-street-spdr-portfolio-sp-600-small-cap-etf-spsm',
} as const;

/** Asks for a fund's file of holdings or its page; needs no key. */
export function ssgaRequest({ ticker, what }: SsgaNeed, { address, headers }: Access): ProviderRequest {
  const path = what === 'page' ? PAGES[ticker] : `${HOLDINGS}${ticker.toLowerCase()}.xlsx`;
  return { url: `${address}${path}`, headers };
}
