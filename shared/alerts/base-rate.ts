import type { Expression, NumberNode } from '../expression/ast.ts';
import type { CheckedExpression } from '../rules/rule.ts';
import type { BaseRate } from './alert.ts';
import { isOneSessionReturn } from './margin.ts';
import { countUpTo } from './precedent.ts';
import { createPrefixFigures, type PrefixFigures } from './prefix-figures.ts';

/** Sessions ahead: a week, a month, a quarter, half a year, a year. */
const HORIZONS: readonly number[] = [5, 21, 63, 126, 252];

/** Below this many earlier episodes a base rate is too few to rely on. */
export const FEW = 10;

/** What base rates are counted over. */
export interface BaseRateInput {
  readonly outcome: readonly CheckedExpression[];
  /** First firing sessions of the episodes, by index, ascending. */
  readonly starts: readonly number[];
  /** Evaluates an expression over the whole history known. */
  readonly numbers: (expression: Expression) => Float64Array;
  /** Figures over all sessions, shared by rules with the same outcome; keyed by outcome and horizon. */
  readonly shared: Map<string, PrefixFigures>;
}

/** Base rates of the first `episodes` episodes as known on the session at an index. */
export type BaseRates = (episodes: number, today: number) => readonly BaseRate[];

/**
 * Prepares the base rates of a rule (DESIGN section 5): for each outcome and horizon h the figures over earlier episodes
 * with s + h ≤ today, counted from their first firing session s, beside those over all sessions. Empty without outcome.
 */
export function createBaseRates(input: BaseRateInput): BaseRates {
  const lines = input.outcome.flatMap((outcome) =>
    HORIZONS.map((horizon) => createLine(input, outcome, horizon)),
  );
  return (episodes, today) => lines.map((line) => line(episodes, today));
}

function createLine(
  input: BaseRateInput,
  outcome: CheckedExpression,
  horizon: number,
): (episodes: number, today: number) => BaseRate {
  const { starts } = input;
  // The outcome from session s is the h-session return that ends on s + h: the engine knows breaks and bases.
  const ahead = input.numbers(overHorizon(outcome.expression, horizon)).subarray(horizon);
  const key = `${horizon} ${outcome.text}`;
  const all = input.shared.get(key) ?? createPrefixFigures(ahead);
  input.shared.set(key, all);
  const own = createPrefixFigures(Float64Array.from(starts, (start) => ahead[start] ?? NaN));
  return (episodes, today) => ({
    outcome: outcome.text,
    horizon,
    ...own.of(Math.min(episodes, countUpTo(starts, today - horizon))),
    all: all.of(Math.max(0, today - horizon + 1)),
  });
}

/** Rewrites an outcome so that each one-session `ret(x)` becomes the return over h sessions. */
function overHorizon(expression: Expression, horizon: number): Expression {
  switch (expression.kind) {
    case 'call':
      return isOneSessionReturn(expression)
        ? { ...expression, args: [...expression.args.slice(0, 1), literal(expression, horizon)] }
        : expression;
    case 'unary':
      return { ...expression, operand: overHorizon(expression.operand, horizon) };
    case 'binary':
      return {
        ...expression,
        left: overHorizon(expression.left, horizon),
        right: overHorizon(expression.right, horizon),
      };
    case 'number':
    case 'date':
    case 'name':
      return expression;
  }
}

function literal(at: Expression, value: number): NumberNode {
  return { kind: 'number', mantissa: value, suffix: '', value, from: at.from, to: at.to };
}
