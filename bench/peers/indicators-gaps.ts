import { SESSIONS, type Universe } from '../data/universe.ts';
import { type Contestant, sumPresent } from '../tasks/contestant.ts';
import { required } from './windows.ts';

// Task f in libraries of indicators where closes are missing. Their windows count values, ours sessions, of which 95% must
// have one. So they average the closes with zero where one is missing, the squares alike, and a mask of ones and zeros:
// mean and deviation are made of the three. Exponential means take the closes there are, and are laid back on sessions.

type Numbers = readonly number[];

/** What is asked of a library; the last value is that of the last window. */
export interface ArrayLibrary {
  readonly name: string;
  readonly sma: (x: Numbers, n: number) => Numbers;
  readonly ema: (x: Numbers, n: number) => Numbers;
  /** Whether its exponential mean begins with the first value; it is then given the mean of the first n in its place. */
  readonly startsAtFirst: boolean;
}

/** Closes in the shapes that libraries without holes want. */
export interface Compacted {
  /** Zero where there is none. */
  readonly filled: Numbers;
  /** One where there is a close, zero elsewhere. */
  readonly mask: Numbers;
  /** Those there are, and the session of each. */
  readonly present: Numbers;
  readonly sessions: Numbers;
  /** How many there are before each session. */
  readonly before: Numbers;
}

export function compacted(universe: Universe, symbol: string): Compacted {
  const { values, listed } = universe.closes(symbol);
  if (listed > 0) throw new Error(`${symbol} is listed on session ${listed}, not on the first`);
  const mask = Array.from(values, (value) => +!Number.isNaN(value));
  let total = 0;
  return {
    filled: Array.from(values, (value, t) => (mask[t] === 1 ? value : 0)),
    mask,
    present: Array.from(values).filter((_, t) => mask[t] === 1),
    sessions: mask.flatMap((one, t) => (one === 1 ? [t] : [])),
    before: [0, ...mask.map((one) => (total += one))],
  };
}

const noData = (): Float64Array => new Float64Array(SESSIONS).fill(Number.NaN);

/** Lays values of the last closes there are back on their sessions. */
function laidBack(x: Numbers, { sessions }: Compacted): Float64Array {
  const out = noData();
  const skipped = sessions.length - x.length;
  for (let k = 0; k < x.length; k++) out[sessions[k + skipped]!] = x[k]!;
  return out;
}

export function arraysWithGaps(library: ArrayLibrary, universe: Universe): Contestant {
  const closes = compacted(universe, 'IWM');
  const firsts = closes.present.slice(0, 200);
  const seeded = closes.present.slice(199);
  return {
    name: library.name,
    note: 'means of a mask and of closes filled with zero',
    run: () => {
      if (library.startsAtFirst) seeded[0] = library.sma(firsts, 200).at(-1)!;
      const ema = library.ema(library.startsAtFirst ? seeded : closes.present, 200);
      const { stdev, zscore } = spread(library, closes, 252);
      return {
        checksum: {
          sma: sumPresent(means(library, closes, 200)),
          ema: sumPresent(laidBack(ema, closes)),
          stdev: sumPresent(stdev),
          zscore: sumPresent(zscore),
        },
      };
    },
  };
}

function means({ sma }: ArrayLibrary, { filled, mask }: Compacted, n: number): Float64Array {
  const [sums, counts] = [sma(filled, n), sma(mask, n)];
  const skipped = SESSIONS - sums.length;
  const least = (required(n) - 0.5) / n;
  const out = noData();
  for (let t = n - 1; t < SESSIONS; t++) {
    const count = counts[t - skipped]!;
    if (mask[t] === 1 && count > least) out[t] = sums[t - skipped]! / count;
  }
  return out;
}

function spread(
  { sma }: ArrayLibrary,
  { filled, mask }: Compacted,
  n: number,
): { stdev: Float64Array; zscore: Float64Array } {
  const squares = filled.map((value) => value * value);
  const [sums, squared, counts] = [sma(filled, n), sma(squares, n), sma(mask, n)];
  const skipped = SESSIONS - sums.length;
  const least = (required(n) - 0.5) / n;
  const [stdev, zscore] = [noData(), noData()];
  for (let t = n - 1; t < SESSIONS; t++) {
    const count = counts[t - skipped]!;
    if (mask[t] !== 1 || count <= least) continue;
    const mean = sums[t - skipped]! / count;
    stdev[t] = Math.sqrt(squared[t - skipped]! / count - mean * mean);
    zscore[t] = (filled[t]! - mean) / stdev[t]!;
  }
  return { stdev, zscore };
}
