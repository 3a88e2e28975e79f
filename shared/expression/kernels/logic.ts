// Codes have one bit for true and one for false, so four sessions are combined at once in a word.

/** The bits for true in each of a word's four codes, and those for false. */
const TRUE = 0x01010101;
const FALSE = 0x02020202;
/** For fewer sessions it is not worth laying words over the codes. */
const FEW = 64;

/** Kleene's and: false when either is false, true when both are true, else no data. */
export function and(a: Uint8Array, b: Uint8Array, out: Uint8Array, from: number, to: number): void {
  let t = from;
  if (canUseWords([a, b, out], from, to)) {
    for (; t & 3; t++) out[t] = (a[t]! & b[t]! & 1) | ((a[t]! | b[t]!) & 2);
    const [x, y, z] = [wordsOf(a), wordsOf(b), wordsOf(out)];
    for (let word = t >> 2; word < to >> 2; word++) {
      z[word] = (x[word]! & y[word]! & TRUE) | ((x[word]! | y[word]!) & FALSE);
    }
    t = to & ~3;
  }
  for (; t < to; t++) out[t] = (a[t]! & b[t]! & 1) | ((a[t]! | b[t]!) & 2);
}

/** Kleene's or: true when either is true, false when both are false, else no data. */
export function or(a: Uint8Array, b: Uint8Array, out: Uint8Array, from: number, to: number): void {
  let t = from;
  if (canUseWords([a, b, out], from, to)) {
    for (; t & 3; t++) out[t] = ((a[t]! | b[t]!) & 1) | (a[t]! & b[t]! & 2);
    const [x, y, z] = [wordsOf(a), wordsOf(b), wordsOf(out)];
    for (let word = t >> 2; word < to >> 2; word++) {
      z[word] = ((x[word]! | y[word]!) & TRUE) | (x[word]! & y[word]! & FALSE);
    }
    t = to & ~3;
  }
  for (; t < to; t++) out[t] = ((a[t]! | b[t]!) & 1) | (a[t]! & b[t]! & 2);
}

/** Kleene's not: no data stays no data. */
export function not(a: Uint8Array, out: Uint8Array, from: number, to: number): void {
  let t = from;
  if (canUseWords([a, out], from, to)) {
    for (; t & 3; t++) out[t] = ((a[t]! & 1) << 1) | (a[t]! >> 1);
    const [x, z] = [wordsOf(a), wordsOf(out)];
    for (let word = t >> 2; word < to >> 2; word++) {
      z[word] = ((x[word]! & TRUE) << 1) | ((x[word]! >> 1) & TRUE);
    }
    t = to & ~3;
  }
  for (; t < to; t++) out[t] = ((a[t]! & 1) << 1) | (a[t]! >> 1);
}

/** Whether words can be laid over all these codes, and are worth it. */
function canUseWords(all: readonly Uint8Array[], from: number, to: number): boolean {
  return to - from >= FEW && all.every(({ byteOffset }) => byteOffset % 4 === 0);
}

function wordsOf(codes: Uint8Array): Int32Array {
  return new Int32Array(codes.buffer, codes.byteOffset, codes.length >> 2);
}
