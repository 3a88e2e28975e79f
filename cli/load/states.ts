import { createEngine, type Engine } from '../../shared/expression/engine.ts';
import { type Course, firingCodes, fold, type Verdicts } from '../../shared/rules/lifecycle.ts';
import type { Rule } from '../../shared/rules/rule.ts';
import { verdictsOf } from '../../shared/rules/verdicts.ts';
import type { Snapshot } from '../../shared/series/snapshot.ts';
import type { Context } from '../context.ts';
import type { RuleStates } from '../evaluator.ts';
import type { Loaded } from './folder.ts';
import { readRules } from './rules.ts';

/** One rule over all sessions of a snapshot. */
export interface RuleCourse {
  readonly verdicts: Verdicts;
  readonly course: Course;
}

/** Rules over one snapshot, each computed when it is first asked for. */
export interface Courses {
  readonly engine: Engine;
  /** Throws for a rule that was not given. */
  of(rule: string): RuleCourse;
}

/** Folds rules over a snapshot with everything it knows; rules that name others get their states. */
export function createCourses(rules: readonly Rule[], snapshot: Snapshot): Courses {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const known = new Map<string, RuleCourse>();
  const of = (id: string): RuleCourse => {
    const found = known.get(id);
    if (found) return found;
    const rule = byId.get(id);
    if (!rule) throw new Error(`there is no rule ${id}`);
    const verdicts = verdictsOf(rule, engine);
    const computed = { verdicts, course: fold(rule, verdicts) };
    known.set(id, computed);
    return computed;
  };
  const engine = createEngine(snapshot, (id) => {
    const { course, verdicts } = of(id);
    return firingCodes(course, verdicts.when);
  });
  return { engine, of };
}

/** The default rules over loaded data, for expressions that name them in `firing("…")`. */
export function ruleStates(context: Context, { market, snapshot }: Loaded): RuleStates {
  const { rules } = readRules(context, undefined, market);
  const courses = snapshot && createCourses(rules, snapshot);
  return {
    ids: new Set(rules.map(({ id }) => id)),
    firingOf: (id) => {
      const found = courses?.of(id);
      return found ? firingCodes(found.course, found.verdicts.when) : new Uint8Array(1);
    },
  };
}
