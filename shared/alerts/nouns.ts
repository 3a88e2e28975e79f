import type { CallNode, Expression, NameNode } from '../expression/ast.ts';
import { format } from '../expression/format.ts';
import { nodesOf } from '../rules/walk.ts';
import type { Market } from '../series/market.ts';
import type { Tally } from './alert.ts';
import { tallyOf } from './tally.ts';

export type Tense = 'is' | 'was';

/** Numbers as the subjects of sentences. */
export interface Nouns {
  /** "IWM's daily price return"; the canonical text where there are no words for it. */
  of(expression: Expression): string;
  /** The other side of a comparison, without what it shares with the first: "SPY's". */
  short(first: Expression, other: Expression): string;
  /** A universe in the plural: "the Magnificent Seven". */
  group(universe: Expression): string;
  /** What a condition says of each member, without its subject: "up on the year"; null where it says more than that. */
  member(condition: Expression): string | null;
  /** A condition as a clause. */
  clause(condition: Expression, tense: Tense): string;
  /** What an expression counts; null where it counts nothing. */
  tally(expression: Expression): Tally | null;
  /** Whether an expression reads a field that has values only on its own dates. */
  readsEvents(expression: Expression): boolean;
}

const MEMBER = 'the member';

/** Makes nouns for a market; conditions inside them are put into words by `clause`. */
export function createNouns(
  market: Market,
  clauseIn: (condition: Expression, tense: Tense) => string,
): Nouns {
  // Parts are named beside each other and within each other: without memory the work doubles with every level.
  const isTold = remembered((condition) => clauseIn(condition, 'is'));
  const wasTold = remembered((condition) => clauseIn(condition, 'was'));
  const told = (condition: Expression, tense: Tense): string =>
    tense === 'is' ? isTold(condition) : wasTold(condition);
  const clause = (condition: Expression): string => told(condition, 'was');
  const of = remembered((expression) => nounOf(expression, nouns, clause, market));
  const nouns: Nouns = {
    of,
    short: (first, other) => withoutShared(of(first), of(other)),
    group: (universe) =>
      universe.kind === 'name'
        ? (market.universes.get(universe.name)?.name ?? universe.name)
        : format(universe),
    member: (condition) => {
      const said = clause(condition);
      const simple = `${MEMBER} was `;
      return said.startsWith(simple) ? said.slice(simple.length) : null;
    },
    clause: told,
    tally: (expression) => tallyOf(expression, market),
    readsEvents: (expression) => [...nodesOf(expression)].some((node) => isEvent(node, market)),
  };
  return nouns;
}

function remembered(say: (expression: Expression) => string): (expression: Expression) => string {
  const known = new Map<Expression, string>();
  return (expression) => {
    const said = known.get(expression) ?? say(expression);
    known.set(expression, said);
    return said;
  };
}

function isEvent(node: Expression, market: Market): boolean {
  if (node.kind !== 'name' || node.field === null) return false;
  return market.instruments.get(node.name)?.fields.get(node.field)?.kind === 'event';
}

/** "SPY's" after "IWM's daily price return", where only the owner differs; "its average" for one of the first itself. */
function withoutShared(first: string, other: string): string {
  const whole = ` of ${first}`;
  if (other.startsWith('the ') && other.endsWith(whole)) {
    return `its ${other.slice('the '.length, -whole.length).replace(/,$/, '')}`;
  }
  const cut = first.indexOf("'s ");
  const otherCut = other.indexOf("'s ");
  if (cut < 0 || otherCut < 0 || first.slice(cut) !== other.slice(otherCut)) return other;
  return other.slice(0, otherCut + 2);
}

function nounOf(
  expression: Expression,
  nouns: Nouns,
  clause: (condition: Expression) => string,
  market: Market,
): string {
  switch (expression.kind) {
    case 'number':
    case 'date':
      return format(expression);
    case 'name':
      return nameNoun(expression, market);
    case 'unary':
      return expression.operator === '-' ? `minus ${nouns.of(expression.operand)}` : format(expression);
    case 'binary':
      return binaryNoun(expression, nouns);
    case 'call':
      return callNoun(expression, nouns, clause) ?? format(expression);
  }
}

/** "IWM", "IWM's volume", "S&P SmallCap 600's forward P/E". */
function nameNoun(node: NameNode, market: Market): string {
  const field = node.field ?? 'close';
  if (node.name === 'member') return field === 'close' ? MEMBER : `${MEMBER}'s ${fieldWords(field)}`;
  if (field === 'close') return node.name;
  return `${market.instruments.get(node.name)?.name ?? node.name}'s ${fieldWords(field)}`;
}

function fieldWords(field: string): string {
  return field
    .replace(/_bp$/, '')
    .replace(/(^|_)pe($|_)/, '$1P/E$2')
    .replaceAll('_', ' ')
    .replace(/([a-z])(\d)/g, '$1 $2');
}

