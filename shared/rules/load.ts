import { isMap, isNode, isSeq } from 'yaml';
import type { Scope } from '../expression/scope.ts';
import type { Market } from '../series/market.ts';
import { dependencyOrder } from './dependencies.ts';
import { byPlace, type Finding, positionsOf, type Problem, problem } from './finding.ts';
import { readRule } from './read-rule.ts';
import type { Rule } from './rule.ts';
import { RULE_ID, RULE_KEYS_SHAPE, RULE_SHAPE, type RuleText } from './schema.ts';
import { shapeProblems, unknownKey } from './shape-problems.ts';
import { versionOf } from './version.ts';
import { nodeAt, offsetOf, type Path, plain, readYaml } from './yaml-document.ts';

/** A file of rules: its name, as findings show it, and its text. */
export interface RuleFile {
  readonly file: string;
  readonly text: string;
}

/** The rules that can be evaluated, in the order of files and lines, and everything that was found. */
export interface LoadedRules {
  readonly rules: readonly Rule[];
  readonly findings: readonly Finding[];
}

/** One item of a `rules` list on its way to a rule. */
interface Draft {
  readonly file: RuleFile;
  readonly place: (offset: number) => { line: number; column: number };
  readonly root: unknown;
  readonly base: Path;
  /** The id, where it is one. */
  readonly id: string | null;
  /** The keys whose values have the right shape. */
  readonly raw: RuleText;
  readonly problems: Problem[];
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
  const findings: Finding[] = [];
  const drafts = files.flatMap((file) => draftsOf(file, findings));
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
  for (const draft of drafts) findings.push(...findingsOf(draft));
  const rules = withVersions([...read.values()]);
  const known = new Set([...others, ...rules.map(({ id }) => id)]);
  return {
    rules: rules.map((rule) => ({ ...rule, evidence: rule.evidence.filter((id) => known.has(id)) })),
    findings: files.flatMap(({ file }) => findings.filter((finding) => finding.file === file).sort(byPlace)),
  };
}

/** The rules in an order in which each comes after those it names in `firing("…")`. */
export function inDependencyOrder(rules: readonly Rule[]): readonly Rule[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return dependencyOrder(new Map(rules.map((rule) => [rule.id, rule.dependsOn]))).order.flatMap(
    (id) => byId.get(id) ?? [],
  );
}

function draftsOf(file: RuleFile, findings: Finding[]): readonly Draft[] {
  const { root, problems } = readYaml(file.text);
  const place = positionsOf(file.text);
  const list = nodeAt(root, ['rules']);
  const items = isSeq(list) ? list.items : [];
  const byItem = new Map<number, Problem[]>();
  for (const found of [...problems, ...(root === null ? [] : whatIsNotRules(root))]) {
    const index = itemAt(items, found.offset);
    const own = index === null ? undefined : byItem.get(index);
    if (index === null) findings.push(finding(file.file, null, found, place));
    else if (own === undefined) byItem.set(index, [found]);
    else own.push(found);
  }
  return items.map((_, index) =>
    draftOf({ file, place, root, base: ['rules', index] }, byItem.get(index) ?? []),
  );
}

/** The index of the list item that spans an offset; null where none does. */
function itemAt(items: readonly unknown[], offset: number): number | null {
  const rangeOf = (index: number): readonly [number, number, number] =>
    (isNode(items[index]) ? items[index].range : null) ?? [0, 0, 0];
  let low = 0;
  let high = items.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (rangeOf(middle)[0] <= offset) low = middle;
    else high = middle - 1;
  }
  const [from, , to] = rangeOf(low);
  return from <= offset && offset < to ? low : null;
}

/** What keeps a document from being a map with the single key `rules`. */
function whatIsNotRules(root: unknown): readonly Problem[] {
  const expected = 'expected a map with the single key `rules`';
  if (isSeq(root)) {
    return [
      problem(offsetOf(root, []), 'not-a-rules-file', `${expected}, found a list: put \`rules:\` above it`),
    ];
  }
  if (!isMap(root))
    return [problem(offsetOf(root, []), 'not-a-rules-file', `${expected}, found a single value`)];
  const keys = Object.keys(plain(root) as object);
  const found = keys.filter((key) => key !== 'rules').map((key) => unknownKey(root, [key], key, ['rules']));
  if (!keys.includes('rules'))
    return [problem(offsetOf(root, []), 'not-a-rules-file', `${expected}, found none`), ...found];
  if (isSeq(nodeAt(root, ['rules']))) return found;
  return [
    ...found,
    problem(offsetOf(root, ['rules']), 'wrong-value', '`rules`: expected a list of rules, found none'),
  ];
}

