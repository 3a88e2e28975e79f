/**
 * What a patient author would write for one rule at a time, with the same definitions: windows need a value today and
 * on 95% of their sessions (on all below 20), a streak skips no data. Loops run over Float64Array with no allocation,
 * comparisons have no branch, window sums walk away from a pivot (nothing is ever subtracted), and a series without a
 * hole is spared the questions about holes. Conditions are written as 1 where true, 0 elsewhere.
 */
const LONGEST = 6300;
const lefts = Array.from({ length: 6 }, () => new Float64Array(LONGEST + 1));
const [left0, left1, left2, left3, left4, leftCount] = lefts as [
  Float64Array,
  Float64Array,
  Float64Array,
  Float64Array,
  Float64Array,
  Float64Array,
];

const required = (n: number): number => (n < 20 ? n : Math.ceil((19 * n) / 20));

/** The first session with a value. */
function firstOf(x: Float64Array): number {
  let first = 0;
  while (first < x.length && x[first] !== x[first]) first++;
  return first;
}

/** Whether no value is missing from a session on. */
function isDense(x: Float64Array, from: number): boolean {
  let missing = 0;
  for (let t = from; t < x.length; t++) missing |= +(x[t]! !== x[t]!);
  return missing === 0;
}

/** One-session returns. */
export function returns(x: Float64Array, out: Float64Array): void {
  out[0] = Number.NaN;
  let before = x[0]!;
  for (let t = 1; t < x.length; t++) {
    const now = x[t]!;
    out[t] = (now - before) / before;
    before = now;
  }
}

/** Whether a has been above b for at least `least` sessions running. */
export function streakAtLeast(a: Float64Array, b: Float64Array, least: number, fires: Uint8Array): void {
  let run = 0;
  for (let t = 0; t < a.length; t++) {
    const u = a[t]!;
    const v = b[t]!;
    run = Math.imul(run + +(u > v), 1 - +(u <= v));
    fires[t] = +(run >= least);
  }
}

/** Means over windows of n, NaN where there is none. */
export function sma(x: Float64Array, n: number, out: Float64Array): void {
  const start = firstOf(x);
  out.fill(Number.NaN, 0, Math.min(x.length, start + n - 1));
  if (isDense(x, start)) denseSma(x, n, start + n - 1, out);
  else sparseSma(x, n, start + n - 1, out);
}

function denseSma(x: Float64Array, n: number, first: number, out: Float64Array): void {
  const share = 1 / n;
  for (let t = first; t < x.length; ) {
    const pivot = t - (t % n);
    const end = Math.min(x.length, pivot + n);
    let sum = 0;
    for (let i = pivot - 1; i > t - n; i--) {
      sum += x[i]!;
      left0[pivot - i] = sum;
    }
    left0[0] = 0;
    sum = 0;
    for (let i = pivot; i < t; i++) sum += x[i]!;
    for (; t < end; t++) {
      sum += x[t]!;
      out[t] = (sum + left0[pivot - 1 - t + n]!) * share;
    }
  }
}

function sparseSma(x: Float64Array, n: number, first: number, out: Float64Array): void {
  const least = required(n);
  for (let t = first; t < x.length; ) {
    const pivot = t - (t % n);
    const end = Math.min(x.length, pivot + n);
    let sum = 0;
    let count = 0;
    for (let i = pivot - 1; i > t - n; i--) {
      const value = x[i]!;
      const known = +(value === value);
      sum += known === 1 ? value : 0;
      count += known;
      left0[pivot - i] = sum;
      leftCount[pivot - i] = count;
    }
    left0[0] = 0;
    leftCount[0] = 0;
    sum = 0;
    count = 0;
    for (let i = pivot; i < end; i++) {
      const value = x[i]!;
      const known = +(value === value);
      sum += known === 1 ? value : 0;
      count += known;
      if (i < t) continue;
      const have = count + leftCount[pivot - 1 - i + n]!;
      out[i] = known === 1 && have >= least ? (sum + left0[pivot - 1 - i + n]!) / have : Number.NaN;
    }
    t = end;
  }
}

/** Exponential means, seeded with the mean of the first n values. */
export function ema(x: Float64Array, n: number, out: Float64Array): void {
  const weight = 2 / (n + 1);
  let count = 0;
  let average = 0;
  for (let t = 0; t < x.length; t++) {
    const value = x[t]!;
    out[t] = Number.NaN;
    if (value !== value) continue;
    if (++count <= n) {
      average += value;
      if (count < n) continue;
      if (count === n) average /= n;
    } else average += weight * (value - average);
    out[t] = average;
  }
}

