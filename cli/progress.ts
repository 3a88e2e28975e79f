import type { Context } from './context.ts';

/** One line on standard error that says what is being done. */
export interface Progress {
  step(text: string): void;
  /** Takes the line away; results follow. */
  done(): void;
}

const WORTH_SAYING = 1_000;
const BETWEEN_STEPS = 100;
const CLEAR_LINE = '\r\u001B[K';

/** Tells progress where standard error is a terminal, once the work has taken a second; else says nothing. */
export function startProgress(context: Context): Progress {
  const { err, elapsed } = context;
  const started = elapsed();
  let said = Number.NEGATIVE_INFINITY;
  return {
    step: (text) => {
      const at = elapsed();
      if (!err.terminal || at - started < WORTH_SAYING || at - said < BETWEEN_STEPS) return;
      said = at;
      err.write(CLEAR_LINE + err.paint('dim', text.slice(0, err.columns - 1)));
    },
    done: () => {
      if (said > 0) err.write(CLEAR_LINE);
    },
  };
}
