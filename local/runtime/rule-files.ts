import { loadRuleFiles, type RuleFile } from '../../shared/rules/load.ts';
import type { Market } from '../../shared/series/market.ts';
import { type RuleText, splitRules } from '../../shared/service/rule-book.ts';

/**
 * What of these files a store without any rule may begin with: all rules that work, each as a file of its own. Later
 * changes are taken as a whole or not at all, as a deploy takes them; at first there is nothing that could be lost.
 */
export function workingRules(files: readonly RuleFile[], market: Market): readonly RuleFile[] {
  const working = new Set(loadRuleFiles(files, market).rules.map(({ id }) => id));
  return files.flatMap(textsOf).filter(({ id }) => working.has(id));
}

function textsOf(file: RuleFile): readonly RuleText[] {
  try {
    return splitRules([file]);
  } catch {
    return [];
  }
}
