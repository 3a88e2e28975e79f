import { readFileSync } from 'node:fs';
import type { PackedMarket } from '../shared/series/packed-market.ts';

/** A file as its findings name it, with what it holds. */
export interface BundledFile {
  readonly file: string;
  readonly text: string;
}

/** The rules and declarations a deployment was made with, which it checked. */
export interface BundledRules {
  readonly market: PackedMarket;
  readonly rules: readonly BundledFile[];
}

/** The name of the file that lies beside each function's code. */
export const BUNDLE_FILE = 'rules.json';

/** Reads what the deployment put beside the code at `base` (a module's own address). */
export function readBundledRules(base: string): BundledRules {
  return JSON.parse(readFileSync(new URL(BUNDLE_FILE, base), 'utf8')) as BundledRules;
}
