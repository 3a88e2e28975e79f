import {
  Document,
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  Scalar,
  stringify,
  type YAMLMap,
} from 'yaml';
import { type Draft, draft as draftShape } from '../api/rules.ts';
import { draftsOf } from '../rules/draft.ts';
import { RULE_SHAPE } from '../rules/schema.ts';

const KEYS = Object.keys(RULE_SHAPE.shape) as readonly (keyof Draft)[];
/** Keys whose white space at either end says nothing. */
const TRIMMED = ['title', 'when', 'resolve_when', 'measure', 'threshold', 'note'] as const;
/** Lines are never folded: what a draft says is on the lines it has. */
const PLAIN = { lineWidth: 0 } as const;

/** The rule of a document that holds one, as a draft; null where the text cannot be read as one rule without doubt. */
export function draftOf(text: string): Draft | null {
  const { drafts, findings } = draftsOf({ file: '', text });
  const [only, second] = drafts;
  if (only === undefined || second !== undefined || findings.length > 0) return null;
  if (only.problems.some(({ severity }) => severity === 'error')) return null;
  const { raw } = only;
  const parsed = draftShape.safeParse({ ...raw, title: raw.title ?? raw.id });
  return parsed.success ? trimmed(parsed.data) : null;
}

/** A draft without the white space at the ends of its texts that says nothing. */
export function trimmed(draft: Draft): Draft {
  const result: Record<string, unknown> = { ...draft };
  for (const key of TRIMMED) if (typeof draft[key] === 'string') result[key] = draft[key].trim();
  for (const key of KEYS) if (result[key] === undefined) delete result[key];
  return result as Draft;
}

/**
 * A rules document that holds one rule. From a `base` that can be read as one, only what differs is changed: order,
 * comments and the writing of everything else stay.
 */
export function textOf(wanted: Draft, base: string | null = null): string {
  const draft = trimmed(wanted);
  const before = base === null ? null : draftOf(base);
  const ways =
    base === null || before === null
      ? [() => fresh(draft)]
      : [() => spliced(draft, before, base), () => changed(draft, before, base), () => fresh(draft)];
  for (const way of ways) {
    const text = way();
    // What would not be read back as what was meant is no text of the draft.
    if (text !== null && isSame(draftOf(text), draft)) return text;
  }
  return quoted(draft);
}

/** Writes new values over the old ones in the text itself; null where a key comes or goes, or is a list. */
function spliced(draft: Draft, before: Draft, base: string): string | null {
  const map = parseDocument(base, { keepSourceTokens: true }).getIn(['rules', 0], true);
  const edits: { readonly from: number; readonly to: number; readonly text: string }[] = [];
  for (const key of changedKeys(before, draft)) {
    const node = isMap(map) ? map.get(key, true) : undefined;
    const value = draft[key];
    if (!isScalar(node) || !node.range || (typeof value !== 'string' && typeof value !== 'number'))
      return null;
    const [from, to] = node.range;
    const end = base.slice(from, to).endsWith('\n') ? '\n' : '';
    edits.push({ from, to, text: onOneLine(value) + end });
  }
  let text = base;
  for (const edit of edits.toSorted((a, b) => b.from - a.from))
    text = text.slice(0, edit.from) + edit.text + text.slice(edit.to);
  return text;
}

function onOneLine(value: string | number): string {
  const written = stringify(value, PLAIN).trimEnd();
  return written.includes('\n') ? JSON.stringify(value) : written;
}

function fresh(draft: Draft): string {
  const document = new Document({ rules: [inOrder(draft)] }, { aliasDuplicateObjects: false });
  return document.toString(PLAIN);
}

function quoted(draft: Draft): string {
  const document = new Document({ rules: [inOrder(draft)] }, { aliasDuplicateObjects: false });
  return document.toString({ ...PLAIN, defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' });
}

function inOrder(draft: Draft): object {
  return Object.fromEntries(KEYS.flatMap((key) => (draft[key] === undefined ? [] : [[key, draft[key]]])));
}

function changed(draft: Draft, before: Draft, base: string): string {
  const document = parseDocument(base, { keepSourceTokens: true });
  const map = document.getIn(['rules', 0], true);
  if (!isMap(map)) return fresh(draft);
  for (const key of changedKeys(before, draft)) {
    const value = draft[key];
    if (value === undefined) map.delete(key);
    else setValue(document, map, key, value);
  }
  return document.toString(PLAIN);
}

/** Keys in which two drafts differ, in the order of the documents. */
export function changedKeys(before: Draft, after: Draft): readonly (keyof Draft)[] {
  return KEYS.filter((key) => !isSame(before[key], after[key]));
}

function setValue(document: Document, map: YAMLMap, key: keyof Draft, value: unknown): void {
  const node = map.get(key, true) as Node | undefined;
  if (isScalar(node) && (typeof value === 'string' || typeof value === 'number')) {
    rewrite(node, value);
    return;
  }
  const made = document.createNode(value, { aliasDuplicateObjects: false });
  if ((isSeq(node) || isMap(node)) && (isSeq(made) || isMap(made)) && node.flow === true) made.flow = true;
  if (node !== undefined && node !== null) copyComments(node, made);
  map.set(key, made);
}

/** Comments belong to the node, so a scalar is kept and told another value. */
function rewrite(node: Scalar, value: string | number): void {
  node.value = value;
  delete node.format;
  delete node.minFractionDigits;
  delete node.source;
  if (typeof value !== 'string' || (node.type === Scalar.PLAIN && value.includes('\n'))) delete node.type;
}

function copyComments(from: Node, to: Node): void {
  if (from.comment !== undefined) to.comment = from.comment;
  if (from.commentBefore !== undefined) to.commentBefore = from.commentBefore;
}

/** Whether two plain values say the same, whatever the order of their keys. */
function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const [a, b] = [Object.entries(one), new Map(Object.entries(other))];
  return a.length === b.size && a.every(([key, value]) => b.has(key) && isSame(value, b.get(key)));
}
