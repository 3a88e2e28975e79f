import { commandReference } from '../cli/reference.ts';
import { openApiDocument } from '../lambdas/api/openapi.ts';
import { languageReference } from './generate-language.ts';
import { firstAlertPicture } from './generate-picture.ts';
import { ruleSchema, ruleTestSchema } from './generate-schema.ts';

/** Files that are made from the code, by path from the root of the repository; a test compares each with its content. */
export const GENERATED: readonly { readonly file: string; readonly content: () => string }[] = [
  { file: 'docs/cli.md', content: commandReference },
  { file: 'docs/language.md', content: languageReference },
  { file: 'docs/openapi.json', content: () => `${JSON.stringify(openApiDocument(), null, 2)}\n` },
  { file: 'docs/first-alert.svg', content: firstAlertPicture },
  { file: 'rules/rule.schema.json', content: ruleSchema },
  { file: 'rules/test.schema.json', content: ruleTestSchema },
];
