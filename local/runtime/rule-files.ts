import type { Finding } from '../../shared/rules/finding.ts';
import { loadRuleFiles, type RuleFile } from '../../shared/rules/load.ts';
import type { Market } from '../../shared/series/market.ts';
import { type RuleText, splitRules } from '../../shared/service/split-rules.ts';

/** The rules of some files that work, each as a file of its own, and why the others do not. */
export interface WorkingRules {
  readonly working: readonly RuleFile[];
  readonly errors: readonly Finding[];
}

/**
 * What of these files a store without any rule may begin with. Later changes are taken as a whole or not at all, as a
 * deploy takes them; at first there is nothing that could be lost.
 */
export function workingRules(files: readonly RuleFile[], market: Market): WorkingRules {
  const { rules, findings } = loadRuleFiles(files, market);
  const ids = new Set(rules.map(({ id }) => id));
  return {
    working: files.flatMap(textsOf).filter(({ id }) => ids.has(id)),
    errors: findings.filter(({ severity }) => severity === 'error'),
  };
}

function textsOf(file: RuleFile): readonly RuleText[] {
  try {
    return splitRules([file]);
  } catch {
    return [];
  }
}
