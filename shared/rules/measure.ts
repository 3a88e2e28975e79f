import type { Expression } from '../expression/ast.ts';
import { analyze } from '../expression/analyze.ts';
import { format } from '../expression/format.ts';
import { PERCENT_SUSPICION } from '../expression/limits.ts';
import { common } from '../expression/units.ts';
import { type Derived, derive } from './derive.ts';
import { warning } from './finding.ts';
import type { CheckedExpression, Direction } from './rule.ts';
import { checkedOf, expressionAt, report, type RuleSource } from './rule-source.ts';
import type { RuleText } from './schema.ts';
import { offsetOf } from './yaml-document.ts';

/** What a rule measures, held against what, and which way is further. */
export interface Measured {
  readonly measure: CheckedExpression | null;
  readonly threshold: CheckedExpression | null;
  readonly direction: Direction | null;
}

/**
 * Measure, threshold and direction of a rule: each as declared, else from `when` where that is one comparison, else
 * null. Reports what does not fit together.
 */
export function readMeasure(source: RuleSource, raw: RuleText, when: CheckedExpression | null): Measured {
  const derived = when === null ? null : derive(when.expression);
  const measure =
    raw.measure === undefined ? part(source, derived?.measure) : expressionAt(source, ['measure'], 'number');
  if (when !== null && derived === null && raw.measure === undefined) askForMeasure(source);
  const threshold = raw.threshold === undefined ? null : readThreshold(source, raw.threshold);
  if (measure !== null && threshold !== null) checkUnits(source, measure, threshold);
  const direction = raw.direction ?? derived?.direction ?? null;
  if (when !== null && raw.threshold !== undefined && direction === null) {
    report(
      source,
      ['threshold'],
      'direction-missing',
      '`threshold` needs `direction: up` or `direction: down` beside it',
    );
  }
  if (measure === null) return { measure: null, threshold: null, direction: null };
  return { measure, threshold: threshold ?? defaultThreshold(source, raw, derived, measure), direction };
}

/** The threshold of `when`, where none is declared and it is of the measure's unit. */
function defaultThreshold(
  source: RuleSource,
  raw: RuleText,
  derived: Derived | null,
  measure: CheckedExpression,
): CheckedExpression | null {
  if (raw.threshold !== undefined) return null;
  const threshold = part(source, derived?.threshold);
  return threshold !== null && unitsFit(measure, threshold) ? threshold : null;
}

function askForMeasure(source: RuleSource): void {
  const at = offsetOf(source.root, [...source.base, 'when']);
  source.problems.push(
    warning(
      at,
      'measure-missing',
      '`when` is not one comparison, so the number to report is not known: add `measure` (with `threshold` and ' +
        '`direction`), or the alert has no value, no precedent and no margin',
    ),
  );
}

/** A side of a checked comparison as an expression of its own. */
function part(source: RuleSource, side: Expression | undefined): CheckedExpression | null {
  return side === undefined ? null : checkedOf(analyze(format(side), source.scope));
}

/** A threshold is written as a number or as an expression. */
function readThreshold(source: RuleSource, raw: number | string): CheckedExpression | null {
  if (typeof raw === 'string') return expressionAt(source, ['threshold'], 'number');
  return checkedOf(analyze(String(raw), source.scope));
}

function checkUnits(source: RuleSource, measure: CheckedExpression, threshold: CheckedExpression): void {
  if (unitsFit(measure, threshold)) return;
  const found = threshold.type.kind === 'number' ? threshold.type.unit : 'condition';
  const unit = measure.type.kind === 'number' ? measure.type.unit : 'condition';
  const offer = found === 'number' ? `: did you mean ${threshold.text}%?` : '';
  report(
    source,
    ['threshold'],
    'threshold-unit',
    `\`threshold\`: expected a ${unit} as the measure is, found ${threshold.text}, a ${found}${offer}`,
  );
}

/** The same rule as a comparison of the two would obey, the forgotten `%` included. */
function unitsFit(measure: CheckedExpression, threshold: CheckedExpression): boolean {
  if (measure.type.kind !== 'number' || threshold.type.kind !== 'number') return false;
  if (common(measure.type.unit, threshold.type.unit) === null) return false;
  return measure.type.unit !== 'ratio' || !isLargeLiteral(threshold.expression);
}

function isLargeLiteral(expression: Expression): boolean {
  if (expression.kind === 'unary') return isLargeLiteral(expression.operand);
  return expression.kind === 'number' && expression.suffix === '' && expression.value >= PERCENT_SUSPICION;
}
