import { createEngine, type Engine } from '../../shared/expression/engine.ts';
import { firingCodes } from '../../shared/rules/lifecycle.ts';
import type { Rule } from '../../shared/rules/rule.ts';
import type { Snapshot } from '../../shared/series/snapshot.ts';
import { openContext, type RuleView } from '../../shared/workflows/evaluation-context.ts';
import type { Context } from '../context.ts';
import type { RuleStates } from '../evaluator.ts';
import type { Loaded } from './folder.ts';
import { readRules } from './rules.ts';

/** Rules over one snapshot with everything it knows, each computed when it is first asked for. */
export interface RulesOver {
  /** An engine in which `firing("…")` sees these rules. */
  readonly engine: Engine;
  view(rule: Rule): RuleView;
}

/** Opens rules over a snapshot. */
export function rulesOver(rules: readonly Rule[], snapshot: Snapshot): RulesOver {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const context = openContext(snapshot, { rules: byId, length: snapshot.length });
  const engine = createEngine(snapshot, (id) => {
    const rule = byId.get(id);
    if (!rule) return new Uint8Array(snapshot.length);
    const { course, verdicts } = context.view(rule);
    return firingCodes(course, verdicts.when);
  });
  return { engine, view: (rule) => context.view(rule) };
}

/** The default rules over loaded data, for expressions that name them in `firing("…")`. */
export function ruleStates(context: Context, { market, snapshot }: Loaded): RuleStates {
  const { rules } = readRules(context, undefined, market);
  const over = snapshot && rulesOver(rules, snapshot);
  return {
    ids: new Set(rules.map(({ id }) => id)),
    firingOf: (id) => {
      const rule = rules.find((one) => one.id === id);
      if (!rule || !over) return new Uint8Array(1);
      const { course, verdicts } = over.view(rule);
      return firingCodes(course, verdicts.when);
    },
  };
}
