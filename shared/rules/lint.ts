import type { Expression } from '../expression/ast.ts';
import type { Engine } from '../expression/engine.ts';
import { reads } from '../expression/reads.ts';
import { NO_DATA, TRUE } from '../expression/types.ts';
import type { Finding } from './finding.ts';
import { FIRING, fold, type Verdicts } from './lifecycle.ts';
import { canBothBeTrue } from './overlap.ts';
import type { Rule } from './rule.ts';

/** Where the condition of a rule is written. */
export interface RulePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Share of sessions above which a rule fires often. */
const OFTEN = 0.2;

/**
 * What the stored history says against a rule: warnings only, those it expects left out. `verdicts` are the rule's over
 * all sessions of the engine's snapshot; nothing is said where no session is stored.
 */
export function lintOnHistory(
  rule: Rule,
  place: RulePlace,
  engine: Engine,
  verdicts: Verdicts,
): readonly Finding[] {
  const found = [
    shortHistory(rule, engine, verdicts),
    oneSided(verdicts),
    often(rule, verdicts),
    overlap(rule, verdicts),
  ];
  return found.flatMap((lint) => {
    if (lint === null || rule.expect.has(lint.code) || engine.snapshot.length === 0) return [];
    return [{ ...place, rule: rule.id, ...lint, severity: 'warning' as const, fix: null }];
  });
}

interface Lint {
  readonly code: string;
  readonly message: string;
}

function shortHistory(rule: Rule, engine: Engine, { when }: Verdicts): Lint | null {
  const { snapshot } = engine;
  const whole = when.every((code) => code === NO_DATA);
  const parts = [...partsThatDecide(rule.when.expression)];
  if (!whole && !parts.some((node) => engine.conditions(node).every((code) => code === NO_DATA))) return null;
  const absent = reads(rule.when.expression, snapshot.market).series.filter((id) =>
    snapshot.canonical(id).values.every((value) => Number.isNaN(value)),
  );
  const what = whole ? 'the condition' : 'a part of the condition';
  const why = absent.length > 0 ? `nothing is stored for ${absent.join(', ')}` : 'it needs more history';
  const message = `${what} has no value on any of the ${snapshot.length} sessions stored: ${why}`;
  return { code: 'short-history', message };
}

/** The conditions that a condition combines by `and`, `or` and `not`; itself where it combines none. */
function* partsThatDecide(node: Expression): Generator<Expression> {
  if (node.kind === 'unary' && node.operator === 'not') yield* partsThatDecide(node.operand);
  else if (node.kind === 'binary' && (node.operator === 'and' || node.operator === 'or')) {
    yield* partsThatDecide(node.left);
    yield* partsThatDecide(node.right);
  } else yield node;
}

function oneSided({ when }: Verdicts): Lint | null {
  const judged = when.filter((code) => code !== NO_DATA).length;
  const holds = when.filter((code) => code === TRUE).length;
  if (judged === 0) return null;
  if (holds === 0) return { code: 'never-true', message: `\`when\` is true on none of ${judged} sessions` };
  return holds === judged
    ? { code: 'always-true', message: `\`when\` is true on all ${judged} sessions` }
    : null;
}

function often(rule: Rule, verdicts: Verdicts): Lint | null {
  const { states } = fold(rule, verdicts);
  const sessions = verdicts.when.filter((code) => code !== NO_DATA).length;
  const firing = states.filter((state, index) => state === FIRING && verdicts.when[index] !== NO_DATA).length;
  if (sessions === 0 || firing <= OFTEN * sessions) return null;
  const percent = Math.round((100 * firing) / sessions);
  return {
    code: 'fires-often',
    message: `the rule is firing on ${firing} of ${sessions} sessions (${percent}%): expected at most 20%`,
  };
}

function overlap(rule: Rule, { when, resolve }: Verdicts): Lint | null {
  // Told already where the form of the two conditions shows it.
  if (canBothBeTrue(rule.when.expression, rule.resolveWhen.expression) === true) return null;
  const both = when.filter((code, index) => code === TRUE && resolve[index] === TRUE).length;
  if (both === 0) return null;
  const message = `\`when\` and \`resolve_when\` are both true on ${both} sessions; on these the rule does not resolve`;
  return { code: 'resolve-overlap', message };
}
