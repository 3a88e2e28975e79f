import { NO_DATA, TRUE } from '../../shared/expression/types.ts';
import type { Output } from '../context.ts';
import { counted } from './figures.ts';
import { dateLabels } from './plot.ts';

/** A condition over sessions, a code each. */
export interface Strip {
  readonly sessions: readonly string[];
  readonly codes: ArrayLike<number>;
}

const SHARES = ' ▁▂▃▄▅▆▇█';

/** Draws when a condition is true: a block a stretch of sessions, as high as the share of them on which it is. */
export function stripLines({ sessions, codes }: Strip, output: Output): string[] {
  // Never more columns than sessions, so that a column without data is one on which there was none.
  const width = Math.min(sessions.length, Math.max(20, Math.min(output.columns, 120) - 2));
  const [held, known] = [new Array<number>(width).fill(0), new Array<number>(width).fill(0)];
  let total = 0;
  let last = -1;
  for (let index = 0; index < sessions.length; index += 1) {
    const column = Math.floor((index / sessions.length) * width);
    if (codes[index] !== NO_DATA) known[column] = (known[column] ?? 0) + 1;
    if (codes[index] !== TRUE) continue;
    held[column] = (held[column] ?? 0) + 1;
    total += 1;
    last = index;
  }
  const blocks = held.map((count, column) => block(count, known[column] ?? 0)).join('');
  const summary = `true on ${counted(total, 'session')}`;
  return [
    output.paint('cyan', blocks),
    output.paint('dim', dateLabels(sessions, width)),
    last < 0 ? summary : `${summary}, last on ${sessions[last]}`,
  ];
}

/** Any true session shows, however few; a stretch without data is a dot. */
function block(held: number, known: number): string {
  if (known === 0) return '·';
  return SHARES[Math.ceil((held / known) * (SHARES.length - 1))] ?? ' ';
}
