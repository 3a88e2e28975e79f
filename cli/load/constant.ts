import type { Calendar } from '../../shared/calendar/calendar.ts';
import type { Expression } from '../../shared/expression/ast.ts';
import { createArchiveBuilder } from '../../shared/series/archive.ts';
import type { Market } from '../../shared/series/market.ts';
import type { Column, Snapshot } from '../../shared/series/snapshot.ts';
import { snapshotOf } from '../../shared/series/snapshot-of.ts';

const POINTWISE: ReadonlySet<string> = new Set(['abs', 'min', 'max', 'log', 'discount', 'ratio', 'votes']);

/**
 * Whether an expression has a value that belongs to no session: numbers, operators and functions of the values of one
 * session alone. Names in it are no data where nothing is loaded; windows and the calendar need sessions.
 */
export function isTimeless(expression: Expression): boolean {
  switch (expression.kind) {
    case 'number':
    case 'name':
    case 'date':
      return true;
    case 'unary':
      return isTimeless(expression.operand);
    case 'binary':
      return isTimeless(expression.left) && isTimeless(expression.right);
    case 'call':
      return POINTWISE.has(expression.name) && expression.args.every(isTimeless);
  }
}

/** A snapshot of a single session without any data, on which a timeless expression can be computed. */
export function emptySession(market: Market, calendar: Calendar): Snapshot {
  const nothing = snapshotOf(
    createArchiveBuilder({ market, calendar, now: 0 }).build(),
    Number.POSITIVE_INFINITY,
  );
  const column: Column = { values: Float64Array.of(Number.NaN), breaks: [] };
  return {
    ...nothing,
    length: 1,
    sessions: calendar.sessions.slice(0, 1),
    index: () => undefined,
    canonical: () => column,
    latest: () => column,
    splitFactor: () => Float64Array.of(1),
    membership: () => ({ members: [], on: new Uint8Array(0), size: Uint16Array.of(0) }),
  };
}
