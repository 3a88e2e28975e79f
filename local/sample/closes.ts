import type { Factors } from './factors.ts';
import { createRandom } from './random.ts';

/** How one fund or share follows the factors. */
interface Profile {
  readonly symbol: string;
  /** First session with a close. */
  readonly from: string;
  /** Close on the last session of 2025. */
  readonly level: number;
  readonly beta: number;
  readonly small: number;
  readonly tech: number;
  /** Standard deviation of its own noise per session. */
  readonly own: number;
  readonly drift: number;
  /** Drift per session in January 2026, in place of the other. */
  readonly january: number;
}

/** Closes of one instrument: `values[i]` belongs to session `first + i` of the factors. */
export interface Closes {
  readonly symbol: string;
  readonly first: number;
  readonly values: Float64Array;
}

const PROFILES: readonly Profile[] = [
  fund('SPY', 680, {}),
  fund('IWM', 246, { small: 1 }),
  fund('QQQ', 615, { beta: 1.08, tech: 0.8, own: 0.001, drift: 0.0001, january: -0.0012 }),
  fund('DIA', 480, { beta: 0.93, tech: -0.2, own: 0.0012, january: 0.0004 }),
  share('AAPL', '2000-12-29', 272, { own: 0.013, drift: 0.0007, january: -0.0045 }),
  share('MSFT', '2000-12-29', 484, { own: 0.01, drift: 0.0003, january: -0.0035 }),
  share('AMZN', '2000-12-29', 231, { own: 0.016, drift: 0.0006, january: 0.0035 }),
  share('GOOGL', '2004-08-19', 313, { own: 0.012, drift: 0.0004, january: 0.004 }),
  share('META', '2012-05-18', 660, { own: 0.017, drift: 0.0007, january: -0.005 }),
  share('NVDA', '2000-12-29', 186, { own: 0.021, drift: 0.0008, january: -0.0035 }),
  share('TSLA', '2010-06-29', 450, { own: 0.024, drift: 0.0009, january: -0.005 }),
];

function fund(symbol: string, level: number, how: Partial<Profile>): Profile {
  const plain = { from: '2000-12-29', beta: 1, small: 0, tech: 0, own: 0, drift: 0, january: 0 };
  return { ...plain, symbol, level, ...how };
}

function share(symbol: string, from: string, level: number, how: Partial<Profile>): Profile {
  return fund(symbol, level, { from, beta: 1.1, small: -0.15, tech: 0.8, ...how });
}

/** In January 2026 own noise is damped, so that no seed turns the story's few sessions around. */
const JANUARY_CALM = 0.15;
const LARGEST_MOVE = 0.2;

function returnOf(profile: Profile, factors: Factors, t: number, noise: number): number {
  const january = t > factors.before;
  const own = profile.own * (january ? JANUARY_CALM : 1) * noise;
  const move =
    profile.beta * (factors.market[t] ?? 0) +
    profile.small * (factors.small[t] ?? 0) +
    profile.tech * (january ? 0 : (factors.tech[t] ?? 0)) +
    (january ? profile.january : profile.drift) +
    own;
  return Math.max(-LARGEST_MOVE, Math.min(LARGEST_MOVE, move));
}

/** Compounds returns into closes that pass through `level` at `anchor`, rounded to six decimals. */
export function compoundTo(returns: Float64Array, level: number, anchor: number): Float64Array {
  const values = new Float64Array(returns.length);
  let growth = 1;
  for (let i = 0; i < returns.length; i++) {
    if (i > 0) growth *= 1 + (returns[i] ?? 0);
    values[i] = growth;
  }
  const scale = level / (values[anchor] ?? 1);
  return values.map((value) => Math.round(value * scale * 1e6) / 1e6);
}

/** Closes of the four funds and the Magnificent Seven, invented up to 2025 and steered by the published returns after. */
export function generateFunds(seed: number, factors: Factors): readonly Closes[] {
  return PROFILES.map((profile) => {
    const random = createRandom(seed, profile.symbol);
    const first = factors.sessions.findIndex((session) => session >= profile.from);
    const returns = new Float64Array(factors.sessions.length - first);
    for (let i = 1; i < returns.length; i++) {
      returns[i] = returnOf(profile, factors, first + i, random.shock());
    }
    const values = compoundTo(returns, profile.level, factors.before - first);
    return { symbol: profile.symbol, first, values };
  });
}
