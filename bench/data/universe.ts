/**
 * The seeded universe that every contestant reads: one market factor and a part of its own for each symbol, closes in
 * cents. `full` has every close; `gaps` lists a third of the symbols late and loses about one close in a hundred, for
 * up to three sessions running.
 */
export type Quality = 'full' | 'gaps';

export const SESSIONS = 6300;
const SYMBOLS = 3000;
const MEMBERS = 500;

/** Closes of one symbol, and the session it was listed on. */
export interface Closes {
  readonly values: Float64Array;
  readonly listed: number;
}

export interface Universe {
  readonly quality: Quality;
  /** SPY, IWM, QQQ, then S3, S4, … */
  readonly symbols: readonly string[];
  /** The members of the breadth rules. */
  readonly members: readonly string[];
  closes(symbol: string): Closes;
  /** Two multiples that move slowly: `SP600.forward_pe` and `SP500.forward_pe`. */
  multiples(): { readonly small: Float64Array; readonly large: Float64Array };
}

/** How many members are listed on each session. */
export function sizes(universe: Universe): Int32Array {
  const size = new Int32Array(SESSIONS);
  for (const member of universe.members) {
    for (let t = universe.closes(member).listed; t < SESSIONS; t++) size[t]!++;
  }
  return size;
}

/** Numbers in 0..1 from a seed (mulberry32). */
function uniformFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Bell-shaped moves with mean 0 and standard deviation 1: four uniform numbers, which is near enough. */
function movesFrom(seed: number): () => number {
  const uniform = uniformFrom(seed);
  return () => (uniform() + uniform() + uniform() + uniform() - 2) * Math.sqrt(3);
}

function wander(start: number, moves: () => number): Float64Array {
  let level = start;
  return Float64Array.from({ length: SESSIONS }, () => (level *= 1 + moves()));
}

const inCents = (value: number): number => Math.max(1, Math.round(value * 100) / 100);

export function createUniverse(quality: Quality): Universe {
  const draw = movesFrom(20_260_112);
  const market = Float64Array.from({ length: SESSIONS }, () => 0.0003 + 0.009 * draw());
  const symbols = ['SPY', 'IWM', 'QQQ', ...Array.from({ length: SYMBOLS - 3 }, (_, k) => `S${k + 3}`)];
  const place = new Map(symbols.map((symbol, position) => [symbol, position]));
  const made = new Map<string, Closes>();
  const make = (symbol: string): Closes => {
    const position = place.get(symbol) ?? 0;
    const values = closesOf(position, market);
    return { values, listed: quality === 'gaps' ? punch(values, position) : 0 };
  };
  return {
    quality,
    symbols,
    members: symbols.slice(3, 3 + MEMBERS),
    closes(symbol) {
      const closes = made.get(symbol) ?? make(symbol);
      made.set(symbol, closes);
      return closes;
    },
    multiples: () => ({ small: multiple(77, 15), large: multiple(78, 20) }),
  };
}

function closesOf(position: number, market: Float64Array): Float64Array {
  const moves = movesFrom(1000 + position);
  const share = 0.7 + (position % 7) * 0.1;
  let session = 0;
  return wander(20 + (position % 180), () => share * market[session++]! + 0.011 * moves()).map(inCents);
}

/** Takes closes away; returns the session of the first one left. */
function punch(values: Float64Array, position: number): number {
  const uniform = uniformFrom(9000 + position);
  const listed = position % 3 === 2 ? Math.floor(uniform() * SESSIONS * 0.6) : 0;
  values.fill(Number.NaN, 0, listed);
  for (let session = listed + 1; session < SESSIONS; session++) {
    if (uniform() < 0.005) values.fill(Number.NaN, session, session + 1 + Math.floor(uniform() * 3));
  }
  return listed;
}

function multiple(seed: number, around: number): Float64Array {
  const moves = movesFrom(seed);
  let distance = 0;
  return Float64Array.from({ length: SESSIONS }, () => {
    distance = distance * 0.998 + 0.01 * moves();
    return Math.round(around * Math.exp(distance) * 100) / 100;
  });
}
