import type { Market } from '../../series/market.ts';
import type { CallNode, Comparison, Expression } from '../ast.ts';
import { basisOf, isUniverse } from './basis.ts';
import {
  type CompileContext,
  compare,
  compileInvariant,
  compileValue,
  type Mode,
  modeFor,
  pair,
  readsEvent,
  unchecked,
} from './context.ts';
import type { PlanNode } from './node.ts';

/** Turns one call into a node; arguments have passed the checker. */
export type CallCompiler = (call: CallNode, mode: Mode, context: CompileContext) => PlanNode;

function argument(call: CallNode, position: number): Expression {
  const found = call.args[position];
  if (found === undefined) throw unchecked(`${call.name} without argument ${position + 1}`);
  return found;
}

/** The literal at a position, or the default where the call leaves it out. */
function literal(call: CallNode, position: number, otherwise?: number): number {
  const found = call.args[position];
  if (found === undefined && otherwise !== undefined) return otherwise;
  if (found?.kind !== 'number') throw unchecked(`${call.name} without a literal ${position + 1}`);
  return found.value;
}

/** f(x, n) of which nothing but the shape of x counts. */
function invariant(operator: string, output: 'number' | 'condition' = 'number'): CallCompiler {
  return (call, _mode, context) =>
    context.intern({
      operator,
      inputs: [compileInvariant(argument(call, 0), context)],
      parameter: literal(call, 1, call.name === 'ret' ? 1 : 0),
      output,
    });
}

/** f(x, n) that scales as x does. */
function equivariant(operator: string): CallCompiler {
  return (call, mode, context) =>
    context.intern({
      operator,
      inputs: [compileValue(argument(call, 0), mode, context)],
      parameter: literal(call, 1, call.name === 'change' ? 1 : 0),
    });
}

/** f(c) or f(c, n) over a condition. */
function overCondition(operator: string): CallCompiler {
  return (call, mode, context) => {
    const condition = context.compile(argument(call, 0), mode);
    return context.intern({ operator, inputs: [condition], parameter: literal(call, 1, 0) });
  };
}

/** f(x, y) that keeps the basis where both have the same. */
function ofTwo(operator: string): CallCompiler {
  return (call, mode, context) => {
    const basis = basisOf(call, context.market);
    const inputs = pair(argument(call, 0), argument(call, 1), modeFor(basis, mode), context);
    return context.intern({ operator, inputs });
  };
}

function crossing(now: Comparison, before: Comparison): CallCompiler {
  return (call, _mode, context) => {
    const [a, b] = [argument(call, 0), argument(call, 1)];
    const past = context.intern({
      operator: 'lag condition',
      inputs: [compare(before, a, b, context)],
      parameter: 1,
      output: 'condition',
    });
    return context.intern({
      operator: 'and',
      inputs: [compare(now, a, b, context), past],
      output: 'condition',
    });
  };
}

const volatility: CallCompiler = (call, _mode, context) => {
  const returns = context.intern({
    operator: 'log return',
    inputs: [compileInvariant(argument(call, 0), context)],
  });
  const inputs = [
    context.intern({ operator: 'sample stdev', inputs: [returns], parameter: literal(call, 1) }),
    context.intern({ operator: 'constant', parameter: Math.sqrt(252) }),
  ];
  return context.intern({ operator: '*', inputs });
};

const since: CallCompiler = (call, _mode, context) => {
  const date = argument(call, 1);
  if (date.kind !== 'date') throw unchecked('since without a date');
  return context.intern({
    operator: 'since',
    inputs: [compileInvariant(argument(call, 0), context)],
    name: date.date,
  });
};

const count: CallCompiler = (call, mode, context) => {
  const condition = argument(call, 0);
  const operator = readsEvent(condition, context.market) ? 'count true or missing' : 'count true';
  const inputs = [context.compile(condition, mode)];
  return context.intern({ operator, inputs, parameter: literal(call, 1) });
};

const optionalWindow =
  (whole: string, windowed: string): CallCompiler =>
  (call, mode, context) =>
    invariant(call.args.length > 1 ? windowed : whole)(call, mode, context);

const votes: CallCompiler = (call, mode, context) =>
  context.intern({ operator: 'votes', inputs: call.args.map((one) => context.compile(one, mode)) });

