import { growRows, type Rows } from '../../shared/series/rows.ts';
import { type ByteReader, type ByteWriter, readBytes, writeBytes } from './bytes.ts';
import { packValues, unpackValues } from './packed-values.ts';

const FORMAT = 1;

/** A statement beside the plain one of its key: a revision, or a first value that says when it became known. */
interface Dated {
  readonly key: number;
  readonly value: number;
  readonly known: number;
}

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

/** Reads back what `packRows` packed, by key. Throws a `RangeError` where the bytes are not of a known format. */
export function unpackRows(bytes: Uint8Array, origin: number): Rows {
  const reader = readBytes(bytes);
  const format = reader.byte();
  if (format !== FORMAT) throw new RangeError(`observations are packed in the unknown format ${format}`);
  const keys = unpackKeys(reader);
  const values = unpackValues(reader, keys.length);
  const dated = Array.from({ length: reader.count() }, () => ({
    key: reader.count(),
    value: reader.double(),
    known: reader.double(),
  }));
  const rows = growRows();
  let next = 0;
  const appendDated = (below: number): void => {
    for (let one = dated[next]; one !== undefined && one.key < below; one = dated[++next]) {
      rows.append(origin + one.key, one.value, one.known);
    }
  };
  for (const [index, key] of keys.entries()) {
    appendDated(key);
    rows.append(origin + key, values[index] ?? Number.NaN, Number.NaN);
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

function unpackKeys(reader: ByteReader): readonly number[] {
  const length = reader.count();
  const keys: number[] = [];
  let next = 0;
  while (keys.length < length) {
    next += reader.count();
    const end = next + reader.count();
    while (next < end) keys.push(next++);
  }
  return keys;
}
