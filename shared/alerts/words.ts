import type { CallNode, Comparison, Expression } from '../expression/ast.ts';
import { format } from '../expression/format.ts';
import { reads } from '../expression/reads.ts';
import { literalValue } from '../rules/walk.ts';
import type { Rule } from '../rules/rule.ts';
import type { Market } from '../series/market.ts';
import type { DefinitionWords } from './alert.ts';
import { MONTHS } from './message/dates.ts';
import { createNouns, type Nouns, type Tense } from './nouns.ts';
import { restartsOf, tallyClause, tallyCompared, tallyOf } from './tally.ts';

/** Puts a rule's expressions into words; `{value}` in the clause stands for the measure's value. */
export function wordsOf(
  rule: Pick<Rule, 'when' | 'resolveWhen' | 'measure' | 'outcome'>,
  market: Market,
): DefinitionWords {
  const nouns = createNouns(market, (condition, tense) => conditionWords(condition, tense, nouns));
  const measure = rule.measure?.expression ?? null;
  return {
    measure: measure === null ? null : nouns.of(measure),
    clause: measure === null ? null : clauseOf(measure, nouns),
    restarts: measure === null ? null : restartsOf(measure),
    ...printedOf(measure, market),
    condition: conditionWords(rule.when.expression, 'is', nouns),
    resolvesWhen: conditionWords(rule.resolveWhen.expression, 'is', nouns),
    outcomes: Object.fromEntries(
      rule.outcome.map(({ text, expression }) => [text, nouns.of(expression).replaceAll('daily ', '')]),
    ),
  };
}

/** What decides how the values of a number expression are printed; of null those of no measure. */
export function printedOf(
  measure: Expression | null,
  market: Market,
): Pick<DefinitionWords, 'counts' | 'tally' | 'figure'> {
  if (measure === null) return { counts: null, tally: null, figure: 'percent' };
  return {
    counts: countsOf(measure, market),
    tally: tallyOf(measure, market),
    figure: figureOf(measure),
  };
}

function countsOf(measure: Expression, market: Market): DefinitionWords['counts'] {
  if (measure.kind !== 'call' || measure.name !== 'streak') return null;
  return reads(measure, market).events.length > 0 ? 'times' : 'sessions';
}

const SIGNED = new Set(['ret', 'ytd', 'qtd', 'mtd', 'since', 'change', 'drawdown', 'seasonal']);

function figureOf(measure: Expression): DefinitionWords['figure'] {
  if (measure.kind === 'binary') return measure.operator === '-' ? 'signed' : figureOf(measure.left);
  if (measure.kind !== 'call') return 'percent';
  if (measure.name === 'correlation' || measure.name === 'ratio') return 'plain';
  if (measure.name === 'mean' || measure.name === 'median') {
    const inner = measure.args.find((arg) => arg.kind === 'call' || arg.kind === 'binary');
    return inner === undefined ? 'percent' : figureOf(inner);
  }
  return SIGNED.has(measure.name) ? 'signed' : 'percent';
}

function clauseOf(measure: Expression, nouns: Nouns): string {
  if (measure.kind === 'call' && measure.name === 'streak' && measure.args[0] !== undefined) {
    const on = nouns.readsEvents(measure.args[0]) ? '' : 'on ';
    return `${conditionWords(measure.args[0], 'was', nouns)} ${on}{value} in a row`;
  }
  const tally = nouns.tally(measure);
  if (tally !== null && measure.kind === 'call') return tallyClause(measure, tally, nouns);
  return `${nouns.of(measure)} was {value}`;
}

const RELATION: Readonly<Record<Comparison, string>> = {
  '>': 'above',
  '>=': 'at or above',
  '<': 'below',
  '<=': 'at or below',
  '==': 'equal to',
  '!=': 'different from',
};
const OPPOSITE: Readonly<Record<Comparison, Comparison>> = {
  '>': '<=',
  '>=': '<',
  '<': '>=',
  '<=': '>',
  '==': '!=',
  '!=': '==',
};

/** A condition as a clause: "IWM's daily price return was above SPY's". */
function conditionWords(condition: Expression, tense: Tense, nouns: Nouns): string {
  if (condition.kind === 'unary' && condition.operator === 'not') {
    return negated(condition.operand, tense, nouns);
  }
  if (condition.kind === 'binary') {
    const { left, right, operator } = condition;
    if (operator === 'and' || operator === 'or') {
      return `${conditionWords(left, tense, nouns)} ${operator} ${conditionWords(right, tense, nouns)}`;
    }
    if (isComparison(operator)) return compared({ left, right, operator }, tense, nouns);
  }
  return condition.kind === 'call' ? calledWords(condition, tense, nouns) : format(condition);
}

function isComparison(operator: string): operator is Comparison {
  return operator in RELATION;
}

function negated(operand: Expression, tense: Tense, nouns: Nouns): string {
  if (operand.kind === 'unary' && operand.operator === 'not') {
    return conditionWords(operand.operand, tense, nouns);
  }
  if (operand.kind === 'binary') {
    const { left, right, operator } = operand;
    if (isComparison(operator)) return compared({ left, right, operator: OPPOSITE[operator] }, tense, nouns);
    // Said of each part by itself, where "and" still binds what stands beside it.
    if (operator === 'and' || (operator === 'or' && !isAnd(left) && !isAnd(right))) {
      const joined = operator === 'and' ? 'or' : 'and';
      return `${negated(left, tense, nouns)} ${joined} ${negated(right, tense, nouns)}`;
    }
  }
  const [first] = operand.kind === 'call' ? operand.args : [];
  if (operand.kind === 'call' && operand.name === 'firing' && first?.kind === 'name') {
    return `the rule ${first.name} ${tense} not firing`;
  }
  return `it ${tense} no longer true that ${conditionWords(operand, tense, nouns)}`;
}

