import { createRandom } from './random.ts';
import { BEFORE_JANUARY, JANUARY_2026, QUIET_SINCE, SAMPLE_FIRST, SAMPLE_LAST } from './story.ts';
import type { Calendar } from '../../shared/calendar/calendar.ts';

/** What moves every close of the sample, one value per session; index 0 is the base session and has no return. */
export interface Factors {
  readonly sessions: readonly string[];
  /** One-session returns of the S&P 500 stand-in. */
  readonly market: Float64Array;
  /** One-session returns of the Russell 2000 stand-in beyond the market's. */
  readonly small: Float64Array;
  /** The technology factor: zero on average. */
  readonly tech: Float64Array;
  /** Today's standard deviation of the market, for series that breathe with it. */
  readonly volatility: Float64Array;
  /** Index of the last session before January 2026. */
  readonly before: number;
}

const MARKET_DRIFT = 0.00034;
const SMALL_DRIFT = 0.00002;
const LONGEST_QUIET_RUN = 6;
/** Sessions of the trend that `small-cap-trend` looks at. */
const TREND = 231;
/** The trend is this far behind on the session before it turns. */
const TREND_GAP = -0.006;
const TREND_TURNS_AFTER = '2026-01-13';

/** Shifts a path so that its mean per session is `drift`: a seed decides the way, not where it leads. */
function center(path: Float64Array, drift: number): void {
  let sum = 0;
  for (const value of path) sum += value;
  const shift = drift - sum / (path.length - 1);
  for (let t = 1; t < path.length; t++) path[t] = (path[t] ?? 0) + shift;
}

/** Market returns with clustering volatility: GARCH(1,1) with fat-tailed shocks (Bollerslev 1986). */
function marketReturns(seed: number, length: number): Pick<Factors, 'market' | 'volatility'> {
  const random = createRandom(seed, 'market');
  const market = new Float64Array(length);
  const volatility = new Float64Array(length);
  let variance = 1e-4;
  for (let t = 1; t < length; t++) {
    volatility[t] = Math.sqrt(variance);
    const surprise = Math.max(-0.09, Math.min(0.09, Math.sqrt(variance) * random.shock()));
    market[t] = surprise;
    variance = Math.min(1.2e-3, 2.2e-6 + 0.09 * surprise * surprise + 0.89 * variance);
  }
  center(market, MARKET_DRIFT);
  return { market, volatility };
}

/** The lead of the small: mostly noise that breathes with the market, on a slow tide of a few years. */
function smallLead(seed: number, factors: Pick<Factors, 'market' | 'volatility'>): Float64Array {
  const random = createRandom(seed, 'small');
  const lead = new Float64Array(factors.market.length);
  let tide = 0;
  for (let t = 1; t < lead.length; t++) {
    tide = 0.995 * tide + 0.00003 * random.normal();
    const spread = 0.4 * (factors.volatility[t] ?? 0) + 0.0015;
    lead[t] = 0.12 * (factors.market[t] ?? 0) + tide + spread * random.shock();
  }
  center(lead, SMALL_DRIFT);
  return lead;
}

/** Breaks every streak of seven between `from` and `to`, and has the small behind on `to` itself. */
function keepQuiet(small: Float64Array, from: number, to: number): void {
  let run = 0;
  for (let t = 1; t <= to; t++) {
    const value = small[t] ?? 0;
    const ahead = value > 0;
    if (ahead && (t === to || (t >= from && run >= LONGEST_QUIET_RUN))) {
      small[t] = -0.0004 - 0.1 * value;
      run = 0;
    } else run = ahead ? run + 1 : 0;
  }
}

function compound(returns: (t: number) => number, from: number, to: number): number {
  let growth = 1;
  for (let t = from + 1; t <= to; t++) growth *= 1 + returns(t);
  return growth;
}

/** Tilts 2025 so that the trend of the small turns up on the session after `TREND_TURNS_AFTER`, not before. */
function turnTrend(
  small: Float64Array,
  market: Float64Array,
  quiet: number,
  turn: number,
  before: number,
): void {
  const start = turn - TREND;
  for (let t = start - 8; t <= start + 8; t++) small[t] = (small[t] ?? 0) * 0.1;
  for (let pass = 0; pass < 12; pass++) {
    keepQuiet(small, quiet, before);
    const lead =
      compound((t) => (market[t] ?? 0) + (small[t] ?? 0), start, turn) -
      compound((t) => market[t] ?? 0, start, turn);
    const tilt = (TREND_GAP - lead) / (before - start - 8);
    for (let t = start + 9; t < before; t++) small[t] = (small[t] ?? 0) + tilt;
  }
  keepQuiet(small, quiet, before);
}

function at(sessions: readonly string[], session: string): number {
  const index = sessions.findIndex((candidate) => candidate >= session);
  return index < 0 ? sessions.length : index;
}

/** Generates the factors from a seed; from 2 January 2026 on the market and the small are the published returns. */
export function generateFactors(seed: number, calendar: Calendar): Factors {
  const sessions = calendar.range(SAMPLE_FIRST, SAMPLE_LAST);
  const before = at(sessions, BEFORE_JANUARY);
  const { market, volatility } = marketReturns(seed, sessions.length);
  const small = smallLead(seed, { market, volatility });
  for (const [offset, day] of JANUARY_2026.entries()) {
    market[before + 1 + offset] = day.sp500 / 100;
    small[before + 1 + offset] = (day.russell2000 - day.sp500) / 100;
  }
  turnTrend(small, market, at(sessions, QUIET_SINCE), at(sessions, TREND_TURNS_AFTER), before);
  const random = createRandom(seed, 'tech');
  const tech = volatility.map((spread, t) => (t > 0 ? 0.55 * spread * random.shock() : 0));
  return { sessions, market, small, tech, volatility, before };
}
