import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

/** The physical lines of a file in order, without their ends. */
export interface Lines {
  /** The next line; undefined after the last. */
  next(): string | undefined;
  close(): void;
}

const PORTION = 1 << 20;
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Opens a text file to be read line by line, in portions, so that its size does not matter. Lines end with LF, CRLF or
 * CR; a byte order mark is dropped; bytes that are no UTF-8 become U+FFFD. Throws what `node:fs` throws.
 */
export function openLines(path: string): Lines {
  const descriptor = openSync(path, 'r');
  const buffer = Buffer.allocUnsafe(PORTION);
  const decoder = new StringDecoder('utf8');
  let text = '';
  let position = 0;
  let started = false;
  let ended = false;
  /** Appends a portion to what is left of the last; false at the end of the file. */
  const refill = (): boolean => {
    if (ended) return false;
    const count = readSync(descriptor, buffer);
    ended = count === 0;
    let portion = text.slice(position) + (ended ? decoder.end() : decoder.write(buffer.subarray(0, count)));
    position = 0;
    if (!started && portion !== '') {
      started = true;
      if (portion.startsWith(BYTE_ORDER_MARK)) portion = portion.slice(1);
    }
    // A CR that ends a portion may be half of a CRLF: it waits for the next one.
    text = portion.includes('\r')
      ? portion.replace(ended ? /\r\n?/g : /\r\n|\r(?=[^])(?!\n)/g, '\n')
      : portion;
    return true;
  };
  return {
    next() {
      for (;;) {
        const end = text.indexOf('\n', position);
        if (end >= 0) {
          const line = text.slice(position, end);
          position = end + 1;
          return line;
        }
        if (refill()) continue;
        if (position >= text.length) return undefined;
        const line = text.slice(position);
        position = text.length;
        return line;
      }
    },
    close: () => closeSync(descriptor),
  };
}
