import { isMap, isNode, isScalar, isSeq, type Node, type Pair } from 'yaml';
import type * as z from 'zod/mini';
import type { Draft, finding } from '../api/rules.ts';
import { position } from '../expression/position.ts';
import { draftsOf, isBroken } from '../rules/draft.ts';
import { type Problem, problem } from '../rules/finding.ts';
import { readRule } from '../rules/read-rule.ts';
import type { Rule } from '../rules/rule.ts';
import { scalarOffsets } from '../rules/scalar-offsets.ts';
import { versionOf } from '../rules/version.ts';
import { nodeAt, offsetOf } from '../rules/yaml-document.ts';
import type { Market } from '../series/market.ts';

export type DraftFinding = z.infer<typeof finding>;

/** A draft as the rule it would be; null where it has errors, which are among the findings. */
export interface ReadDraft {
  readonly rule: Rule | null;
  readonly findings: readonly DraftFinding[];
}

/** What a draft is read among. */
export interface DraftGround {
  readonly market: Market;
  /** The other rules that work, and the saved one of the same id. */
  readonly rules: ReadonlyMap<string, Rule>;
  /** Ids of rules that are saved and do not work. */
  readonly broken: ReadonlySet<string>;
}

/**
 * Reads a draft with the very checks of rules files. Findings name the key they are about and count lines and columns
 * in that key's own text.
 */
export function readDraft(draft: Draft, ground: DraftGround): ReadDraft {
  // JSON is YAML whose every offset says which character of which value it belongs to.
  const text = JSON.stringify({ rules: [draft] }, null, 1);
  const { drafts, findings } = draftsOf({ file: '', text });
  const [read] = drafts;
  if (read === undefined) {
    return { rule: null, findings: findings.map((one) => ({ ...one, field: null, line: 1, column: 1 })) };
  }
  const { root, base, problems } = read;
  const others = new Map(ground.rules);
  others.delete(draft.id);
  const ids = new Set([...others.keys(), ...ground.broken, draft.id]);
  const rule = readRule(
    { text, root, base, scope: { market: ground.market, rules: ids }, problems },
    read.raw,
  );
  if (rule !== null) problems.push(...relations(rule, { root, base }, others));
  const fields = fieldsOf(text, root);
  const expected = read.raw.expect ?? {};
  const told = problems.filter(
    ({ severity, code }) => severity === 'error' || !Object.hasOwn(expected, code),
  );
  return {
    rule: rule === null || isBroken(read) ? null : withVersion(rule, others),
    findings: told
      .toSorted((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'))
      .map((one) => located(one, fields)),
  };
}

/** Circles through other rules, and rules it needs that do not work. */
function relations(
  rule: Rule,
  at: { readonly root: unknown; readonly base: readonly PropertyKey[] },
  others: ReadonlyMap<string, Rule>,
): readonly Problem[] {
  const offset = offsetOf(at.root, [...at.base, 'when']);
  const broken = rule.dependsOn.find((id) => id !== rule.id && !others.has(id));
  if (broken !== undefined) return [problem(offset, 'broken-rule', `it needs ${broken}, which has errors`)];
  const way = wayTo(rule.id, rule.dependsOn, others);
  return way === null
    ? []
    : [
        problem(
          offset,
          'firing-circle',
          `rules must not wait for each other: ${[rule.id, ...way].join(' → ')}`,
        ),
      ];
}

/** The way from some rules to one that they wait for; null where they do not. */
function wayTo(
  id: string,
  from: readonly string[],
  rules: ReadonlyMap<string, Rule>,
  seen: Set<string> = new Set(),
): readonly string[] | null {
  for (const next of from) {
    if (next === id) return [id];
    if (seen.has(next)) continue;
    seen.add(next);
    const way = wayTo(id, rules.get(next)?.dependsOn ?? [], rules, seen);
    if (way !== null) return [next, ...way];
  }
  return null;
}

function withVersion(rule: Rule, others: ReadonlyMap<string, Rule>): Rule {
  const needed = rule.dependsOn.map((id) => `${id}=${others.get(id)?.version ?? ''}`);
  const evidence = rule.evidence.filter((id) => others.has(id));
  return { ...rule, version: versionOf(rule, needed), evidence };
}

/** One value of a draft: where it lies in the JSON, and where its characters do. */
interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly value: string | null;
  readonly offsets: readonly number[];
}

/** The values of a draft, items of lists by themselves; later ones lie inside earlier ones or after them. */
function fieldsOf(text: string, root: unknown): readonly Field[] {
  const rule = nodeAt(root, ['rules', 0]);
  if (!isMap(rule)) return [];
  return rule.items.flatMap((pair) => {
    const name = nameOf(pair);
    const { value } = pair;
    if (name === null || !isNode(value)) return [];
    const whole = fieldOf(text, name, value, startOf(pair));
    if (isSeq(value)) {
      const items = value.items.flatMap((item, index) =>
        isNode(item) ? [fieldOf(text, `${name}.${index}`, item, null)] : [],
      );
      return [whole, ...items];
    }
    if (!isMap(value)) return [whole];
    const inner = value.items.flatMap((one) => {
      const key = nameOf(one);
      return key === null || !isNode(one.value)
        ? []
        : [fieldOf(text, `${name}.${key}`, one.value, startOf(one))];
    });
    return [whole, ...inner];
  });
}

function nameOf({ key }: Pair): string | null {
  return isScalar(key) ? String(key.value) : null;
}

function startOf({ key }: Pair): number | null {
  return isScalar(key) ? (key.range?.[0] ?? null) : null;
}

function fieldOf(text: string, name: string, node: Node, start: number | null): Field {
  const [from, to] = node.range ?? [0, 0];
  const isText = isScalar(node) && typeof node.value === 'string';
  return {
    ...{ name, from: start ?? from, to },
    value: isText ? String(node.value) : null,
    offsets: isText ? scalarOffsets(text, node) : [],
  };
}

function located({ code, severity, message, fix, offset }: Problem, fields: readonly Field[]): DraftFinding {
  const field = fields.findLast(({ from, to }) => from <= offset && offset < to);
  const told = { code, severity, message, fix };
  if (field === undefined) return { field: null, line: 1, column: 1, ...told };
  const index = field.offsets.indexOf(offset);
  const place = field.value === null || index < 0 ? { line: 1, column: 1 } : position(field.value, index);
  return { field: field.name, ...place, ...told };
}
