/** Writes numbers of known shapes one after another. */
export interface ByteWriter {
  byte(value: number): void;
  /** A whole number from 0 to 2^53, seven bits a byte, lowest first. */
  count(value: number): void;
  single(value: number): void;
  double(value: number): void;
  done(): Uint8Array;
}

/** Reads what a `ByteWriter` wrote, in the same order. Throws a `RangeError` past the end. */
export interface ByteReader {
  byte(): number;
  count(): number;
  single(): number;
  double(): number;
}

const FIRST_CAPACITY = 256;

/** Starts with nothing written. */
export function writeBytes(): ByteWriter {
  let bytes = new Uint8Array(FIRST_CAPACITY);
  let view = new DataView(bytes.buffer);
  let length = 0;
  const reserve = (more: number): number => {
    if (length + more > bytes.length) {
      const larger = new Uint8Array(2 * bytes.length);
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
    single() {
      at += 4;
      return view.getFloat32(at - 4, true);
    },
    double() {
      at += 8;
      return view.getFloat64(at - 8, true);
    },
  };
}
