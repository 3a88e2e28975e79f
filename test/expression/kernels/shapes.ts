/** A stream of numbers in [0, 1) from a seed (Park and Miller). */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** A series of a length from a function of the index. */
export function series(length: number, at: (index: number) => number): Float64Array {
  return Float64Array.from({ length }, (_, index) => at(index));
}

/** Prices that walk by about 1% a session. */
export function prices(length: number, seed: number): Float64Array {
  const next = uniform(seed);
  let price = 100;
  return series(length, () => (price *= 1 + 0.02 * (next() - 0.5)));
}

/** One-session returns of about 1%. */
export function returns(length: number, seed: number): Float64Array {
  const next = uniform(seed);
  return series(length, () => 0.02 * (next() - 0.5));
}

/** A series with about a share of its values missing. */
export function withHoles(x: Float64Array, share: number, seed: number): Float64Array {
  const next = uniform(seed);
  return x.map((value) => (next() < share ? Number.NaN : value));
}

/** A series with some values replaced. */
export function withValues(x: Float64Array, values: Readonly<Record<number, number>>): Float64Array {
  const changed = x.slice();
  for (const [index, value] of Object.entries(values)) changed[Number(index)] = value;
  return changed;
}

const LENGTH = 170;

/** Series that break careless windows, by name. */
export const shapes: Readonly<Record<string, Float64Array>> = {
  prices: prices(LENGTH, 11),
  'prices with holes': withHoles(prices(LENGTH, 12), 0.03, 13),
  returns: returns(LENGTH, 14),
  'a bad tick of 1e12': withValues(prices(LENGTH, 15), { 60: 1e12 }),
  'two opposite bad ticks': withValues(prices(LENGTH, 16), { 60: 1e12, 63: -1e12 }),
  'returns with a bad tick': withValues(returns(LENGTH, 17), { 71: 1e12 }),
  'a level of 1e9 with moves of 1e-3': returns(LENGTH, 18).map((move) => 1e9 + move / 10),
  'flat stretches': prices(LENGTH, 19).map((price, i) => (i % 90 < 60 ? 0.1 : price)),
  'flat after a bad tick': series(LENGTH, (i) => (i === 40 ? 1e12 : 4.7)),
  'magnitudes of 1e-12': returns(LENGTH, 20).map((move) => move * 1e-10),
  'magnitudes of 1e-160': returns(LENGTH, 21).map((move) => move * 1e-158),
  'denormal magnitudes': returns(LENGTH, 22).map((move) => move * 1e-308),
  'magnitudes of 1e300': returns(LENGTH, 23).map((move) => move * 1e302),
  'steps and ties': prices(LENGTH, 24).map((price) => Math.round(price / 3)),
  'zeros of both signs': returns(LENGTH, 25).map((move) => (move > 0.005 ? 0 : move < -0.005 ? -0 : move)),
};
