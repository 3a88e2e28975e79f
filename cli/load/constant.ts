import type { Calendar } from '../../shared/calendar/calendar.ts';
import type { Expression, Span } from '../../shared/expression/ast.ts';
import { createArchiveBuilder } from '../../shared/series/archive.ts';
import { columnOf } from '../../shared/series/column.ts';
import type { Market } from '../../shared/series/market.ts';
import type { Snapshot } from '../../shared/series/snapshot.ts';
import { snapshotOf } from '../../shared/series/snapshot-of.ts';

const POINTWISE: ReadonlySet<string> = new Set(['abs', 'min', 'max', 'log', 'discount', 'ratio', 'votes']);
const CONDITIONS: ReadonlySet<string> = new Set([
  'crossover',
  'crossunder',
  'rising',
  'falling',
  'all',
  'any',
  'firing',
]);

/**
 * An expression as it is where there are no sessions: numbers, operators and functions of one session's values stay;
 * names, windows and the calendar are no data (0 / 0, or a comparison with it).
 */
export function withoutSessions(expression: Expression): Expression {
  switch (expression.kind) {
    case 'number':
    case 'date':
      return expression;
    case 'name':
      return noNumber(expression);
    case 'unary':
      return { ...expression, operand: withoutSessions(expression.operand) };
    case 'binary':
      return {
        ...expression,
        left: withoutSessions(expression.left),
        right: withoutSessions(expression.right),
      };
    case 'call':
      if (POINTWISE.has(expression.name))
        return { ...expression, args: expression.args.map(withoutSessions) };
      return CONDITIONS.has(expression.name) ? noCondition(expression) : noNumber(expression);
  }
}

function noNumber({ from, to }: Span): Expression {
  const zero: Expression = { kind: 'number', mantissa: 0, suffix: '', value: 0, from, to };
  return { kind: 'binary', operator: '/', left: zero, right: zero, from, to };
}

function noCondition(span: Span): Expression {
  const nothing = noNumber(span);
  return { kind: 'binary', operator: '>', left: nothing, right: nothing, from: span.from, to: span.to };
}

/** A snapshot of a single session without any data, on which an expression without sessions can be computed. */
export function emptySession(market: Market, calendar: Calendar): Snapshot {
  const nothing = snapshotOf(
    createArchiveBuilder({ market, calendar, now: 0 }).build(),
    Number.POSITIVE_INFINITY,
  );
  const column = columnOf(Float64Array.of(Number.NaN), { first: 1, breaks: [], isWhole: true });
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
