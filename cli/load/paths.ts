import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Context } from '../context.ts';
import { refuse } from '../exit.ts';

/** A file as it was named or found, with what it holds; `file` is what findings call it. */
export interface TextFile {
  readonly file: string;
  readonly text: string;
}

/** The file that declares a market; no rules file. */
export const MARKET = 'market.yaml';
/** How the files of rule tests end. */
export const TEST_SUFFIX = '.test.yaml';

/** The rules of a call without a path: `rules` in the folder of the call, else those that ship. */
export function defaultRules(context: Context): string {
  return existsSync(join(context.folder, 'rules')) ? 'rules' : join(context.packageFolder, 'rules');
}

/**
 * The `market.yaml` of a call: the one named; else one beside the rules named; else `rules/market.yaml` here; else the
 * one that ships. Undefined where there is none at all; one that is named and missing is wrong usage.
 */
export function marketPath(
  context: Context,
  named: string | undefined,
  rules: readonly string[],
): string | undefined {
  if (named !== undefined) return named;
  const folders = [
    ...rules.map((path) => folderOf(context, path)),
    'rules',
    join(context.packageFolder, 'rules'),
  ];
  return folders
    .map((folder) => join(folder, MARKET))
    .find((path) => existsSync(resolve(context.folder, path)));
}

/** Reads the rules files of paths: files as they are, of folders every `.yaml` but the market and the rule tests. */
export function ruleFiles(context: Context, paths: readonly string[]): TextFile[] {
  return yamlFiles(context, paths, (name) => name !== MARKET && !name.endsWith(TEST_SUFFIX));
}

/** Reads the rule tests of paths: files as they are, of folders every `.test.yaml`. */
export function testFiles(context: Context, paths: readonly string[]): TextFile[] {
  return yamlFiles(context, paths, (name) => name.endsWith(TEST_SUFFIX));
}

/** The absolute path of something that must exist; what is missing is wrong usage. */
export function existing(context: Context, path: string): string {
  requireName(path);
  const absolute = resolve(context.folder, path);
  if (!existsSync(absolute)) refuse(`${path}: no such file or folder.`);
  return absolute;
}

/** The absolute path of a folder that must exist; what is missing, or is a file, is wrong usage. */
export function existingFolder(context: Context, path: string): string {
  const absolute = existing(context, path);
  if (!statSync(absolute).isDirectory()) refuse(`${path} is no folder.`);
  return absolute;
}

/** The absolute path of a folder that need not exist yet; a file in its place is wrong usage. */
export function folderToBe(context: Context, path: string): string {
  requireName(path);
  const absolute = resolve(context.folder, path);
  return existsSync(absolute) ? existingFolder(context, path) : absolute;
}

/** The size of what a folder holds, its own files only. */
export function bytesIn(folder: string): number {
  const sizes = readdirSync(folder).map(
    (name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0,
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Reads one file; what cannot be read is wrong usage. */
export function readText(context: Context, path: string): TextFile {
  const absolute = existing(context, path);
  if (statSync(absolute).isDirectory()) refuse(`${path} is a folder, not a file.`);
  return { file: path, text: readFileSync(absolute, 'utf8') };
}

/** An unset variable of a script leaves a path empty, which must not mean the folder it runs in. */
function requireName(path: string): void {
  if (path === '') refuse('a path is empty: name a file or a folder.');
}

function yamlFiles(
  context: Context,
  paths: readonly string[],
  wanted: (name: string) => boolean,
): TextFile[] {
  const files = paths.flatMap((path) => {
    const absolute = existing(context, path);
    if (!statSync(absolute).isDirectory()) return [readText(context, path)];
    const names = readdirSync(absolute, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && entry.name.endsWith('.yaml') && wanted(entry.name))
      .map((entry) => entry.name);
    return names.toSorted().map((name) => readText(context, join(path, name)));
  });
  // A file named beside its folder is one file.
  return [...new Map(files.map((file) => [resolve(context.folder, file.file), file])).values()];
}

function folderOf(context: Context, path: string): string {
  const absolute = resolve(context.folder, path);
  return existsSync(absolute) && statSync(absolute).isDirectory() ? path : dirname(path);
}
