import { growRows, plainRows, type Rows } from '../../shared/series/rows.ts';
import { type ByteReader, type ByteWriter, readBytes, writeBytes } from './bytes.ts';
import { packValues, unpackValues } from './packed-values.ts';

const FORMAT = 1;

/** A statement beside the plain one of its key: a revision, or a first value that says when it became known. */
interface Dated {
  readonly key: number;
  readonly value: number;
  readonly known: number;
}

/** Keys as packed and as read. */
interface ReadKeys {
  readonly packed: Uint8Array;
  readonly days: Int32Array;
}

/** The keys read last, by what they count from: most series have their values of a year on the same days. */
export type KeyMemory = Map<number, ReadKeys>;

/**
 * Packs rows sorted by key (their `day`, counted from `origin`): the keys in runs, the first values that do not say when
 * they became known, then every other statement with its instant.
 */
export function packRows(rows: Rows, origin: number): Uint8Array {
  const keys: number[] = [];
  const values: number[] = [];
  const dated: Dated[] = [];
  for (let index = 0; index < rows.length; index++) {
    const key = rows.day(index) - origin;
    if (Number.isNaN(rows.known(index)) && keys.at(-1) !== key) {
      keys.push(key);
      values.push(rows.value(index));
    } else dated.push({ key, value: rows.value(index), known: rows.known(index) });
  }
  const writer = writeBytes();
  writer.byte(FORMAT);
  packKeys(keys, writer);
  packValues(values, writer);
  writer.count(dated.length);
  for (const { key, value, known } of dated) {
    writer.count(key);
    writer.double(value);
    writer.double(known);
  }
  return writer.done();
}

/**
 * Reads back what `packRows` packed, by key; with a memory of keys for many items of the same year. Throws a `RangeError`
 * where the bytes are not of a known format.
 */
export function unpackRows(bytes: Uint8Array, origin: number, memory?: KeyMemory): Rows {
  const reader = readBytes(bytes);
  const format = reader.byte();
  if (format !== FORMAT) throw new RangeError(`observations are packed in the unknown format ${format}`);
  const days = memory === undefined ? unpackKeys(reader, origin) : keysBy(memory, reader, { bytes, origin });
  const plain = plainRows(days, unpackValues(reader, days.length));
  const count = reader.count();
  // Hardly any item has a revision, and its columns are then what they are.
  return count === 0 ? plain : withDated(plain, unpackDated(reader, count, origin));
}

/** Keys say how many they are before all else, so that the same bytes are the same keys whatever follows. */
function keysBy(
  memory: KeyMemory,
  reader: ByteReader,
  { bytes, origin }: { readonly bytes: Uint8Array; readonly origin: number },
): Int32Array {
  const known = memory.get(origin);
  if (known !== undefined && reader.skip(known.packed)) return known.days;
  const start = reader.position();
  const days = unpackKeys(reader, origin);
  memory.set(origin, { packed: bytes.subarray(start, reader.position()), days });
  return days;
}

function unpackDated(reader: ByteReader, count: number, origin: number): readonly Dated[] {
  return Array.from({ length: count }, () => ({
    key: origin + reader.count(),
    value: reader.double(),
    known: reader.double(),
  }));
}

/** The plain rows with the others between them, each behind the plain one of its key. */
function withDated(plain: Rows, dated: readonly Dated[]): Rows {
  const rows = growRows();
  let next = 0;
  const appendDated = (below: number): void => {
    for (let one = dated[next]; one !== undefined && one.key < below; one = dated[++next]) {
      rows.append(one.key, one.value, one.known);
    }
  };
  for (let index = 0; index < plain.length; index++) {
    appendDated(plain.day(index));
    rows.append(plain.day(index), plain.value(index), Number.NaN);
  }
  appendDated(Number.POSITIVE_INFINITY);
  return rows;
}

/** Ascending whole numbers as runs: how many are left out, how many follow. */
function packKeys(keys: readonly number[], writer: ByteWriter): void {
  writer.count(keys.length);
  let start = 0;
  let expected = 0;
  while (start < keys.length) {
    const first = keys[start] ?? 0;
    let end = start + 1;
    while (end < keys.length && keys[end] === first + end - start) end++;
    writer.count(first - expected);
    writer.count(end - start);
    expected = first + end - start;
    start = end;
  }
}

function unpackKeys(reader: ByteReader, origin: number): Int32Array {
  const keys = new Int32Array(reader.count());
  let length = 0;
  let next = origin;
  while (length < keys.length) {
    next += reader.count();
    const end = next + reader.count();
    while (next < end) keys[length++] = next++;
  }
  return keys;
}