/** Population standard deviations over windows of n and today's distance from the mean in them; either may be left out. */
export function spread(
  x: Float64Array,
  n: number,
  deviations: Float64Array | null,
  scores: Float64Array | null,
): void {
  const start = firstOf(x);
  const first = Math.min(x.length, start + n - 1);
  deviations?.fill(Number.NaN, 0, first);
  scores?.fill(Number.NaN, 0, first);
  const least = isDense(x, start) ? 0 : required(n);
  for (let t = first; t < x.length; ) {
    const pivot = t - (t % n);
    const end = Math.min(x.length, pivot + n);
    const centre = present(x, pivot, end);
    if (least === 0) walkMoments(x, pivot, t - n, centre);
    else walkMomentsPresent(x, pivot, t - n, centre);
    let sum = 0;
    let square = 0;
    let count = 0;
    for (let i = pivot; i < end; i++) {
      const away = x[i]! - centre;
      if (away === away) {
        sum += away;
        square += away * away;
        count++;
      }
      if (i < t) continue;
      const j = pivot - 1 - i + n;
      const have = least === 0 ? n : count + leftCount[j]!;
      const total = sum + left0[j]!;
      const squares = square + left1[j]! - (total * total) / have;
      const known = away === away && have >= least;
      if (deviations !== null) deviations[i] = known ? Math.sqrt(Math.max(0, squares) / have) : Number.NaN;
      if (scores !== null) {
        scores[i] = known && squares > 0 ? (away * have - total) / Math.sqrt(squares * have) : Number.NaN;
      }
    }
    t = end;
  }
}

function present(x: Float64Array, from: number, to: number): number {
  let i = from;
  while (i < to - 1 && x[i] !== x[i]) i++;
  return x[i]!;
}

function walkMoments(x: Float64Array, pivot: number, stop: number, centre: number): void {
  let sum = 0;
  let square = 0;
  left0[0] = 0;
  left1[0] = 0;
  for (let i = pivot - 1, k = 1; i > stop; i--, k++) {
    const away = x[i]! - centre;
    sum += away;
    square += away * away;
    left0[k] = sum;
    left1[k] = square;
  }
}

function walkMomentsPresent(x: Float64Array, pivot: number, stop: number, centre: number): void {
  let sum = 0;
  let square = 0;
  let count = 0;
  left0[0] = 0;
  left1[0] = 0;
  leftCount[0] = 0;
  for (let i = pivot - 1, k = 1; i > stop; i--, k++) {
    const away = x[i]! - centre;
    if (away === away) {
      sum += away;
      square += away * away;
      count++;
    }
    left0[k] = sum;
    left1[k] = square;
    leftCount[k] = count;
  }
}

/** Correlations over windows of n. */
export function correlation(a: Float64Array, b: Float64Array, n: number, out: Float64Array): void {
  let start = 0;
  while (start < a.length && (a[start] !== a[start] || b[start] !== b[start])) start++;
  const first = Math.min(a.length, start + n - 1);
  out.fill(Number.NaN, 0, first);
  const least = isDense(a, start) && isDense(b, start) ? 0 : required(n);
  for (let t = first; t < a.length; ) {
    const pivot = t - (t % n);
    const end = Math.min(a.length, pivot + n);
    let centre = pivot;
    while (centre < end - 1 && (a[centre] !== a[centre] || b[centre] !== b[centre])) centre++;
    correlateBlock(a, b, n, { pivot, from: t, end, least, ca: a[centre]!, cb: b[centre]! }, out);
    t = end;
  }
}

interface Block {
  readonly pivot: number;
  readonly from: number;
  readonly end: number;
  /** Values a window needs; 0 where none is missing. */
  readonly least: number;
  readonly ca: number;
  readonly cb: number;
}

