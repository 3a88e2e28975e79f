import type { HandlersOf } from '../handler.ts';

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

export const ruleHandlers: Partial<HandlersOf<RuleRoute>> = {};
