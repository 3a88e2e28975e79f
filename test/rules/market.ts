import type { Market } from '../../shared/series/market.ts';
import { parseMarket } from '../../shared/series/parse-market.ts';

/** A small market that the tests of rules share. */
export function sampleMarket(): Market {
  const parsed = parseMarket(
    `instruments:
  IWM: { name: iShares Russell 2000 ETF, stands_for: the Russell 2000 }
  SPY: { name: SPDR S&P 500 ETF, stands_for: the S&P 500 }
  AAPL: { name: Apple }
  MSFT: { name: Microsoft }
  SP600: { name: S&P 600, fields: { forward_pe: { kind: level, unit: multiple, stale_after: 95 } } }
  FOMC: { name: FOMC decision, fields: { change_bp: { kind: event, unit: bp } } }
universes:
  DUO: { name: a pair, members: [AAPL, MSFT] }
`,
    'market.yaml',
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.value;
}
