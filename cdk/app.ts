import { fileURLToPath } from 'node:url';
import { App } from 'aws-cdk-lib';
import { readConfig } from './config.ts';
import { checkPractice } from './nag.ts';
import { checkedRules, readRulesFolder } from './rules.ts';
import { tidemarkStack } from './stack.ts';

/** Says what is wrong, line by line, and ends without a template. */
function refuse(what: string, errors: readonly string[]): never {
  process.stderr.write(`${what}\n${errors.map((error) => `  ${error}\n`).join('')}`);
  process.exit(1);
}

const app = new App();
const config = readConfig(app.node.getAllContext());
if (!config.ok) refuse('Settings of the deployment:', config.errors);
const rules = checkedRules(readRulesFolder(fileURLToPath(new URL('../rules', import.meta.url))));
if (!rules.ok) refuse('The rules have errors, so nothing is deployed:', rules.errors);
checkPractice(app, tidemarkStack(app, config.value));
