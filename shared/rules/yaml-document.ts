import {
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  type ParsedNode,
  type YAMLParseError,
} from 'yaml';
import { propertyOffset } from '../yaml-property.ts';
import { type Problem, problem } from './finding.ts';

/** Larger files are refused unread: a thousand rules take a third of it. */
const MAX_CHARACTERS = 1_000_000;
/** Deeper nesting than any of our files needs. */
const MAX_DEPTH = 24;
/** Syntax errors reported for one file; what follows the first is mostly its echo. */
const MAX_SYNTAX_ERRORS = 10;

/** A YAML text that is one plain document, or what stands against it. */
export interface YamlDocument {
  /** The root; null where the text is empty, no YAML at all, or more than one document. */
  readonly root: ParsedNode | null;
  /** What is wrong, by offset. Where there is a root, a problem belongs to the node that spans its offset. */
  readonly problems: readonly Problem[];
}

const NEEDED = { rules: 'single key', tests: 'key' } as const;

/** The key that a file of ours has at its top. */
export type TopKey = 'rules' | 'tests';

/**
 * Reads one YAML document of maps, lists and scalars. Anchors, aliases, tags, duplicate keys, several documents, an
 * empty text and anything too large or too deep are problems with a place, never an exception.
 */
export function readYaml(text: string, key: TopKey): YamlDocument {
  if (text.length > MAX_CHARACTERS) {
    return refused(
      problem(0, 'yaml-too-large', `expected at most 1,000,000 characters, found ${text.length}`),
    );
  }
  const document = parseDocument(text, {
    prettyErrors: false,
    uniqueKeys: false,
    keepSourceTokens: true,
  });
  if (document.errors.length > 0) {
    return refused(...syntaxProblems(document.errors));
  }
  const { yaml } = document.directives ?? {};
  if (yaml?.explicit === true && yaml.version !== '1.2') {
    return refused(problem(0, 'yaml-syntax', `expected YAML 1.2, found a directive for ${yaml.version}`));
  }
  const root = document.contents;
  if (root === null || (isScalar(root) && root.value === null)) {
    return refused(
      problem(0, 'empty-file', `expected a map with the ${NEEDED[key]} \`${key}\`, found an empty file`),
    );
  }
  const problems: Problem[] = [];
  inspect(root, 1, { text, problems });
  return { root, problems };
}

/** The plain value of a node: maps as objects, lists as arrays; an alias or an odd key is left out. */
export function plain(node: unknown, depth = 0): unknown {
  if (depth > MAX_DEPTH || isAlias(node)) return undefined;
  if (isScalar(node)) return node.value;
  if (isSeq(node)) return node.items.map((item) => plain(item, depth + 1));
  if (!isMap(node)) return undefined;
  const value: Record<string, unknown> = {};
  for (const { key, value: item } of node.items) {
    const name = keyOf(key);
    // Of a key given twice the first counts, as it does for `nodeAt`, so that a value and its place agree.
    if (name !== null && !Object.hasOwn(value, name))
      value[name] = item === null ? null : plain(item, depth + 1);
  }
  return value;
}

/** A step on the way to a node: the key of a map or the index of a list. */
export type Path = readonly PropertyKey[];

/** The node at a path; undefined where there is none. */
export function nodeAt(root: unknown, path: Path): Node | undefined {
  let node: unknown = root;
  for (const step of path) {
    if (isMap(node)) node = node.items.find((pair) => keyOf(pair.key) === step)?.value;
    else if (isSeq(node)) node = typeof step === 'number' ? node.items[step] : undefined;
    else return undefined;
  }
  return isScalar(node) || isCollection(node) || isAlias(node) ? node : undefined;
}

/** Where the key at the end of a path is written; undefined where it is not. */
export function keyOffset(root: unknown, path: Path): number | undefined {
  const map = nodeAt(root, path.slice(0, -1));
  if (!isMap(map)) return undefined;
  const pair = map.items.find(({ key }) => keyOf(key) === path.at(-1));
  return isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
}

/** Where the deepest existing node on a path begins. */
export function offsetOf(root: unknown, path: Path): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const found = nodeAt(root, path.slice(0, length))?.range?.[0] ?? keyOffset(root, path.slice(0, length));
    if (found !== undefined) return found;
  }
  return 0;
}

function refused(...problems: readonly Problem[]): YamlDocument {
  return { root: null, problems };
}

function syntaxProblems(errors: readonly YAMLParseError[]): readonly Problem[] {
  const tooDeep = errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION');
  if (tooDeep !== undefined) {
    return [problem(tooDeep.pos[0], 'yaml-too-deep', `expected at most ${MAX_DEPTH} levels, found far more`)];
  }
  const told = new Map(errors.slice(0, MAX_SYNTAX_ERRORS).map((error) => [error.pos[0], error]));
  return [...told.values()].map(({ code, message, pos }) =>
    code === 'MULTIPLE_DOCS'
      ? problem(pos[0], 'yaml-several-documents', 'expected one document, found a second one here')
      : problem(pos[0], 'yaml-syntax', `not valid YAML: ${lowerFirst(message)}`),
  );
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** The name of a key that may serve as one; null for anything else. */
function keyOf(key: unknown): string | null {
  if (!isScalar(key)) return null;
  const name = typeof key.value === 'string' ? key.value : String(key.value);
  return name === '__proto__' ? null : name;
}

interface Inspection {
  readonly text: string;
  readonly problems: Problem[];
}

function inspect(node: unknown, depth: number, inspection: Inspection): void {
  const { text, problems } = inspection;
  if (isAlias(node)) {
    problems.push(
      problem(start(node), 'yaml-alias', `write the value out: an alias (*${node.source}) is not allowed`),
    );
    return;
  }
  if (!isScalar(node) && !isCollection(node)) return;
  if (node.anchor !== undefined) {
    problems.push(
      problem(
        propertyOffset(text, start(node), '&'),
        'yaml-anchor',
        `remove the anchor &${node.anchor}: every value is written out`,
      ),
    );
  }
  if (node.tag !== undefined) {
    problems.push(
      problem(
        propertyOffset(text, start(node), '!'),
        'yaml-tag',
        `remove the tag ${node.tag}: values are plain text, numbers and lists`,
      ),
    );
  }
  if (!isCollection(node)) return;
  if (depth >= MAX_DEPTH) {
    problems.push(problem(start(node), 'yaml-too-deep', `expected at most ${MAX_DEPTH} levels, found more`));
    return;
  }
  const seen = new Set<string>();
  for (const item of node.items) {
    if (isPair(item)) inspectKey(item.key, start(node), seen, inspection);
    inspect(isPair(item) ? item.value : item, depth + 1, inspection);
  }
}

function inspectKey(key: unknown, fallback: number, seen: Set<string>, inspection: Inspection): void {
  const { problems } = inspection;
  const name = keyOf(key);
  const at = isScalar(key) || isCollection(key) ? start(key) : fallback;
  if (name === null) {
    problems.push(problem(at, 'yaml-key', 'expected a plain name as key'));
  } else if (seen.has(name)) {
    problems.push(problem(at, 'duplicate-key', `\`${name}\` is given twice: keep one`));
  } else {
    seen.add(name);
  }
  if (isScalar(key)) inspect(key, 1, inspection);
}

function start(node: { range?: readonly [number, number, number] | null | undefined }): number {
  return node.range?.[0] ?? 0;
}
