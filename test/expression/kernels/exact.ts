/** Exact arithmetic on doubles: each is an integer multiple of 2^-1074. */
const UNIT = 1074n;

/** A finite double as that integer. */
function integer(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exponent = (bits >> 52n) & 0x7ffn;
  const fraction = bits & 0xfffffffffffffn;
  const size = exponent === 0n ? fraction : (fraction | (1n << 52n)) << (exponent - 1n);
  return bits >> 63n === 1n ? -size : size;
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(16).length * 4;
}

/** numerator / denominator as the nearest double, or nearly (within 2^-60 of it, relatively). */
function toDouble(numerator: bigint, denominator: bigint): number {
  if (numerator === 0n) return 0;
  const shift = 70 + bitLength(denominator) - bitLength(absolute(numerator));
  const scaled =
    shift >= 0 ? (numerator << BigInt(shift)) / denominator : numerator / (denominator << BigInt(-shift));
  const half = Math.trunc(-shift / 2);
  return Number(scaled) * 2 ** half * 2 ** (-shift - half);
}

function integerRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let guess = 1n << BigInt((bitLength(value) >> 1) + 1);
  for (;;) {
    const next = (guess + value / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}

/** √(numerator / denominator) to at least 60 bits. */
function rootToDouble(numerator: bigint, denominator: bigint): number {
  if (numerator === 0n) return 0;
  const wanted = 140 + bitLength(denominator) - bitLength(numerator);
  const shift = BigInt(Math.max(0, wanted + (wanted & 1)));
  return toDouble(integerRoot((numerator << shift) / denominator), 1n << (shift / 2n));
}

const total = (values: readonly bigint[]): bigint => values.reduce((sum, value) => sum + value, 0n);

export function exactSum(values: readonly number[]): number {
  return toDouble(total(values.map(integer)), 1n << UNIT);
}

export function exactMean(values: readonly number[]): number {
  return toDouble(total(values.map(integer)), BigInt(values.length) << UNIT);
}

/** m Σv² − (Σv)², which is m² times the population variance, in units of 2^-2148. */
function spread(values: readonly bigint[]): bigint {
  return BigInt(values.length) * total(values.map((v) => v * v)) - total(values) ** 2n;
}

/** Standard deviation with `free` degrees of freedom taken off. */
export function exactStdev(values: readonly number[], free: number): number {
  const m = BigInt(values.length);
  return rootToDouble(spread(values.map(integer)), (m * (m - BigInt(free))) << (2n * UNIT));
}

/** (last − mean) / population standard deviation; NaN for equal values. */
export function exactZscore(values: readonly number[]): number {
  const integers = values.map(integer);
  const square = spread(integers);
  const distance = BigInt(values.length) * integers[integers.length - 1]! - total(integers);
  if (square === 0n) return Number.NaN;
  return (distance < 0n ? -1 : 1) * rootToDouble(distance ** 2n, square);
}

/** Pearson's coefficient; NaN when either side is constant. */
export function exactCorrelation(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [a.map(integer), b.map(integer)];
  const below = spread(x) * spread(y);
  if (below === 0n) return Number.NaN;
  const shared = BigInt(x.length) * total(x.map((v, i) => v * y[i]!)) - total(x) * total(y);
  return (shared < 0n ? -1 : 1) * rootToDouble(shared ** 2n, below);
}
