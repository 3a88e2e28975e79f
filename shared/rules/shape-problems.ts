import type * as z from 'zod/mini';
import { type Problem, problem } from './finding.ts';
import { nearest } from '../expression/suggest.ts';
import { keyOffset, nodeAt, offsetOf, type Path, plain } from './yaml-document.ts';

/** Issues told about one rule, and unknown keys told about one map. */
const MAX_ISSUES = 50;

/**
 * Says for each issue of a schema where in the file it lies, what was expected there and what was found. `keysAt` names
 * the keys a map may have, by the way to it from the base.
 */
export function shapeProblems(
  root: unknown,
  base: Path,
  error: z.core.$ZodError,
  keysAt: (path: Path) => readonly string[],
): readonly Problem[] {
  return error.issues.slice(0, MAX_ISSUES).flatMap((issue) => {
    const path = [...base, ...issue.path];
    return issue.code === 'unrecognized_keys'
      ? issue.keys
          .slice(0, MAX_ISSUES)
          .map((key) => unknownKey(root, [...path, key], key, keysAt(issue.path)))
      : [wrongValue(root, path, issue.message)];
  });
}

/** An unknown key, with the nearest one that exists. */
export function unknownKey(root: unknown, path: Path, key: string, keys: readonly string[]): Problem {
  const near = nearest(key, keys);
  const hint = near === null ? `expected one of ${keys.join(', ')}` : `did you mean \`${near}\`?`;
  return problem(
    keyOffset(root, path) ?? offsetOf(root, path),
    'unknown-key',
    `unknown key \`${key}\`: ${hint}`,
  );
}

function wrongValue(root: unknown, path: Path, expected: string): Problem {
  const key = path.findLast((step) => typeof step === 'string');
  const name = key === undefined ? '' : `\`${key}\`: `;
  if (nodeAt(root, path) === undefined && keyOffset(root, path) === undefined) {
    return problem(offsetOf(root, path), 'missing-key', `${name}${expected}, but it is missing`);
  }
  const found = expected.includes('found') ? '' : `, found ${describe(plain(nodeAt(root, path)))}`;
  return problem(offsetOf(root, path), 'wrong-value', `${name}${expected}${found}`);
}

/** Longest piece of a found text that a message repeats. */
const EXCERPT = 40;

/** What a value is, in words. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value !== 'string') return `the value ${JSON.stringify(value)}`;
  const text = JSON.stringify(value.length > EXCERPT ? `${value.slice(0, EXCERPT)}…` : value);
  return `the text ${text}`;
}
