import type { WindowSpan } from '../../../shared/expression/kernels/span.ts';

/** The values a window sees, or null where it is no data: a definition written from the design, not from the kernels. */
export function windowOf(x: Float64Array, n: number, start: number, t: number): number[] | null {
  if (t - n + 1 < start || Number.isNaN(x[t]!)) return null;
  const present = [...x.subarray(t - n + 1, t + 1)].filter((value) => !Number.isNaN(value));
  const enough = n < 20 ? present.length === n : present.length * 100 >= 95 * n;
  return enough ? present : null;
}

/** A span over a whole series. */
export function whole(x: { readonly length: number }, start = 0, origin = 4321): WindowSpan {
  return { start, from: 0, to: x.length, origin };
}

/** What a kernel writes into an array of a length. */
export function written(length: number, kernel: (out: Float64Array) => void): Float64Array {
  const out = new Float64Array(length).fill(-77);
  kernel(out);
  return out;
}
