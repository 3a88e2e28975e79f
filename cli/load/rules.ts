import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type LoadedRules, loadRuleFiles } from '../../shared/rules/load.ts';
import type { Rule } from '../../shared/rules/rule.ts';
import type { Market } from '../../shared/series/market.ts';
import type { Context } from '../context.ts';
import { findingText } from '../output/findings.ts';
import { defaultRules, existing, ruleFiles } from './paths.ts';

/** The rules of a call: those of the path named, else the default ones. */
export function readRules(context: Context, path: string | undefined, market: Market): LoadedRules {
  return loadRuleFiles(ruleFiles(context, [path ?? defaultRules(context)]), market);
}

/** Rules that can be evaluated. */
export interface UsableRules {
  /** Those asked for, and of the files beside them those that `firing` or `evidence` may name. */
  readonly rules: readonly Rule[];
  /** Ids of the rules asked for: the only ones to be spoken of. */
  readonly asked: ReadonlySet<string>;
}

/**
 * The rules that can be evaluated; what is wrong with the others is told on standard error, since one broken rule stops
 * no other. Null where errors leave no rule at all.
 */
export function rulesOrTell(context: Context, path: string | undefined, market: Market): UsableRules | null {
  const { rules, findings, places, files } = checkedRules(context, [path ?? defaultRules(context)], market);
  const named = new Set(files);
  const asked = rules.flatMap(({ id }) => (named.has(places.get(id)?.file ?? '') ? id : []));
  const errors = findings.filter(({ severity }) => severity === 'error');
  for (const error of errors) context.err.write(findingText(error, context.err));
  return asked.length === 0 && errors.length > 0 ? null : { rules, asked: new Set(asked) };
}

/** Rules read to be checked. */
export interface CheckedRules extends LoadedRules {
  /** The files asked for. */
  readonly files: readonly string[];
}

/**
 * Reads rules to check or to run them. A file may name rules of the files beside it, so these are read too, but nothing is
 * reported of them. `rules` holds all of them; `findings` those of the files asked for.
 */
export function checkedRules(context: Context, paths: readonly string[], market: Market): CheckedRules {
  const asked = ruleFiles(context, paths);
  const names = new Set(asked.map(({ file }) => resolve(context.folder, file)));
  const beside = asked.some(({ text }) => /\b(firing|evidence)\b/.test(text))
    ? ruleFiles(context, foldersOfFiles(context, paths)).filter(
        ({ file }) => !names.has(resolve(context.folder, file)),
      )
    : [];
  const loaded = loadRuleFiles([...asked, ...beside], market);
  const named = new Set(asked.map(({ file }) => file));
  return { ...loaded, findings: loaded.findings.filter(({ file }) => named.has(file)), files: [...named] };
}

function foldersOfFiles(context: Context, paths: readonly string[]): string[] {
  const files = paths.filter((path) => statSync(existing(context, path)).isFile());
  return [...new Set(files.map((path) => dirname(path)))];
}
