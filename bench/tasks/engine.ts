import { analyze } from '../../shared/expression/analyze.ts';
import type { Expression } from '../../shared/expression/ast.ts';
import { createEngine, type Engine } from '../../shared/expression/engine.ts';
import type { Scope } from '../../shared/expression/scope.ts';
import type { ValueType } from '../../shared/expression/types.ts';
import type { Snapshot } from '../../shared/series/snapshot.ts';
import { type Contestant, countTrue, sumPresent } from './contestant.ts';
import type { Task } from './rules.ts';

/** A text that was read and checked. */
export interface Checked {
  readonly expression: Expression;
  readonly type: ValueType;
}

export function checked(text: string, scope: Scope): Checked {
  const { expression, type, errors } = analyze(text, scope);
  if (expression === null || type === null) throw new Error(`${text}: ${JSON.stringify(errors)}`);
  return { expression, type };
}

const noRule = (rule: string): Uint8Array => {
  throw new Error(`no rule ${rule}`);
};

export function engineOver(snapshot: Snapshot): Engine {
  return createEngine(snapshot, noRule);
}

/**
 * The project's engine, from the text of the rules: the first call reads and checks them, as the service does once, and
 * every call plans and computes with nothing computed before.
 */
export function engineContestant(
  task: Task,
  texts: readonly string[],
  snapshot: Snapshot,
  scope: Scope,
): Contestant {
  let rules: readonly Checked[] | null = null;
  return {
    name: 'engine',
    note: '',
    run: () => {
      const engine = engineOver(snapshot);
      rules ??= texts.map((text) => checked(text, scope));
      const sums = rules.map(({ expression, type }) => {
        return type.kind === 'condition'
          ? countTrue(engine.conditions(expression))
          : sumPresent(engine.numbers(expression));
      });
      return { checksum: checksumOf(task, sums) };
    },
  };
}

/** Task f has a part for each function and h for each rule, in the order of their texts; all others have one in all. */
const PARTS: Readonly<Partial<Record<Task, readonly string[]>>> = {
  f: ['sma', 'ema', 'stdev', 'zscore'],
  h: ['streak', 'discount', 'breadth', 'correlation', 'rank', 'zscore', 'average'],
};

/** The sums of a task by its parts; a part whose sum is null is left out by a contestant that has no way to it. */
export function checksumOf(task: Task, sums: readonly (number | null)[]): Record<string, number> {
  const parts = PARTS[task];
  if (parts === undefined) return { all: sums.reduce<number>((total, sum) => total + (sum ?? 0), 0) };
  return Object.fromEntries(
    parts.flatMap((part, position) => {
      const sum = sums[position] ?? null;
      return sum === null ? [] : [[part, sum] as const];
    }),
  );
}
