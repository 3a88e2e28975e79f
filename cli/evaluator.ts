import type { Session } from '../shared/calendar/calendar.ts';
import { type Analysis, analyze } from '../shared/expression/analyze.ts';
import type { Diagnostic } from '../shared/expression/diagnostic.ts';
import { createEngine, type Engine, type FiringOf, type Range } from '../shared/expression/engine.ts';
import { FALSE, TRUE } from '../shared/expression/types.ts';
import type { CheckedExpression } from '../shared/rules/rule.ts';
import { emptySession, withoutSessions } from './load/constant.ts';
import type { Loaded } from './load/folder.ts';

/** An expression that can be computed, or all its errors. */
export type Answer =
  | ({ readonly ok: true; readonly warnings: readonly Diagnostic[] } & CheckedExpression)
  | { readonly ok: false; readonly errors: readonly Diagnostic[] };

export type Value = number | boolean | null;

/** Computes many expressions over the same data. */
export interface Evaluator {
  analyze(source: string): Promise<Answer>;
  /**
   * A value for each session, null where there is none. The session null, alone, stands for no session at all: then
   * only what needs none has a value.
   */
  values(expression: CheckedExpression, sessions: readonly (Session | null)[]): Value[];
}

/** Where rule states come from, for `firing("…")`. */
export interface RuleStates {
  readonly ids: ReadonlySet<string>;
  /** The states of a rule as codes, on the sessions of the snapshot it was made for. */
  readonly firingOf: FiringOf;
}

const NO_RULES: RuleStates = { ids: new Set(), firingOf: () => new Uint8Array(0) };

// An engine keeps what it computed; a new one now and then keeps thousands of lines from filling the memory.
const LINES_PER_ENGINE = 100;

/** Makes an evaluator over loaded data, or without data for what needs none. `load` is called only when rules are named. */
export function createEvaluator(loaded: Loaded, load: () => Promise<RuleStates>): Evaluator {
  const { market, calendar } = loaded;
  const snapshot = loaded.snapshot?.length ? loaded.snapshot : emptySession(market, calendar);
  let states = NO_RULES;
  let engine: Engine | null = null;
  let uses = 0;
  const currentEngine = (): Engine => {
    if (!engine || uses >= LINES_PER_ENGINE) {
      engine = createEngine(snapshot, (rule) => states.firingOf(rule));
      uses = 0;
    }
    uses += 1;
    return engine;
  };
  return {
    analyze: async (source) => {
      if (states === NO_RULES && source.includes('firing')) states = await load();
      return answerOf(analyze(source, { market, rules: states.ids }));
    },
    values: (expression, sessions) => {
      if (!sessions.includes(null)) return sessionValues(currentEngine(), expression, sessions);
      const timeless = { ...expression, expression: withoutSessions(expression.expression) };
      const value = valuesOn(currentEngine(), timeless, { from: 0, to: 1 })(0);
      return sessions.map(() => value);
    },
  };
}

function answerOf({ expression, canonical, type, errors, warnings }: Analysis): Answer {
  if (expression === null || canonical === null || type === null) return { ok: false, errors };
  return { ok: true, expression, text: canonical, type, warnings };
}

function sessionValues(
  engine: Engine,
  checked: CheckedExpression,
  sessions: readonly (Session | null)[],
): Value[] {
  const { snapshot } = engine;
  const indexes = sessions.map((session) => (session === null ? undefined : snapshot.index(session)));
  const inside = indexes.filter((index) => index !== undefined);
  const [first, last] = [inside[0], inside.at(-1)];
  if (first === undefined || last === undefined) return sessions.map(() => null);
  const at = valuesOn(engine, checked, { from: first, to: last + 1 });
  return indexes.map((index) => (index === undefined ? null : at(index)));
}

/** The values of an expression on a range, by index of the snapshot. */
function valuesOn(
  engine: Engine,
  { expression, type }: CheckedExpression,
  range: Range,
): (index: number) => Value {
  if (type.kind === 'condition') {
    const codes = engine.conditions(expression, range);
    return (index) => (codes[index] === TRUE ? true : codes[index] === FALSE ? false : null);
  }
  const numbers = engine.numbers(expression, range);
  return (index) => {
    const value = numbers[index];
    return value === undefined || !Number.isFinite(value) ? null : value;
  };
}
