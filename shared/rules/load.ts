import type { Scope } from '../expression/scope.ts';
import type { Market } from '../series/market.ts';
import { dependencyOrder } from './dependencies.ts';
import { type Draft, draftsOf, findingsOf, isBroken, type RuleFile } from './draft.ts';
import { byPlace, type Finding } from './finding.ts';
import type { RulePlace } from './lint.ts';
import { readRule } from './read-rule.ts';
import { refuseCircles, refuseDependents, reportDuplicates } from './relations.ts';
import type { Rule } from './rule.ts';
import { versionOf } from './version.ts';
import { offsetOf } from './yaml-document.ts';

export type { RuleFile } from './draft.ts';

/** The rules that can be evaluated, in the order of files and lines, and everything that was found. */
export interface LoadedRules {
  readonly rules: readonly Rule[];
  readonly findings: readonly Finding[];
  /** Where the condition of each rule is written, by id. */
  readonly places: ReadonlyMap<string, RulePlace>;
}

/**
 * Reads all rules files of one deployment together: ids are unique over all of them, `evidence` and `firing("…")` may
 * name a rule of any. Bad input is findings, never an exception, and a broken rule takes only those with it that need
 * it.
 */
export function loadRuleFiles(files: readonly RuleFile[], market: Market): LoadedRules {
  return load(files, market, new Set());
}

/** Reads one rules file whose rules may also name the rules of `scope`. */
export function loadRules(text: string, file: string, scope: Scope): LoadedRules {
  return load([{ file, text }], scope.market, scope.rules);
}

function load(files: readonly RuleFile[], market: Market, others: ReadonlySet<string>): LoadedRules {
  const parts = files.map((file) => draftsOf(file));
  const drafts = parts.flatMap((part) => part.drafts);
  reportDuplicates(drafts);
  const ids = new Set([...others, ...drafts.flatMap(({ id }) => id ?? [])]);
  const read = new Map<Draft, Rule>();
  for (const draft of drafts) {
    const { file, root, base, problems } = draft;
    const rule = readRule(
      { text: file.text, root, base, scope: { market, rules: ids }, problems },
      draft.raw,
    );
    if (rule !== null && !isBroken(draft)) read.set(draft, rule);
  }
  refuseCircles(read);
  refuseDependents(read, others);
  const rules = [...read.values()];
  const known = new Set([...others, ...rules.map(({ id }) => id)]);
  return {
    rules: withVersions(rules).map((rule) => ({
      ...rule,
      evidence: rule.evidence.filter((id) => known.has(id)),
    })),
    findings: parts.flatMap((part) => [...part.findings, ...part.drafts.flatMap(findingsOf)].sort(byPlace)),
    places: new Map([...read].map(([draft, rule]) => [rule.id, placeOf(draft)])),
  };
}

function placeOf({ file, root, base, place }: Draft): RulePlace {
  return { file: file.file, ...place(offsetOf(root, [...base, 'when'])) };
}

/** The rules in an order in which each comes after those it names in `firing("…")`. */
export function inDependencyOrder(rules: readonly Rule[]): readonly Rule[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return dependencyOrder(new Map(rules.map((rule) => [rule.id, rule.dependsOn]))).order.flatMap(
    (id) => byId.get(id) ?? [],
  );
}

/** A rule changes its version when one it depends on does. */
function withVersions(rules: readonly Rule[]): readonly Rule[] {
  const versions = new Map<string, string>();
  for (const rule of inDependencyOrder(rules)) {
    versions.set(
      rule.id,
      versionOf(
        rule,
        rule.dependsOn.map((id) => `${id}=${versions.get(id) ?? ''}`),
      ),
    );
  }
  return rules.map((rule) => ({ ...rule, version: versions.get(rule.id) ?? rule.version }));
}
