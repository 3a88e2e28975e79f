import type { Session } from '../calendar/calendar.ts';
import type { Expression } from '../expression/ast.ts';
import type { Engine } from '../expression/engine.ts';
import { TRUE } from '../expression/types.ts';
import type { Direction } from '../rules/rule.ts';
import type { Margin } from './alert.ts';

/** A streak of a comparison of order, turned so that `over - under` is positive where it is true. */
export interface StreakShape {
  readonly condition: Expression;
  readonly over: Expression;
  readonly under: Expression;
  /** Whether both sides are one-session returns, whose lead is compounded. */
  readonly returns: boolean;
}

/** The comparison inside a measure `streak(a > b)` (`>=`, `<`, `<=` too); null for any other measure. */
export function streakShape(measure: Expression): StreakShape | null {
  if (measure.kind !== 'call' || measure.name !== 'streak') return null;
  const condition = measure.args[0];
  if (condition?.kind !== 'binary') return null;
  const { left, right, operator } = condition;
  const returns = isOneSessionReturn(left) && isOneSessionReturn(right);
  if (operator === '>' || operator === '>=') return { condition, over: left, under: right, returns };
  if (operator === '<' || operator === '<=') return { condition, over: right, under: left, returns };
  return null;
}

/** Whether an expression is `ret(x)`, or `ret(x, 1)`. */
export function isOneSessionReturn(expression: Expression): boolean {
  if (expression.kind !== 'call' || expression.name !== 'ret') return false;
  const n = expression.args[1];
  return n === undefined || (n.kind === 'number' && n.value === 1);
}

/** What the margins of a running streak are computed from, by session index. */
export interface StreakArrays {
  /** The streak itself: NaN and 0 where none runs. */
  readonly streak: Float64Array;
  readonly condition: Uint8Array;
  readonly over: Float64Array;
  readonly under: Float64Array;
  readonly returns: boolean;
}

/** The smallest margin of the streak running on each session, its index, and the cumulative lead; NaN where none runs. */
export interface StreakMargins {
  readonly smallest: Float64Array;
  readonly at: Int32Array;
  readonly lead: Float64Array;
}

/** Follows every streak in one pass; on ties the earliest session keeps the smallest margin. */
export function streakMargins(input: StreakArrays): StreakMargins {
  const length = input.streak.length;
  const smallest = new Float64Array(length).fill(NaN);
  const lead = new Float64Array(length).fill(NaN);
  const at = new Int32Array(length).fill(-1);
  let run = emptyRun();
  for (let index = 0; index < length; index += 1) {
    const count = input.streak[index] ?? NaN;
    if (!(count > 0)) continue;
    if (input.condition[index] === TRUE) {
      if (count === 1) run = emptyRun();
      extend(run, index, input.over[index] ?? NaN, input.under[index] ?? NaN);
    }
    smallest[index] = run.smallest;
    at[index] = run.at;
    lead[index] = input.returns ? run.over - run.under : run.sum;
  }
  return { smallest, at, lead };
}

interface Run {
  smallest: number;
  at: number;
  sum: number;
  over: number;
  under: number;
}

function emptyRun(): Run {
  return { smallest: Infinity, at: -1, sum: 0, over: 1, under: 1 };
}

function extend(run: Run, index: number, over: number, under: number): void {
  const margin = over - under;
  if (margin < run.smallest) {
    run.smallest = margin;
    run.at = index;
  }
  run.sum += margin;
  run.over *= 1 + over;
  run.under *= 1 + under;
}

/** What margins need of a rule: all three are there, or the rule has no margin. */
export interface MarginInput {
  readonly sessions: readonly Session[];
  readonly measure: Expression;
  readonly threshold: Expression;
  readonly direction: Direction;
}

/**
 * Prepares margins, positive when true (DESIGN section 5): for a streak of a comparison the closest call of the running
 * streak, otherwise the measure's distance beyond the threshold. Null where no streak runs or a side has no data.
 */
export function createMargins(input: MarginInput, engine: Engine): (index: number) => Margin | null {
  const measure = engine.numbers(input.measure);
  const shape = streakShape(input.measure);
  if (shape === null) {
    const threshold = engine.numbers(input.threshold);
    const sign = input.direction === 'up' ? 1 : -1;
    return (index) => {
      const value = sign * ((measure[index] ?? NaN) - (threshold[index] ?? NaN));
      return marginAt(input.sessions, { value, index, lead: null });
    };
  }
  const margins = streakMargins({
    streak: measure,
    condition: engine.conditions(shape.condition),
    over: engine.numbers(shape.over),
    under: engine.numbers(shape.under),
    returns: shape.returns,
  });
  return (index) =>
    marginAt(input.sessions, {
      value: margins.smallest[index] ?? NaN,
      index: margins.at[index] ?? -1,
      lead: margins.lead[index] ?? NaN,
    });
}

function marginAt(
  sessions: readonly Session[],
  found: { readonly value: number; readonly index: number; readonly lead: number | null },
): Margin | null {
  const session = sessions[found.index];
  if (session === undefined || !Number.isFinite(found.value)) return null;
  return { value: found.value, session, lead: found.lead };
}
