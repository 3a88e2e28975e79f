import { wordsOf } from '../alerts/words.ts';
import { counted, distanceOf, grouped, measured, type Printed } from '../alerts/message/numbers.ts';
import { round12 } from '../alerts/round.ts';
import type { Comparison, Expression } from '../expression/ast.ts';
import { format } from '../expression/format.ts';
import { asComparison } from '../rules/derive.ts';
import { FIRING, PENDING } from '../rules/lifecycle.ts';
import type { Direction, Rule } from '../rules/rule.ts';
import type { Standing, Viewed } from './standing.ts';

type Distance = NonNullable<Standing['distance']>;

/** A value held against a threshold. */
interface Gap {
  readonly value: number;
  readonly threshold: number;
  readonly direction: Direction;
  /** What is missing in the rule's direction; 0 or less where it is reached. */
  readonly missing: number;
}

/**
 * How far a rule is from firing on the last session of its view, or where it fires, how far beyond the threshold and
 * from its end; null where it has neither a threshold nor a count that runs.
 */
export function distanceTo(viewed: Viewed): Distance | null {
  const { rule, view, sessions } = viewed;
  const index = sessions.length - 1;
  const state = view.course.states[index];
  const gap = gapAt(rule, view.figures.value(index), view.figures.threshold(index));
  if (state === PENDING) return holding(rule, view.course.memory.trueRun, gap);
  if (rule.measure === null || rule.threshold === null || rule.direction === null) return null;
  if (gap === null) return { missing: null, text: 'no data', share: null };
  const reached = { missing: round12(gap.missing), share: shareOf(gap, viewed.printed) };
  if (state === FIRING)
    return { ...reached, text: `firing, ${beyond(gap, viewed.printed)}${ending(viewed, gap)}` };
  return { ...reached, text: short(gap, viewed.printed) };
}

function gapAt({ direction }: Rule, value: number | null, threshold: number | null): Gap | null {
  if (value === null || threshold === null || direction === null) return null;
  return {
    value,
    threshold,
    direction,
    missing: direction === 'up' ? threshold - value : value - threshold,
  };
}

/** The condition is true and has to stay so for some sessions more. */
function holding({ hold }: Rule, run: number, gap: Gap | null): Distance {
  const text = `true on ${grouped(run)} of ${counted(hold, 'session')}`;
  return { missing: gap === null ? null : round12(gap.missing), text, share: run / hold };
}

function beyond({ missing, direction }: Gap, printed: Printed): string {
  if (missing === 0) return 'at the threshold';
  const side = missing > 0 === (direction === 'up') ? 'below' : 'above';
  const size = distanceOf(printed, missing);
  return missing < 0 ? `${size} beyond the threshold` : `${size} ${side} the threshold`;
}

function short(gap: Gap, printed: Printed): string {
  const { value, threshold, direction, missing } = gap;
  if (missing === 0) return 'at the threshold';
  if (missing < 0) return `${beyond(gap, printed)}; the rest of the condition is not true`;
  const { counts, tally } = printed.words;
  const whole = direction === 'up' && value >= 0 && Number.isInteger(value) && Number.isInteger(threshold);
  if (whole && counts !== null)
    return `${grouped(value)} of ${counted(threshold, counts === 'times' ? 'time' : 'session')}`;
  if (whole && tally !== null) return `${grouped(value)} of ${counted(threshold, tally.noun)}`;
  return beyond(gap, printed);
}

/** The share of the way from zero; null where zero is no beginning: of prices, and on the other side of it. */
function shareOf({ value, threshold, direction, missing }: Gap, { measureUnit }: Printed): number | null {
  if (missing <= 0) return 1;
  const sign = direction === 'up' ? 1 : -1;
  if (measureUnit === 'price' || threshold * sign <= 0 || value * sign < 0) return null;
  return round12(value / threshold);
}

const OPPOSITE: Readonly<Partial<Record<Comparison, Comparison>>> = {
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
};

/** What ends a rule that fires, where that is not just the threshold crossed again. */
function ending({ rule, printed, context, sessions }: Viewed, { value }: Gap): string {
  const resolve = rule.resolveWhen.expression;
  const negated = resolve.kind === 'unary' && resolve.operator === 'not' ? resolve.operand : null;
  if (negated !== null && format(negated) === rule.when.text && asComparison(negated) !== null) return '';
  const limit = limitOf(negated ?? resolve, rule, negated === null ? 'as written' : 'negated');
  const words = `; it ends when ${wordsOf(rule, context.snapshot.market).resolvesWhen}`;
  if (limit === null) return words;
  const at = context.engine.numbers(limit.threshold)[sessions.length - 1] ?? Number.NaN;
  const left = limit.side === 'below' ? value - at : at - value;
  if (!(left > 0)) return words;
  const lower = limit.side === 'below' ? 'lower' : 'higher';
  return `; it ends ${distanceOf(printed, left)} ${lower}, at ${measured({ definition: printed }, at)}`;
}

/** The threshold that ends a rule, where its end is a comparison of order of the rule's own measure. */
function limitOf(
  condition: Expression,
  { measure }: Rule,
  sense: 'as written' | 'negated',
): { readonly threshold: Expression; readonly side: 'below' | 'above' } | null {
  const comparison = asComparison(condition);
  if (comparison === null || measure === null || format(comparison.measure) !== measure.text) return null;
  const operator = sense === 'negated' ? OPPOSITE[comparison.operator] : comparison.operator;
  if (operator === '<' || operator === '<=') return { threshold: comparison.threshold, side: 'below' };
  if (operator === '>' || operator === '>=') return { threshold: comparison.threshold, side: 'above' };
  return null;
}
