import { parse, stringify } from 'yaml';
import type { RuleFile } from '../rules/load.ts';

/** One rule taken out of a rules file, as a document of its own. */
export interface RuleText {
  readonly id: string;
  readonly file: string;
  readonly text: string;
}

/**
 * Takes rules files apart into documents of one rule each. The files have been checked: what is no rule with an id is
 * left out.
 */
export function splitRules(files: readonly RuleFile[]): readonly RuleText[] {
  return files.flatMap(({ file, text }) => {
    const document: unknown = parse(text);
    const rules =
      typeof document === 'object' && document !== null && 'rules' in document ? document.rules : [];
    return (Array.isArray(rules) ? rules : []).flatMap((rule: unknown) => {
      const id = typeof rule === 'object' && rule !== null && 'id' in rule ? rule.id : null;
      return typeof id === 'string'
        ? [{ id, file, text: stringify({ rules: [rule] }, { lineWidth: 0 }) }]
        : [];
    });
  });
}
