import { loadRules } from '../../shared/rules/load.ts';
import type { Rule } from '../../shared/rules/rule.ts';
import type { Market } from '../../shared/series/market.ts';

/** The rules of a YAML text; fails the test where one has an error. */
export function rulesOf(text: string, market: Market): readonly Rule[] {
  const { rules, findings } = loadRules(text, 'rules.yaml', { market, rules: new Set() });
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return rules;
}
