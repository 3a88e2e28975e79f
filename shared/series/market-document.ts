import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import { isDate } from '../calendar/date.ts';
import { propertyOffset, type YamlProperty } from '../yaml-property.ts';

/** What is wrong with a market file, and where: line and column count from 1. */
export interface MarketProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Stable, kebab-case. */
  readonly code: string;
  readonly message: string;
}

/** A key of a map with what stands behind it; null where nothing does. */
export interface Entry {
  readonly key: string;
  readonly keyNode: Node;
  readonly value: Node | null;
}

/** Reads nodes of one file and notes what is wrong, so that all problems come out at once. */
export interface MarketReader {
  readonly problems: readonly MarketProblem[];
  /** The node at the top; null when the text is no YAML to read on. */
  readonly root: Node | null;
  report(node: Node, code: string, message: string): void;
  /** The entries of a map; nothing is an empty map. `keys` are those allowed, or null where any name is. */
  entries(node: Node | null, what: string, keys: readonly string[] | null): readonly Entry[];
  /** The items of a list; nothing is an empty list. */
  items(node: Node | null, what: string): readonly Node[];
  /** Text, or undefined once reported. */
  text(node: Node, what: string): string | undefined;
  date(node: Node, what: string): string | undefined;
  /** One of some words. */
  word<Word extends string>(node: Node, what: string, words: readonly Word[]): Word | undefined;
  /** A finite number. */
  number(node: Node, what: string): number | undefined;
}

const LONGEST_TEXT = 1_000_000;

/** Parses a market file as far as YAML goes: anchors, aliases, tags and a second document are problems. */
export function readMarketDocument(text: string, file: string): MarketReader {
  const lines = new LineCounter();
  const problems: MarketProblem[] = [];
  const reportAt = (offset: number, code: string, message: string): void => {
    const { line, col } = lines.linePos(offset);
    problems.push({ file, line: Math.max(line, 1), column: Math.max(col, 1), code, message });
  };
  const report = (node: Node, code: string, message: string): void =>
    reportAt(node.range?.[0] ?? 0, code, message);
  const root = parseRoot(text, lines, { report, reportAt });
  return { problems, root, ...nodeReaders(report) };
}

interface Reports {
  readonly report: (node: Node, code: string, message: string) => void;
  readonly reportAt: (offset: number, code: string, message: string) => void;
}

function parseRoot(text: string, lineCounter: LineCounter, { report, reportAt }: Reports): Node | null {
  if (text.length > LONGEST_TEXT) {
    reportAt(0, 'too-long', `the file is longer than ${LONGEST_TEXT} characters`);
    return null;
  }
  let document: Document.Parsed;
  try {
    // Own check of keys: the library's compares each with all before it, and reads 12 and "12" as two.
    document = parseDocument(text, { schema: 'core', uniqueKeys: false, prettyErrors: false, lineCounter });
    reportForbidden(document, text, { report, reportAt });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    reportAt(0, 'too-deep', 'the file is nested too deeply to read');
    return null;
  }
  // One place, one problem: what follows from an error at the same place adds nothing.
  const first = new Map(document.errors.toReversed().map(({ pos, message }) => [pos[0], message]));
  for (const [offset, message] of first) reportAt(offset, 'yaml-syntax', message);
  if (document.errors.length > 0) return null;
  if (!isNode(document.contents) || isEmptyScalar(document.contents)) {
    reportAt(0, 'empty-file', 'the file is empty: expected a map with instruments, universes and so on');
    return null;
  }
  return document.contents;
}

function reportForbidden(document: Document.Parsed, text: string, { report, reportAt }: Reports): void {
  const before = (node: Node, property: YamlProperty): number =>
    propertyOffset(text, node.range?.[0] ?? 0, property);
  visit(document, {
    Node: (_, node) => {
      if (isAlias(node)) {
        report(node, 'alias', `an alias (*${node.source}) is not allowed: write the value out`);
        return;
      }
      if (node.anchor !== undefined)
        reportAt(before(node, '&'), 'anchor', `an anchor (&${node.anchor}) is not allowed`);
      if (node.tag !== undefined) reportAt(before(node, '!'), 'tag', `a tag (${node.tag}) is not allowed`);
    },
  });
}

type NodeReaders = Omit<MarketReader, 'problems' | 'root' | 'report'> & Pick<MarketReader, 'report'>;

function nodeReaders(report: Reports['report']): NodeReaders {
  const text = (node: Node, what: string): string | undefined => {
    const found = textOf(node);
    if (found === undefined) report(node, 'wrong-type', `${what} must be text, found ${nameOf(node)}`);
    return found;
  };
  return {
    report,
    text,
    entries(node, what, keys) {
      if (node === null || isEmptyScalar(node)) return [];
      if (isMap(node)) return entriesOf(node.items, { what, keys, report, text });
      if (!isAlias(node)) report(node, 'wrong-type', `${what} must be a map, found ${nameOf(node)}`);
      return [];
    },
    items(node, what) {
      if (node === null || isEmptyScalar(node)) return [];
      if (isSeq(node)) return node.items.filter(isNode);
      if (!isAlias(node)) report(node, 'wrong-type', `${what} must be a list, found ${nameOf(node)}`);
      return [];
    },
    date(node, what) {
      const found = textOf(node);
      if (found !== undefined && isDate(found)) return found;
      report(node, 'bad-date', `${what} must be a date such as 2025-12-31, found ${nameOf(node)}`);
      return undefined;
    },
    word(node, what, words) {
      const found = words.find((word) => word === textOf(node));
      if (found === undefined) {
        report(node, 'bad-value', `${what} must be one of ${words.join(', ')}; found ${nameOf(node)}`);
      }
      return found;
    },
    number(node, what) {
      if (isScalar(node) && typeof node.value === 'number' && Number.isFinite(node.value)) return node.value;
      report(node, 'wrong-type', `${what} must be a number, found ${nameOf(node)}`);
      return undefined;
    },
  };
}

interface EntryChecks extends Pick<MarketReader, 'report' | 'text'> {
  readonly what: string;
  readonly keys: readonly string[] | null;
}

function entriesOf(pairs: readonly { key: unknown; value: unknown }[], checks: EntryChecks): Entry[] {
  const { what, keys, report, text } = checks;
  const found = new Map<string, Entry>();
  for (const { key: keyNode, value } of pairs) {
    if (!isNode(keyNode)) continue;
    const key = text(keyNode, `a key of ${what}`);
    if (key === undefined) continue;
    if (found.has(key)) report(keyNode, 'duplicate-key', `${key} stands twice in ${what}`);
    else if (keys !== null && !keys.includes(key)) {
      report(keyNode, 'unknown-key', `${what} has no key ${key}; it knows ${keys.join(', ')}`);
    } else found.set(key, { key, keyNode, value: isNode(value) && !isEmptyScalar(value) ? value : null });
  }
  return [...found.values()];
}

/** A scalar as it was written, so that a symbol such as TRUE or 2330 stays a symbol; undefined for anything else. */
function textOf(node: Node): string | undefined {
  if (!isScalar(node) || node.value === null) return undefined;
  return typeof node.value === 'string' ? node.value : node.source;
}

function isEmptyScalar(node: Node): boolean {
  return isScalar(node) && node.value === null;
}

function nameOf(node: Node): string {
  if (isMap(node)) return 'a map';
  if (isSeq(node)) return 'a list';
  if (isAlias(node)) return 'an alias';
  const text = textOf(node);
  return text === undefined ? 'nothing' : JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
