import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commandReference } from '../../cli/reference.ts';
import { packageFolder } from './context.ts';

it('docs/cli.md says what the verbs define', () => {
  expect(readFileSync(join(packageFolder, 'docs/cli.md'), 'utf8')).toBe(commandReference());
});
