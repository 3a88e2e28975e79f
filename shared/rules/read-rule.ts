import { format } from '../expression/format.ts';
import { nearest } from '../expression/suggest.ts';
import { type Problem, problem, warning } from './finding.ts';
import { LINTS } from './lint-codes.ts';
import { readMeasure } from './measure.ts';
import { foreignPart } from './outcome.ts';
import { canBothBeTrue } from './overlap.ts';
import type { CheckedExpression, Rule, UpdatePolicy } from './rule.ts';
import { expressionAt, offsetOfPart, report, type RuleSource } from './rule-source.ts';
import { EVERY, type RuleText } from './schema.ts';
import { versionOf } from './version.ts';
import { rulesNamed } from './walk.ts';
import { keyOffset, offsetOf } from './yaml-document.ts';

/**
 * Checks one rule whose keys have the right shape and fills in what it leaves out; what is wrong goes to
 * `source.problems`. Null where an expression it cannot do without has errors. The version counts in no other rule yet.
 */
export function readRule(source: RuleSource, raw: RuleText): Rule | null {
  const when = raw.when === undefined ? null : expressionAt(source, ['when'], 'condition');
  const declared =
    raw.resolve_when === undefined ? null : expressionAt(source, ['resolve_when'], 'condition');
  const measured = readMeasure(source, raw, when);
  const outcome = readOutcomes(source, raw.outcome ?? []);
  const update = readUpdate(raw.update ?? 'never');
  const unmeasured = when !== null && (measured.measure === null || measured.direction === null);
  if (update.kind === 'on record' && unmeasured) {
    report(
      source,
      ['update'],
      'record-needs-measure',
      '`update: on record` needs a `measure` and a `direction`',
    );
  }
  checkEvidence(source, raw);
  checkExpectations(source, raw.expect ?? {});
  if (when !== null && declared !== null) warnOfOverlap(source, when, declared);
  if (when === null || raw.id === undefined || (raw.resolve_when !== undefined && declared === null))
    return null;
  const deciding = {
    when,
    resolveWhen: declared ?? opposite(when),
    hold: raw.hold ?? 1,
    keepFiring: raw.keep_firing ?? 0,
    ...measured,
    outcome,
  };
  const expressions = [when, deciding.resolveWhen, measured.measure, measured.threshold, ...outcome];
  return {
    id: raw.id,
    title: raw.title?.trim() ?? raw.id,
    ...deciding,
    severity: raw.severity ?? 'notice',
    update,
    tags: raw.tags ?? [],
    evidence: [...new Set(raw.evidence)],
    note: raw.note?.trim() ?? '',
    expect: new Map(Object.entries(raw.expect ?? {})),
    version: versionOf(deciding, []),
    dependsOn: rulesNamed(expressions.flatMap((checked) => checked?.expression ?? [])),
  };
}

/** `not (when)`: built as a tree, so that it may go one step beyond the limits of written expressions. */
function opposite(when: CheckedExpression): CheckedExpression {
  const { expression } = when;
  const not = { kind: 'unary', operator: 'not', operand: expression, from: 0, to: 0 } as const;
  return { text: format(not), expression: not, type: { kind: 'condition' } };
}

function readUpdate(text: string): UpdatePolicy {
  if (text === 'on record') return { kind: 'on record' };
  const sessions = EVERY.exec(text)?.[1];
  return sessions === undefined ? { kind: 'never' } : { kind: 'every', sessions: Number(sessions) };
}

function readOutcomes(source: RuleSource, raw: readonly string[]): readonly CheckedExpression[] {
  return raw.flatMap((_, index) => {
    const path = ['outcome', index];
    const checked = expressionAt(source, path, 'number');
    if (checked === null) return [];
    const stranger = foreignPart(checked.expression);
    if (stranger === null) return [checked];
    source.problems.push(
      problem(
        offsetOfPart(source, path, stranger),
        'outcome-form',
        `\`outcome\`: expected one-session returns ret(x) combined by + - * and constants, found ${format(stranger)}`,
      ),
    );
    return [];
  });
}

function checkEvidence(source: RuleSource, raw: RuleText): void {
  for (const [index, id] of (raw.evidence ?? []).entries()) {
    if (id === raw.id) {
      report(
        source,
        ['evidence', index],
        'unknown-rule',
        '`evidence`: expected other rules, found this rule itself',
      );
    } else if (!source.scope.rules.has(id)) {
      report(
        source,
        ['evidence', index],
        'unknown-rule',
        `\`evidence\`: unknown rule ${id}${hint(id, source.scope.rules)}`,
      );
    }
  }
}

function checkExpectations(source: RuleSource, expect: Readonly<Record<string, string>>): void {
  for (const code of Object.keys(expect)) {
    if (LINTS.has(code)) continue;
    const at = keyOffset(source.root, [...source.base, 'expect', code]) ?? 0;
    const known = [...LINTS.keys()];
    const names = hint(code, known) || `: expected one of ${known.join(', ')}`;
    source.problems.push(problem(at, 'unknown-lint', `\`expect\`: no lint has the code ${code}${names}`));
  }
}

function hint(name: string, known: Iterable<string>): string {
  const near = nearest(name, known);
  return near === null ? '' : `: did you mean ${near}?`;
}

function warnOfOverlap(source: RuleSource, when: CheckedExpression, resolve: CheckedExpression): void {
  if (canBothBeTrue(when.expression, resolve.expression) !== true) return;
  source.problems.push(overlapWarning(offsetOf(source.root, [...source.base, 'resolve_when'])));
}

function overlapWarning(offset: number): Problem {
  return warning(
    offset,
    'resolve-overlap',
    '`when` and `resolve_when` can be true on one session; while `when` is true the rule does not resolve',
  );
}
