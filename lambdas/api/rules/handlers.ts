import type { HandlersOf } from '../handler.ts';
import { compareDraft, ruleDiff } from './compare.ts';
import { decision } from './decision.ts';
import { previewRule } from './preview.ts';
import { rule, rules, ruleVersions } from './read.ts';
import { deleteRule, restoreRule, saveRule, switchRule } from './save.ts';
import { today } from './today.ts';

/** The routes that are about rules and drafts. */
export type RuleRoute =
  | 'rules'
  | 'rule'
  | 'ruleVersions'
  | 'ruleDiff'
  | 'decision'
  | 'previewRule'
  | 'compareDraft'
  | 'saveRule'
  | 'deleteRule'
  | 'restoreRule'
  | 'switchRule'
  | 'today';

export const ruleHandlers: HandlersOf<RuleRoute> = {
  today,
  rules,
  rule,
  ruleVersions,
  ruleDiff,
  decision,
  previewRule,
  compareDraft,
  saveRule,
  deleteRule,
  restoreRule,
  switchRule,
};
