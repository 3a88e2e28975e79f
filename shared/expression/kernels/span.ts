/** Which outputs to compute and what a window may reach. Indexes are of the arrays. */
export interface WindowSpan {
  /** No window may reach before this index: the argument's first value, or the first session after a break. */
  readonly start: number;
  /** Outputs [from, to) are written, nothing else is touched. */
  readonly from: number;
  readonly to: number;
  /** Absolute session ordinal of index 0: windows are anchored to ordinals, so a value has the same bits whatever is loaded. */
  readonly origin: number;
}

/** How many of a window's n sessions must have a value: all of them below 20, else 95%. */
export function requiredCount(n: number): number {
  return n < 20 ? n : Math.ceil((19 * n) / 20);
}

/**
 * The first output whose `reach` sessions (itself included) all lie within the span. The outputs before it are filled
 * with no data, so that a kernel has only complete windows left to look at.
 */
export function skipIncomplete(out: Float64Array, reach: number, span: WindowSpan): number {
  const first = Math.max(span.from, span.start + reach - 1);
  out.fill(Number.NaN, span.from, Math.min(first, span.to));
  return first;
}

/**
 * The one index of the window of n that ends at t whose ordinal is a multiple of n. Sums are built walking away from
 * it on both sides, so they depend on the window alone, and no departing value is ever subtracted (van Herk 1992).
 */
export function pivotOf(t: number, n: number, origin: number): number {
  return t - ((origin + t) % n);
}

/** A buffer that is reused from call to call and grows on demand; its contents are undefined. */
export function reusableFloats(): (length: number) => Float64Array {
  let buffer = new Float64Array(0);
  return (length) => {
    if (buffer.length < length) buffer = new Float64Array(length + (length >> 1));
    return buffer;
  };
}

/** As `reusableFloats`, for integers. */
export function reusableIntegers(): (length: number) => Int32Array {
  let buffer = new Int32Array(0);
  return (length) => {
    if (buffer.length < length) buffer = new Int32Array(length + (length >> 1));
    return buffer;
  };
}
