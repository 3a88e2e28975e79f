import * as z from 'zod/mini';
import { RULES_FILE_SHAPE } from '../shared/rules/schema.ts';
import { RULE_TESTS_SHAPE } from '../shared/rules/test-schema.ts';

/** The JSON Schema of a rules file, for editors. */
export function ruleSchema(): string {
  return schemaText(RULES_FILE_SHAPE, 'Tidemark rules');
}

/** The JSON Schema of a file of rule tests, for editors. */
export function ruleTestSchema(): string {
  return schemaText(RULE_TESTS_SHAPE, 'Tidemark rule tests');
}

function schemaText(shape: z.ZodMiniType, title: string): string {
  const { $schema, ...rest } = z.toJSONSchema(shape, { io: 'input', target: 'draft-7' });
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`;
}