function isAnd(node: Expression): boolean {
  return node.kind === 'binary' && node.operator === 'and';
}

interface Compared {
  readonly left: Expression;
  readonly right: Expression;
  readonly operator: Comparison;
}

function compared(comparison: Compared, tense: Tense, nouns: Nouns): string {
  const { left, right, operator } = comparison;
  const month = monthWords(comparison, tense);
  if (month !== null) return month;
  const moved = movedWords(comparison, tense, nouns);
  if (moved !== null) return moved;
  if (left.kind === 'call' && left.name === 'streak' && left.args[0] !== undefined) {
    const streak = streakWords(left.args[0], { operator, limit: literalValue(right) }, tense, nouns);
    if (streak !== null) return streak;
  }
  const counted = countedWords(comparison, tense, nouns);
  if (counted !== null) return counted;
  const other = literalValue(right) === 0 && right.kind === 'number' ? 'zero' : nouns.short(left, right);
  return `${nouns.of(left)} ${tense} ${RELATION[operator]} ${other}`;
}

/** "at least 4 of the 6 signs agree" for a tally against a number; null for anything else. */
function countedWords({ left, right, operator }: Compared, tense: Tense, nouns: Nouns): string | null {
  const tally = nouns.tally(left);
  const limit = literalValue(right);
  if (tally === null || limit === null || left.kind !== 'call') return null;
  return tallyCompared(left, tally, { operator, limit, tense }, nouns);
}

/** "it is January" for `month() == 1`, "it is not January" for `!=`; null for anything else. */
function monthWords({ left, right, operator }: Compared, tense: Tense): string | null {
  if (left.kind !== 'call' || left.name !== 'month' || (operator !== '==' && operator !== '!=')) return null;
  const month = MONTHS[(literalValue(right) ?? 0) - 1];
  return month === undefined ? null : `it ${tense} ${operator === '!=' ? 'not ' : ''}${month}`;
}

const SPAN: Readonly<Record<string, string>> = { ytd: 'year', qtd: 'quarter', mtd: 'month' };

/** "SPY was up on the year" for `ytd(SPY) > 0` and its like; null for anything else. */
function movedWords({ left, right, operator }: Compared, tense: Tense, nouns: Nouns): string | null {
  if (left.kind !== 'call' || literalValue(right) !== 0 || (operator !== '>' && operator !== '<'))
    return null;
  const span = left.name === 'ret' && left.args.length === 1 ? 'day' : SPAN[left.name];
  const subject = left.args[0];
  if (span === undefined || subject?.kind !== 'name' || (subject.field ?? 'close') !== 'close') return null;
  return `${nouns.of(subject)} ${tense} ${operator === '>' ? 'up' : 'down'} on the ${span}`;
}

/** "… on at least 7 sessions in a row" for a streak against a number, "… not …" where it must be broken. */
function streakWords(
  condition: Expression,
  { operator, limit }: { readonly operator: Comparison; readonly limit: number | null },
  tense: Tense,
  nouns: Nouns,
): string | null {
  if (limit === null) return null;
  if ((operator === '==' || operator === '<=') && limit === 0) return negated(condition, tense, nouns);
  const times = nouns.readsEvents(condition) ? 'times in a row' : 'sessions in a row';
  const clause = conditionWords(condition, tense, nouns);
  const on = nouns.readsEvents(condition) ? '' : 'on ';
  if (operator === '>=') return `${clause} ${on}at least ${limit} ${times}`;
  if (operator === '>') return `${clause} ${on}more than ${limit} ${times}`;
  if (operator === '<') return `${clause} ${on}fewer than ${limit} ${times}`;
  return null;
}

function calledWords(call: CallNode, tense: Tense, nouns: Nouns): string {
  const [first, second] = call.args;
  if (call.name === 'firing' && first?.kind === 'name') return `the rule ${first.name} ${tense} firing`;
  if (first === undefined || second === undefined) return format(call);
  switch (call.name) {
    case 'all':
      return ofMembers('every one', call, tense, nouns);
    case 'any':
      return ofMembers('at least one', call, tense, nouns);
    case 'crossover':
      return `${nouns.of(first)} crossed above ${nouns.short(first, second)}`;
    case 'crossunder':
      return `${nouns.of(first)} crossed below ${nouns.short(first, second)}`;
    case 'rising':
      return `${nouns.of(first)} rose on each of the last ${format(second)} sessions`;
    case 'falling':
      return `${nouns.of(first)} fell on each of the last ${format(second)} sessions`;
    default:
      return format(call);
  }
}

function ofMembers(quantity: string, call: CallNode, tense: Tense, nouns: Nouns): string {
  const [universe, condition] = call.args;
  if (universe === undefined || condition === undefined) return format(call);
  const group = nouns.group(universe);
  const simple = nouns.member(condition);
  return simple === null
    ? `for ${quantity} of ${group} ${conditionWords(condition, tense, nouns)}`
    : `${quantity} of ${group} ${tense} ${simple}`;
}
