/**
 * The answer to a task, small enough to compare: for a condition the number of sessions on which it is true (over all
 * rules), for numbers the sum of those there are. A part a contestant defines in another way is left out by it.
 */
export type Checksum = Readonly<Record<string, number>>;

/** One way to do a task. `run` is the timed part; a contestant outside the process times itself. */
export interface Contestant {
  readonly name: string;
  /** What it leaves out or does differently; empty where nothing. */
  readonly note: string;
  readonly run: () => Answer | Promise<Answer>;
}

/** Why a contestant is not asked a task. */
export interface Skipped {
  readonly skipped: string;
}

export const ONE_PAIR: Skipped = {
  skipped: 'asked of the tuned loops alone, since it is task a for 2,999 pairs',
};

export interface Answer {
  readonly checksum: Checksum;
  /** Milliseconds, where it measured itself; else absent. */
  readonly ms?: number;
}

/** True codes, four at a time; the same for every contestant that gives codes. */
export function countTrue(codes: Uint8Array): number {
  const words = new Int32Array(codes.buffer, codes.byteOffset, codes.length >> 2);
  let count = 0;
  for (let word = 0; word < words.length; word++) {
    count += Math.imul(words[word]! & 0x01010101, 0x01010101) >>> 24;
  }
  for (let index = 4 * words.length; index < codes.length; index++) count += codes[index]! & 1;
  return count;
}

/** Sum of the values there are. Libraries that give other arrays sum them apart: V8 would slow down both. */
export function sumPresent(values: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (value === value) sum += value;
  }
  return sum;
}
