import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUNDLE_FILE } from '../lambdas/bundled-rules.ts';
import { checkedRules, readRulesFolder } from './rules.ts';

/** Writes the rules folder named first as one file into the folder named second, beside a function's code. */
const [from = '', to = ''] = process.argv.slice(2);
const checked = checkedRules(readRulesFolder(from));
if (!checked.ok) throw new Error(checked.errors.join('\n'));
writeFileSync(join(to, BUNDLE_FILE), JSON.stringify(checked.value));