const firing: CallCompiler = (call, _mode, context) => {
  const rule = argument(call, 0);
  if (rule.kind !== 'name') throw unchecked('firing without a rule');
  return context.intern({ operator: 'firing', name: rule.name, output: 'condition' });
};

const weight: CallCompiler = (call, _mode, context) => {
  const [portfolio, universe] = [argument(call, 0), argument(call, 1)];
  if (portfolio.kind !== 'name' || universe.kind !== 'name') throw unchecked('weight without its names');
  return context.intern({ operator: 'weight', name: `${portfolio.name} ${universe.name}` });
};

const correlation: CallCompiler = (call, _mode, context) => {
  const inputs = [argument(call, 0), argument(call, 1)].map((one) => compileInvariant(one, context));
  return context.intern({ operator: 'correlation', inputs, parameter: literal(call, 2) });
};

const ofSession =
  (operator: string): CallCompiler =>
  (_call, _mode, context) =>
    context.intern({ operator });

/** count, share, all and any share one pass over the members. */
const tallied: CallCompiler = (call, mode, context) => {
  const inputs = [context.compile(argument(call, 1), mode)];
  const tally = context.intern({ operator: 'tally', inputs, name: nameOf(call), ofMember: false });
  const isCondition = call.name === 'all' || call.name === 'any';
  return context.intern({
    operator: `${call.name} of members`,
    inputs: [tally],
    name: nameOf(call),
    output: isCondition ? 'condition' : 'number',
  });
};

const aggregated: CallCompiler = (call, mode, context) => {
  const value = argument(call, call.args.length - 1);
  const scales = basisOf(call, context.market) === 'mixed';
  return context.intern({
    operator: `${call.name} of members`,
    inputs: [compileValue(value, scales ? 'latest' : mode, context)],
    parameter: call.name === 'top' ? literal(call, 1) : 0,
    name: nameOf(call),
    ofMember: false,
  });
};

function nameOf(call: CallNode): string {
  const first = argument(call, 0);
  if (first.kind !== 'name') throw unchecked(`${call.name} without a universe`);
  return first.name;
}

const OVER_MEMBERS: ReadonlyMap<string, CallCompiler> = new Map([
  ...['count', 'share', 'all', 'any'].map((name): [string, CallCompiler] => [name, tallied]),
  ...['mean', 'median', 'sum', 'top'].map((name): [string, CallCompiler] => [name, aggregated]),
]);

const OVER_SESSIONS: ReadonlyMap<string, CallCompiler> = new Map<string, CallCompiler>([
  ...['ret', 'ytd', 'qtd', 'mtd', 'zscore'].map((name): [string, CallCompiler] => [name, invariant(name)]),
  ...['change', 'lag', 'sma', 'ema', 'median', 'sum', 'stdev', 'highest', 'lowest', 'seasonal', 'abs'].map(
    (name): [string, CallCompiler] => [name, equivariant(name)],
  ),
  ...['min', 'max', 'ratio', 'discount'].map((name): [string, CallCompiler] => [name, ofTwo(name)]),
  ...['month', 'session_of_year'].map((name): [string, CallCompiler] => [name, ofSession(name)]),
  ['rising', invariant('rising', 'condition')],
  ['falling', invariant('falling', 'condition')],
  ['percentrank', optionalWindow('percentrank of all', 'percentrank')],
  ['drawdown', optionalWindow('drawdown of all', 'drawdown')],
  ['streak', overCondition('streak')],
  ['barssince', overCondition('barssince')],
  ['crossover', crossing('>', '<=')],
  ['crossunder', crossing('<', '>=')],
  ['log', (call, mode, context) => logarithm(call, mode, context)],
  ['volatility', volatility],
  ['since', since],
  ['count', count],
  ['votes', votes],
  ['firing', firing],
  ['weight', weight],
  ['correlation', correlation],
]);

const logarithm: CallCompiler = (call, _mode, context) => {
  const inputs = [compileValue(argument(call, 0), 'latest', context)];
  return context.intern({ operator: 'log', inputs });
};

/** The compiler of a call, by its name and whether it runs over members; undefined for an unknown function. */
export function compilerOf(call: CallNode, market: Market): CallCompiler | undefined {
  const first = call.args[0];
  const overMembers = first !== undefined && call.name !== 'weight' && isUniverse(first, market);
  return (overMembers ? OVER_MEMBERS : OVER_SESSIONS).get(call.name);
}