function correlateBlock(
  a: Float64Array,
  b: Float64Array,
  n: number,
  { pivot, from, end, least, ca, cb }: Block,
  out: Float64Array,
): void {
  let sa = 0;
  let sb = 0;
  let saa = 0;
  let sbb = 0;
  let sab = 0;
  let count = 0;
  for (const sums of lefts) sums[0] = 0;
  for (let i = pivot - 1, k = 1; i > from - n; i--, k++) {
    const u = a[i]! - ca;
    const v = b[i]! - cb;
    const uv = u * v;
    if (uv === uv) {
      sa += u;
      sb += v;
      saa += u * u;
      sbb += v * v;
      sab += uv;
      count++;
    }
    left0[k] = sa;
    left1[k] = sb;
    left2[k] = saa;
    left3[k] = sbb;
    left4[k] = sab;
    leftCount[k] = count;
  }
  sa = sb = saa = sbb = sab = count = 0;
  for (let i = pivot; i < end; i++) {
    const u = a[i]! - ca;
    const v = b[i]! - cb;
    const uv = u * v;
    if (uv === uv) {
      sa += u;
      sb += v;
      saa += u * u;
      sbb += v * v;
      sab += uv;
      count++;
    }
    if (i < from) continue;
    const j = pivot - 1 - i + n;
    const have = least === 0 ? n : count + leftCount[j]!;
    const ta = sa + left0[j]!;
    const tb = sb + left1[j]!;
    const share = 1 / have;
    const squares = (saa + left2[j]! - ta * ta * share) * (sbb + left3[j]! - tb * tb * share);
    const shared = sab + left4[j]! - ta * tb * share;
    const value = squares > 0 ? shared / Math.sqrt(squares) : Number.NaN;
    out[i] = uv === uv && have >= least ? Math.max(-1, Math.min(1, value)) : Number.NaN;
  }
}

const ranks = new Int32Array(LONGEST);
const tree = new Int32Array(LONGEST + 1);
const sorted = new Float64Array(LONGEST);

/** The share of the n values before today that are at most today's. */
export function percentRank(x: Float64Array, n: number, out: Float64Array): void {
  const size = rank(x);
  const first = Math.min(x.length, firstOf(x) + n);
  const least = required(n);
  out.fill(Number.NaN, 0, first);
  tree.fill(0);
  let count = 0;
  for (let t = 0; t < x.length; t++) {
    const today = ranks[t]!;
    if (t >= first) {
      let atMost = 0;
      for (let i = today; i > 0; i &= i - 1) atMost += tree[i]!;
      out[t] = today > 0 && count >= least ? atMost / count : Number.NaN;
    }
    if (today > 0) for (let i = today; i <= size; i += i & -i) tree[i]!++;
    const leaving = t >= n ? ranks[t - n]! : 0;
    if (leaving > 0) for (let i = leaving; i <= size; i += i & -i) tree[i]!--;
    count += +(today > 0) - +(leaving > 0);
  }
}

/** Places of the values in ascending order, equal ones alike, 0 where missing; the number of values. */
function rank(x: Float64Array): number {
  let size = 0;
  for (let t = 0; t < x.length; t++) if (x[t] === x[t]) sorted[size++] = x[t]!;
  const values = sorted.subarray(0, size).sort();
  for (let t = 0; t < x.length; t++) {
    const value = x[t]!;
    let base = 0;
    for (let length = size; length > 1; ) {
      const half = length >> 1;
      base += half * +(values[base + half - 1]! < value);
      length -= half;
    }
    ranks[t] = value === value ? base + 1 : 0;
  }
  return size;
}

/** Four members, whose tallies are read and written once for all of them. */
export type Four = readonly [Float64Array, Float64Array, Float64Array, Float64Array];

/** Adds four members to the counts of those up on the year and of those that can tell. `edges` are the first sessions of years. */
export function countUpOnYear(four: Four, edges: readonly number[], up: Int32Array, have: Int32Array): void {
  const bases = [Number.NaN, Number.NaN, Number.NaN, Number.NaN];
  for (let year = 1; year < edges.length; year++) {
    const from = edges[year - 1]!;
    const to = edges[year]!;
    countWithin(four, bases, from, to, up, have);
    for (let k = 0; k < 4; k++) bases[k] = lastWithin(four[k]!, from, to, bases[k]!);
  }
}

function countWithin(
  [p, q, r, s]: Four,
  bases: readonly number[],
  from: number,
  to: number,
  up: Int32Array,
  have: Int32Array,
): void {
  const a = bases[0]!;
  const b = bases[1]!;
  const c = bases[2]!;
  const d = bases[3]!;
  const [hasA, hasB, hasC, hasD] = [+(a === a), +(b === b), +(c === c), +(d === d)];
  for (let t = from; t < to; t++) {
    const v = p[t]!;
    const w = q[t]!;
    const x = r[t]!;
    const y = s[t]!;
    up[t] = up[t]! + +(v > a) + +(w > b) + +(x > c) + +(y > d);
    have[t] =
      have[t]! + (hasA & +(v === v)) + (hasB & +(w === w)) + (hasC & +(x === x)) + (hasD & +(y === y));
  }
}

/** The last value of a stretch; `earlier` where it has none. */
function lastWithin(x: Float64Array, from: number, to: number, earlier: number): number {
  for (let t = to - 1; t >= from; t--) if (x[t] === x[t]) return x[t]!;
  return earlier;
}