function binaryNoun(node: Extract<Expression, { kind: 'binary' }>, nouns: Nouns): string {
  const left = nouns.of(node.left);
  switch (node.operator) {
    case '-':
      return `${left} minus ${nouns.short(node.left, node.right)}`;
    case '+':
      return `${left} plus ${nouns.short(node.left, node.right)}`;
    case '*':
      return `${left} times ${nouns.of(node.right)}`;
    case '/':
      return `${left} divided by ${nouns.of(node.right)}`;
    default:
      return format(node);
  }
}

/** Words for calls of one number, by name; n is the text of their second argument. */
const WINDOWED: Readonly<Record<string, (x: string, n: string) => string>> = {
  change: (x, n) => `the change of ${x} over ${n} sessions`,
  lag: (x, n) => `${x} ${n} sessions earlier`,
  sma: (x, n) => `the ${n}-session average of ${x}`,
  ema: (x, n) => `the ${n}-session exponential average of ${x}`,
  median: (x, n) => `the ${n}-session median of ${x}`,
  sum: (x, n) => `the ${n}-session sum of ${x}`,
  stdev: (x, n) => `the ${n}-session standard deviation of ${x}`,
  zscore: (x, n) => `the distance of ${x} from its ${n}-session average in standard deviations`,
  volatility: (x, n) => `the annualised ${n}-session volatility of ${x}`,
  highest: (x, n) => `the ${n}-session high of ${x}`,
  lowest: (x, n) => `the ${n}-session low of ${x}`,
  drawdown: (x, n) => `the distance of ${x} from its ${n}-session high`,
  percentrank: (x, n) => `the share of the ${n} sessions before on which ${x} was no higher`,
};

const WHOLE: Readonly<Record<string, (x: string) => string>> = {
  ret: (x) => `${x}'s daily price return`,
  ytd: (x) => `${x}'s price return this year`,
  qtd: (x) => `${x}'s price return this quarter`,
  mtd: (x) => `${x}'s price return this month`,
  change: (x) => `the daily change of ${x}`,
  drawdown: (x) => `the distance of ${x} from its highest so far`,
  percentrank: (x) => `the share of earlier sessions on which ${x} was no higher`,
  seasonal: (x) => `the average for the end of this month, over earlier years, of ${x}`,
  abs: (x) => `the size of ${x}`,
};

function callNoun(call: CallNode, nouns: Nouns, clause: (condition: Expression) => string): string | null {
  const [first, second, third] = call.args;
  if (call.name === 'month') return 'the month of the year';
  if (call.name === 'session_of_year') return 'the session of the year';
  if (first === undefined) return null;
  if (call.name === 'votes') return `the number of the ${call.args.length} signs that agree`;
  if (call.name === 'streak') {
    return `the run of ${nouns.readsEvents(first) ? 'dates' : 'sessions'} on which ${clause(first)}`;
  }
  if (call.name === 'barssince') return `the number of sessions since ${clause(first)}`;
  if (second === undefined) return WHOLE[call.name]?.(nouns.of(first)) ?? null;
  if (first.kind === 'name' && nouns.group(first) !== first.name) return groupNoun(call, nouns, clause);
  if (call.name === 'ret') return `${nouns.of(first)}'s price return over ${format(second)} sessions`;
  if (call.name === 'since') return `${nouns.of(first)}'s price return since ${format(second)}`;
  if (call.name === 'discount') return `the discount of ${nouns.of(first)} to ${nouns.short(first, second)}`;
  if (call.name === 'ratio') return `the ratio of ${nouns.of(first)} to ${nouns.short(first, second)}`;
  if (call.name === 'count')
    return `the number of the last ${format(second)} sessions on which ${clause(first)}`;
  if (call.name === 'weight') return `the share of ${format(first)} held in ${nouns.group(second)}`;
  if (call.name === 'correlation' && third !== undefined) {
    return `the ${format(third)}-session correlation of ${nouns.of(first)} and ${nouns.short(first, second)}`;
  }
  return WINDOWED[call.name]?.(nouns.of(first), format(second)) ?? null;
}

/** An aggregation over a universe: "the number of S&P 500 members that were up on the year". */
function groupNoun(call: CallNode, nouns: Nouns, clause: (condition: Expression) => string): string | null {
  const [universe, second, third] = call.args;
  if (universe === undefined || second === undefined) return null;
  const group = nouns.group(universe);
  const that = membersThat(second, nouns, clause);
  if (call.name === 'count') return `the number of ${group} ${that}`;
  if (call.name === 'share') return `the share of ${group} ${that}`;
  if (call.name === 'mean') return `the average over ${group} of ${nouns.of(second)}`;
  if (call.name === 'median') return `the median over ${group} of ${nouns.of(second)}`;
  if (call.name === 'sum') return `the sum over ${group} of ${nouns.of(second)}`;
  if (call.name === 'top' && third !== undefined) {
    return `the sum of the ${format(second)} largest among ${group} of ${nouns.of(third)}`;
  }
  return null;
}

/** "that were up on the year", or "for which the member's price return this year was above 5%". */
function membersThat(condition: Expression, nouns: Nouns, clause: (condition: Expression) => string): string {
  const simple = nouns.member(condition);
  return simple === null ? `for which ${clause(condition)}` : `that were ${simple}`;
}
