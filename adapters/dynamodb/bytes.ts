/** Writes numbers of known shapes one after another. */
export interface ByteWriter {
  byte(value: number): void;
  /** A whole number from 0 to 2^53, seven bits a byte, lowest first. */
  count(value: number): void;
  single(value: number): void;
  double(value: number): void;
  /** Bytes as they are. */
  raw(bytes: Uint8Array): void;
  done(): Uint8Array;
}

/** Reads what a `ByteWriter` wrote, in the same order. Throws a `RangeError` past the end. */
export interface ByteReader {
  byte(): number;
  count(): number;
  /** Reads a count into each place from `start` to below `end`. */
  counts(into: Float64Array, start: number, end: number): void;
  single(): number;
  double(): number;
  /** The next bytes as they are, a view of what is read. */
  raw(length: number): Uint8Array;
  /** How many bytes were read so far. */
  position(): number;
  /** Whether the next bytes are these; if so they are passed over. */
  skip(bytes: Uint8Array): boolean;
}

const FIRST_CAPACITY = 256;

/** Starts with nothing written. */
export function writeBytes(): ByteWriter {
  let bytes = new Uint8Array(FIRST_CAPACITY);
  let view = new DataView(bytes.buffer);
  let length = 0;
  const reserve = (more: number): number => {
    if (length + more > bytes.length) {
      const larger = new Uint8Array(Math.max(2 * bytes.length, length + more));
      larger.set(bytes);
      bytes = larger;
      view = new DataView(bytes.buffer);
    }
    length += more;
    return length - more;
  };
  const byte = (value: number): void => {
    const at = reserve(1);
    view.setUint8(at, value);
  };
  return {
    byte,
    count(value) {
      let rest = value;
      while (rest >= 128) {
        byte((rest % 128) + 128);
        rest = Math.floor(rest / 128);
      }
      byte(rest);
    },
    // Reserving may replace the view: it has to come first.
    single(value) {
      const at = reserve(4);
      view.setFloat32(at, value, true);
    },
    double(value) {
      const at = reserve(8);
      view.setFloat64(at, value, true);
    },
    raw(added) {
      const at = reserve(added.length);
      bytes.set(added, at);
    },
    done: () => bytes.slice(0, length),
  };
}

/** Reads from the first byte on. */
export function readBytes(bytes: Uint8Array): ByteReader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const byte = (): number => view.getUint8(at++);
  return {
    byte,
    count() {
      let value = 0;
      let weight = 1;
      for (;;) {
        const next = byte();
        value += (next % 128) * weight;
        if (next < 128) return value;
        weight *= 128;
      }
    },
    counts(into, start, end) {
      at = readCounts(bytes, at, into, { start, end });
    },
    single() {
      at += 4;
      return view.getFloat32(at - 4, true);
    },
    double() {
      at += 8;
      return view.getFloat64(at - 8, true);
    },
    raw(length) {
      at += length;
      if (at > bytes.length) throw new RangeError(`expected ${at} bytes, found ${bytes.length}`);
      return bytes.subarray(at - length, at);
    },
    position: () => at,
    skip(wanted) {
      const found = bytes.subarray(at, at + wanted.length);
      if (Buffer.compare(found, wanted) !== 0) return false;
      at += wanted.length;
      return true;
    },
  };
}

/** Reads counts from `at` on and tells where they end: one loop over the bytes, since nearly all that is stored is such. */
function readCounts(
  bytes: Uint8Array,
  at: number,
  into: Float64Array,
  { start, end }: { readonly start: number; readonly end: number },
): number {
  let next = at;
  for (let index = start; index < end; index++) {
    let byte = bytes[next++]!;
    let value = byte & 127;
    for (let weight = 128; byte >= 128; weight *= 128) {
      byte = bytes[next++]!;
      value += (byte & 127) * weight;
    }
    into[index] = value;
  }
  if (next > bytes.length) throw new RangeError(`expected ${next} bytes, found ${bytes.length}`);
  return next;
}
