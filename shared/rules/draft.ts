import { isMap, isNode, isSeq } from 'yaml';
import { type Finding, positionsOf, type Problem, problem } from './finding.ts';
import { RULE_ID } from './rule-id.ts';
import { RULE_KEYS_SHAPE, RULE_SHAPE, type RuleText } from './schema.ts';
import { describe, shapeProblems, unknownKey } from './shape-problems.ts';
import { nodeAt, offsetOf, type Path, plain, readYaml } from './yaml-document.ts';

/** A file of rules: its name, as findings show it, and its text. */
export interface RuleFile {
  readonly file: string;
  readonly text: string;
}

/** Unknown keys told of one file. */
const MAX_UNKNOWN = 50;

/** One item of a `rules` list on its way to a rule. */
export interface Draft {
  readonly file: RuleFile;
  /** Line and column of an offset. */
  readonly place: (offset: number) => { line: number; column: number };
  readonly root: unknown;
  readonly base: Path;
  /** The id, where it is one. */
  readonly id: string | null;
  /** The keys whose values have the right shape. */
  readonly raw: RuleText;
  readonly problems: Problem[];
}

/** What one rules file holds: an item per rule, and findings about the file as a whole. */
export interface FileDrafts {
  readonly drafts: readonly Draft[];
  readonly findings: readonly Finding[];
}

/** Takes a rules file apart; whatever is wrong with the form of an item is among its problems. */
export function draftsOf(file: RuleFile): FileDrafts {
  const findings: Finding[] = [];
  const { root, problems } = readYaml(file.text, 'rules');
  const place = positionsOf(file.text);
  const list = nodeAt(root, ['rules']);
  const items = isSeq(list) ? list.items : [];
  const byItem = new Map<number, Problem[]>();
  for (const found of [...problems, ...(root === null ? [] : whatIsNotRules(root))]) {
    const index = itemAt(items, found.offset);
    const own = index === null ? undefined : byItem.get(index);
    if (index === null) findings.push(located(file.file, null, found, place));
    else if (own === undefined) byItem.set(index, [found]);
    else own.push(found);
  }
  const drafts = items.map((_, index) =>
    draftOf({ file, place, root, base: ['rules', index] }, byItem.get(index) ?? []),
  );
  return { drafts, findings };
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
  const foreign = keys.filter((key) => key !== 'rules').slice(0, MAX_UNKNOWN);
  const found = foreign.map((key) => unknownKey(root, [key], key, ['rules']));
  if (!keys.includes('rules'))
    return [problem(offsetOf(root, []), 'not-a-rules-file', `${expected}, found none`), ...found];
  if (isSeq(nodeAt(root, ['rules']))) return found;
  return [
    ...found,
    problem(
      offsetOf(root, ['rules']),
      'wrong-value',
      `\`rules\`: expected a list of rules, found ${describe(plain(nodeAt(root, ['rules'])))}`,
    ),
  ];
}

function draftOf(place: Pick<Draft, 'file' | 'place' | 'root' | 'base'>, inYaml: readonly Problem[]): Draft {
  const { root, base } = place;
  const value = plain(nodeAt(root, base));
  const shape = RULE_SHAPE.safeParse(value);
  const raw = shape.success ? shape.data : wellFormed(value, shape.error.issues);
  const ofShape = shape.success
    ? []
    : shapeProblems(root, base, shape.error, () => Object.keys(RULE_SHAPE.shape));
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

/** Whether anything but lints was found. */
export function isBroken({ problems }: Draft): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

/** Findings of one rule; lints it expects are left out. */
export function findingsOf(draft: Draft): readonly Finding[] {
  const expected = draft.raw.expect ?? {};
  return draft.problems
    .filter(({ severity, code }) => severity === 'error' || !Object.hasOwn(expected, code))
    .map((found) => located(draft.file.file, draft.id, found, draft.place));
}

function located(file: string, rule: string | null, found: Problem, place: Draft['place']): Finding {
  const { code, severity, message, fix } = found;
  return { file, rule, code, severity, ...place(found.offset), message, fix };
}
