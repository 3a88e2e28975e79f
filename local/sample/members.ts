import { type Closes, compoundTo } from './closes.ts';
import type { Factors } from './factors.ts';
import { createRandom } from './random.ts';
import { MEMBERS_FIRST } from './story.ts';

/** One span of membership in SP500_MEMBERS; `from` inclusive, `to` exclusive, null while it lasts. */
export interface SampleMembership {
  readonly symbol: string;
  readonly from: string;
  readonly to: string | null;
}

export interface Members {
  readonly closes: readonly Closes[];
  readonly membership: readonly SampleMembership[];
}

const MEMBERS = 493;
/** A replacement joins for every one that leaves. */
const REPLACED = 24;
const SEVEN = ['AAPL', 'AMZN', 'GOOGL', 'META', 'MSFT', 'NVDA', 'TSLA'];

/** Drift per session that leaves the typical member barely up in 2025, whatever the index did: a narrow year. */
function narrowYearDrift(factors: Factors, yearStart: number): number {
  let growth = 1;
  for (let t = yearStart + 1; t <= factors.before; t++) growth *= 1 + 0.9 * (factors.market[t] ?? 0);
  return -(growth - 1) / (factors.before - yearStart) + 0.0002;
}

function memberReturns(seed: number, symbol: string, factors: Factors, first: number): Float64Array {
  const random = createRandom(seed, symbol);
  const beta = 0.6 + 0.6 * random.uniform();
  const own = 0.009 + 0.008 * random.uniform();
  const yearStart = factors.sessions.findLastIndex((session) => session < '2025-01-01');
  const narrow = narrowYearDrift(factors, yearStart);
  const returns = new Float64Array(factors.sessions.length - first);
  for (let i = 1; i < returns.length; i++) {
    const t = first + i;
    const market = factors.market[t] ?? 0;
    const small = factors.small[t] ?? 0;
    const common =
      t > factors.before
        ? 0.4 * market + 0.18 * small + 0.0005
        : beta * market + 0.2 * small + (t > yearStart ? narrow : 0.0001);
    returns[i] = Math.max(-0.25, Math.min(0.25, common + own * random.normal()));
  }
  return returns;
}

/** Leavers leave on the first session of a month of 2024 or 2025, and a newcomer takes the place the same day. */
function replacementDates(factors: Factors, first: number): readonly string[] {
  const starts = factors.sessions.filter(
    (session, t) =>
      t > first + 5 && t <= factors.before && session.slice(0, 7) !== factors.sessions[t - 1]?.slice(0, 7),
  );
  return Array.from({ length: REPLACED }, (_, i) => starts[i % starts.length] ?? MEMBERS_FIRST);
}

/**
 * Fictitious members SM001, SM002, … with closes since the end of 2023, beside the Magnificent Seven: five hundred on
 * every session. Invented symbols, because no real company did this.
 */
export function generateMembers(seed: number, factors: Factors): Members {
  const first = factors.sessions.findIndex((session) => session >= MEMBERS_FIRST);
  const changes = replacementDates(factors, first);
  const levels = createRandom(seed, 'member levels');
  const closes: Closes[] = [];
  const membership: SampleMembership[] = SEVEN.map((symbol) => ({ symbol, from: MEMBERS_FIRST, to: null }));
  for (let number = 1; number <= MEMBERS + REPLACED; number++) {
    const symbol = `SM${String(number).padStart(3, '0')}`;
    const returns = memberReturns(seed, symbol, factors, first);
    const level = Math.round(2000 + 30000 * levels.uniform()) / 100;
    closes.push({ symbol, first, values: compoundTo(returns, level, factors.before - first) });
    const joins = number > MEMBERS ? changes[number - MEMBERS - 1] : undefined;
    membership.push({ symbol, from: joins ?? MEMBERS_FIRST, to: changes[number - 1] ?? null });
  }
  return { closes, membership };
}
