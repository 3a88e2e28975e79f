import { once } from 'node:events';
import type { WriteStream } from 'node:tty';
import { styleText } from 'node:util';
import type { Output } from './context.ts';

const HELD_BACK = 1 << 16;

/** The stream as the verbs see it: many small writes become few large ones. */
export function bufferedOutput(stream: WriteStream): Output {
  let held = '';
  const release = (): boolean => {
    const text = held;
    held = '';
    return text === '' || stream.write(text);
  };
  return {
    ...surface(stream),
    write: (text) => {
      held += text;
      if (held.length >= HELD_BACK) release();
    },
    flush: async () => {
      if (!release() && stream.writableNeedDrain) await once(stream, 'drain');
    },
  };
}

/** The stream as it is: every write shows at once, as errors and progress should. */
export function directOutput(stream: WriteStream): Output {
  return {
    ...surface(stream),
    write: (text) => {
      stream.write(text);
    },
    flush: async () => {},
  };
}

function surface(stream: WriteStream): Pick<Output, 'columns' | 'terminal' | 'paint'> {
  return {
    columns: stream.columns || 80,
    terminal: Boolean(stream.isTTY),
    paint: (style, text) => styleText(style, text, { stream }),
  };
}
