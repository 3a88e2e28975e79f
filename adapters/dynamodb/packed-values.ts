import type { ByteReader, ByteWriter } from './bytes.ts';

/** Tags 0 to 6: a decimal number with as many digits after the point. */
const MOST_DIGITS = 6;
const SINGLE = 7;
const DOUBLE = 8;
const SCALES = [1, 10, 100, 1e3, 1e4, 1e5, 1e6] as const;
/** Below it a scaled value survives the multiplication exactly, and twice it is still a whole number. */
const LARGEST_SCALED = 2 ** 46;

/**
 * Packs numbers without loss, in order: whoever reads them back gets the same bits. Prices have few decimal places, so
 * most take three bytes as a scaled whole number; what is no such number is kept as a float of 4 or 8 bytes.
 */
export function packValues(values: readonly number[], writer: ByteWriter): void {
  const tags = tagsOf(values);
  let start = 0;
  while (start < values.length) {
    const tag = tags[start] ?? DOUBLE;
    let end = start + 1;
    while (end < values.length && tags[end] === tag) end++;
    writer.byte(tag);
    writer.count(end - start);
    for (let index = start; index < end; index++) packValue(values[index] ?? Number.NaN, tag, writer);
    start = end;
  }
}

/** Reads back as many numbers as were packed. */
export function unpackValues(reader: ByteReader, length: number): Float64Array {
  const values = new Float64Array(length);
  let index = 0;
  while (index < length) {
    const tag = reader.byte();
    const end = index + reader.count();
    if (end > length) throw new RangeError(`expected ${length} values, found ${end}`);
    if (tag === DOUBLE) while (index < end) values[index++] = reader.double();
    else if (tag === SINGLE) while (index < end) values[index++] = reader.single();
    else {
      reader.counts(values, index, end);
      unfold(values, index, end, scaleOf(tag));
      index = end;
    }
  }
  return values;
}

/** Whole numbers as they were packed, even ones for what is not negative, back to decimal numbers, in place. */
function unfold(values: Float64Array, start: number, end: number, scale: number): void {
  for (let index = start; index < end; index++) {
    const folded = values[index]!;
    values[index] = (folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2) / scale;
  }
}

function packValue(value: number, tag: number, writer: ByteWriter): void {
  if (tag === DOUBLE) writer.double(value);
  else if (tag === SINGLE) writer.single(value);
  else {
    const scaled = Math.round(value * scaleOf(tag));
    writer.count(scaled >= 0 ? 2 * scaled : -2 * scaled - 1);
  }
}

/** The tag of every value: those with fewer decimal places follow the most frequent number of places, to form runs. */
function tagsOf(values: readonly number[]): readonly number[] {
  const shortest = values.map(shortestTag);
  const frequency = new Array<number>(MOST_DIGITS + 1).fill(0);
  for (const tag of shortest) if (tag <= MOST_DIGITS) frequency[tag] = (frequency[tag] ?? 0) + 1;
  const usual = frequency.indexOf(Math.max(...frequency));
  return shortest.map((tag, index) =>
    tag < usual && isDecimal(values[index] ?? Number.NaN, usual) ? usual : tag,
  );
}

function shortestTag(value: number): number {
  for (let digits = 0; digits <= MOST_DIGITS; digits++) if (isDecimal(value, digits)) return digits;
  return Object.is(Math.fround(value), value) ? SINGLE : DOUBLE;
}

/** Whether a value comes back the same from a whole number divided by a power of ten; -0 and NaN do not. */
function isDecimal(value: number, digits: number): boolean {
  const scaled = Math.round(value * scaleOf(digits));
  return (
    Math.abs(scaled) < LARGEST_SCALED && Object.is(scaled / scaleOf(digits), value) && !Object.is(scaled, -0)
  );
}

function scaleOf(digits: number): number {
  return SCALES[digits] ?? 1;
}
