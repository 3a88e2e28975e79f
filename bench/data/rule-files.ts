import { readdirSync, readFileSync } from 'node:fs';
import type { RuleFile } from '../../shared/rules/load.ts';

const FOLDER = 'rules';

/** The rules that ship. */
export function ruleFiles(): readonly RuleFile[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yaml') && !name.endsWith('.test.yaml') && name !== 'market.yaml')
    .map((name) => ({ file: name, text: readFileSync(`${FOLDER}/${name}`, 'utf8') }));
}
