import { RULE_ID } from '../rules/rule-id.ts';

/** An id of a rule, a prefix ending in `*`, or `*`; nothing else is matched, because SNS matches nothing else. */
const PREFIX = /^(?:[a-z0-9]+(?:-[a-z0-9]+)*-?)?\*$/;
const LONGEST = 64;

/** Whether a text is a pattern of rule ids. */
export function isRulePattern(text: string): boolean {
  return text.length <= LONGEST && (RULE_ID.test(text) || PREFIX.test(text));
}

/** The prefix a pattern stands for; null for an exact id. */
export function prefixOf(pattern: string): string | null {
  return pattern.endsWith('*') ? pattern.slice(0, -1) : null;
}

/** Whether a pattern names this rule. */
export function patternNames(pattern: string, rule: string): boolean {
  const prefix = prefixOf(pattern);
  return prefix === null ? pattern === rule : rule.startsWith(prefix);
}

/** The same patterns in order, without those that another one covers: they would only use up SNS's limit. */
export function withoutCovered(patterns: readonly string[]): readonly string[] {
  const distinct = [...new Set(patterns)].toSorted();
  return distinct.filter((pattern) => !distinct.some((other) => other !== pattern && covers(other, pattern)));
}

function covers(wide: string, narrow: string): boolean {
  const prefix = prefixOf(wide);
  return prefix !== null && narrow.startsWith(prefix);
}
