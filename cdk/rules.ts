import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BundledFile, BundledRules } from '../lambdas/bundled-rules.ts';
import { failure, type Result, success } from '../shared/result.ts';
import { loadRuleFiles } from '../shared/rules/load.ts';
import { packMarket } from '../shared/series/packed-market.ts';
import { parseMarket } from '../shared/series/parse-market.ts';

const MARKET = 'market.yaml';

/** What lies in the folder of rules. */
export interface RulesFolder {
  readonly market: BundledFile;
  readonly rules: readonly BundledFile[];
}

/** Reads the folder of rules as it is deployed: `market.yaml` and every rules file, without the rule tests. */
export function readRulesFolder(folder: string): RulesFolder {
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml') && !name.endsWith('.test.yaml'));
  const read = (name: string): BundledFile => ({
    file: `rules/${name}`,
    text: readFileSync(join(folder, name), 'utf8'),
  });
  return {
    market: read(MARKET),
    rules: names
      .filter((name) => name !== MARKET)
      .toSorted()
      .map(read),
  };
}

/** The rules as they are bundled, or every error in them: a broken file must stop the deployment. */
export function checkedRules(folder: RulesFolder): Result<BundledRules, string> {
  const market = parseMarket(folder.market.text, folder.market.file);
  if (!market.ok) return failure(...market.errors.map(asText));
  const errors = loadRuleFiles(folder.rules, market.value).findings.filter(
    ({ severity }) => severity === 'error',
  );
  return errors.length > 0
    ? failure(...errors.map(asText))
    : success({ market: packMarket(market.value), rules: folder.rules });
}

interface Placed {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly code: string;
}

function asText({ file, line, column, message, code }: Placed): string {
  return `${file}:${line}:${column}: ${message} [${code}]`;
}
