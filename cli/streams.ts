import { once } from 'node:events';
import { styleText } from 'node:util';
import type { Output } from './context.ts';

/** A standard stream; what only terminals have is missing where it is none. */
export interface StandardStream extends NodeJS.WritableStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly writableNeedDrain: boolean;
}

const HELD_BACK = 1 << 16;

/** The stream as the verbs see it: many small writes become few large ones. */
export function bufferedOutput(stream: StandardStream): Output {
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
export function directOutput(stream: StandardStream): Output {
  return {
    ...surface(stream),
    write: (text) => {
      stream.write(text);
    },
    flush: async () => {},
  };
}

function surface(stream: StandardStream): Pick<Output, 'columns' | 'terminal' | 'paint'> {
  return {
    columns: stream.columns || 80,
    terminal: stream.isTTY ?? false,
    paint: (style, text) => styleText(style, text, { stream }),
  };
}
