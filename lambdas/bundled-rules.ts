import { readFileSync } from 'node:fs';

/** A file as its findings name it, with what it holds. */
export interface BundledFile {
  readonly file: string;
  readonly text: string;
}

/** The rules and declarations a deployment was made with. */
export interface BundledRules {
  readonly market: BundledFile;
  readonly rules: readonly BundledFile[];
  /** The closures that the market declares: all that the calendar needs of it. */
  readonly closures: readonly string[];
}

/** The name of the file that lies beside each function's code. */
export const BUNDLE_FILE = 'rules.json';

/** Reads what the deployment put beside the code at `base` (a module's own address). */
export function readBundledRules(base: string): BundledRules {
  return JSON.parse(readFileSync(new URL(BUNDLE_FILE, base), 'utf8')) as BundledRules;
}