function draftOf(place: Pick<Draft, 'file' | 'place' | 'root' | 'base'>, inYaml: readonly Problem[]): Draft {
  const { root, base } = place;
  const value = plain(nodeAt(root, base));
  const shape = RULE_SHAPE.safeParse(value);
  const raw = shape.success ? shape.data : wellFormed(value, shape.error.issues);
  const ofShape = shape.success ? [] : shapeProblems(root, base, shape.error, Object.keys(RULE_SHAPE.shape));
  return { ...place, id: raw.id ?? readableId(value), raw, problems: [...inYaml, ...ofShape] };
}

/** What is left of a rule without the keys that have something wrong with them. */
function wellFormed(value: unknown, issues: readonly { readonly path: readonly PropertyKey[] }[]): RuleText {
  if (typeof value !== 'object' || value === null) return {};
  const wrong = new Set(issues.map(({ path }) => path[0]));
  const known = Object.entries(value).filter(([key]) => key in RULE_SHAPE.shape && !wrong.has(key));
  return RULE_KEYS_SHAPE.safeParse(Object.fromEntries(known)).data ?? {};
}

function readableId(value: unknown): string | null {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
  return typeof id === 'string' && RULE_ID.test(id) ? id : null;
}

function isBroken({ problems }: Draft): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

/** The first rule of an id keeps it. */
function reportDuplicates(drafts: readonly Draft[]): void {
  const first = new Map<string, Draft>();
  for (const draft of drafts) {
    if (draft.id === null) continue;
    const earlier = first.get(draft.id);
    if (earlier === undefined) {
      first.set(draft.id, draft);
      continue;
    }
    const { line } = earlier.place(offsetOf(earlier.root, [...earlier.base, 'id']));
    const message = `\`id\`: expected a new id, found ${draft.id}, which ${earlier.file.file} has on line ${line}`;
    draft.problems.push(problem(offsetOf(draft.root, [...draft.base, 'id']), 'duplicate-rule', message));
  }
}

function refuseCircles(read: Map<Draft, Rule>): void {
  const { circles } = dependencyOrder(new Map([...read.values()].map((rule) => [rule.id, rule.dependsOn])));
  for (const circle of circles) {
    const first = circle[0] ?? '';
    const way = [...circle, first].join(' → ');
    for (const [draft, rule] of read) {
      if (!circle.includes(rule.id)) continue;
      refuse(read, draft, 'firing-circle', `rules must not wait for each other: ${way}`);
    }
  }
}

/** A rule that needs a refused one is refused too, and so on. */
function refuseDependents(read: Map<Draft, Rule>, others: ReadonlySet<string>): void {
  for (let before = -1; before !== read.size; ) {
    before = read.size;
    const ids = new Set([...others, ...[...read.values()].map(({ id }) => id)]);
    for (const [draft, rule] of read) {
      const missing = rule.dependsOn.find((id) => !ids.has(id));
      if (missing !== undefined) refuse(read, draft, 'broken-rule', `it needs ${missing}, which has errors`);
    }
  }
}

function refuse(read: Map<Draft, Rule>, draft: Draft, code: string, message: string): void {
  read.delete(draft);
  draft.problems.push(problem(offsetOf(draft.root, [...draft.base, 'when']), code, message));
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

/** Findings of one rule; lints it expects are left out. */
function findingsOf(draft: Draft): readonly Finding[] {
  const expected = draft.raw.expect ?? {};
  return draft.problems
    .filter(({ severity, code }) => severity === 'error' || !Object.hasOwn(expected, code))
    .map((found) => finding(draft.file.file, draft.id, found, draft.place));
}

function finding(
  file: string,
  rule: string | null,
  found: Problem,
  place: ReturnType<typeof positionsOf>,
): Finding {
  const { code, severity, message, fix } = found;
  return { file, rule, code, severity, ...place(found.offset), message, fix };
}
