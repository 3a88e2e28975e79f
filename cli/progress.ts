import type { Context } from './context.ts';

/** A piece of work that cannot say how far it is. */
export interface Work {
  /** What is being done: `reading closes`. */
  readonly text: string;
  /** Whether it may take more than a second: only then is it worth a line. */
  readonly long: boolean;
}

const CLEAR_LINE = '\r\u001B[K';

/** Says on standard error, where that is a terminal, what is being done while it is done, and takes the line away after. */
export function whileWorking<Result>({ err }: Context, { text, long }: Work, work: () => Result): Result {
  if (!err.terminal || !long) return work();
  err.write(err.paint('dim', `${text} …`.slice(0, err.columns - 1)));
  try {
    return work();
  } finally {
    err.write(CLEAR_LINE);
  }
}

/** As `whileWorking`, of work that waits for others and is always worth a line. */
export async function whileWaiting<Result>(
  { err }: Context,
  text: string,
  work: () => Promise<Result>,
): Promise<Result> {
  if (!err.terminal) return await work();
  err.write(err.paint('dim', `${text} …`.slice(0, err.columns - 1)));
  try {
    return await work();
  } finally {
    err.write(CLEAR_LINE);
  }
}
