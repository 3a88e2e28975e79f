import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const oxlint = join(root, 'node_modules/oxlint/bin/oxlint');

/** A file that breaks one rule: where it is planted, what it says, and the rule that must report it. */
interface Violation {
  readonly file: string;
  readonly source: string;
  readonly rule: string;
}

const IMPORTS = 'eslint(no-restricted-imports)';
const PROPERTIES = 'eslint(no-restricted-properties)';
const GLOBALS = 'eslint(no-restricted-globals)';

/** An import of a file that exists, so that only the import rule can object. */
function importing(file: string, specifier: string): Violation {
  return {
    file,
    source: `import { thing } from '${specifier}';\n\nexport const copy = thing;\n`,
    rule: IMPORTS,
  };
}

function saying(file: string, expression: string, rule: string): Violation {
  return { file, source: `export const value = ${expression};\n`, rule };
}

const VIOLATIONS: readonly Violation[] = [
  importing('shared/series/adapter.ts', '../../adapters/thing.ts'),
  importing('shared/command.ts', '../cli/thing.ts'),
  importing('shared/alerts/deep/runtime.ts', '../../../local/thing.ts'),
  importing('shared/rules/file-system.ts', 'node:fs'),
  importing('shared/rules/bare-builtin.ts', 'fs'),
  importing('shared/rules/package.ts', 'papaparse'),
  importing('shared/rules/package-path.ts', 'commander/lib/thing.js'),
  importing('adapters/command.ts', '../cli/thing.ts'),
  importing('adapters/csv/runtime.ts', '../../local/thing.ts'),
  importing('adapters/package.ts', 'commander'),
  importing('adapters/chance.ts', 'node:perf_hooks'),
  importing('local/command.ts', '../cli/thing.ts'),
  importing('local/tests.ts', '../test/thing.ts'),
  importing('cli/verbs/handler.ts', '../../lambdas/thing.ts'),
  importing('cli/bench.ts', '../bench/thing.ts'),
  importing('lambdas/runtime.ts', '../local/thing.ts'),
  importing('cdk/adapter.ts', '../adapters/thing.ts'),
  importing('console/series.ts', '../shared/series/thing.ts'),
  importing('console/exports.ts', '../shared/thing.ts'),
  importing('console/alerts.ts', '../shared/alerts/thing.ts'),
  importing('console/adapter.ts', '../adapters/thing.ts'),
  { file: 'shared/re-export.ts', source: "export { thing } from '../adapters/thing.ts';\n", rule: IMPORTS },
  {
    file: 'shared/type-only.ts',
    source: "export type { Thing } from '../adapters/thing.ts';\n",
    rule: IMPORTS,
  },
  {
    file: 'shared/later.ts',
    source: "export const later = import('../adapters/thing.ts');\n",
    rule: IMPORTS,
  },
  {
    file: 'adapters/random.ts',
    source: "import { randomUUID } from 'node:crypto';\n\nexport const id = randomUUID();\n",
    rule: IMPORTS,
  },
  saying('shared/clock.ts', 'Date.now()', PROPERTIES),
  saying('adapters/clock.ts', 'Date.now()', PROPERTIES),
  saying('cli/verbs/clock.ts', 'performance.now()', PROPERTIES),
  saying('local/chance.ts', 'Math.random()', PROPERTIES),
  saying('adapters/identity.ts', 'crypto.randomUUID()', PROPERTIES),
  saying('shared/date.ts', 'new Date()', 'tidemark(no-clock)'),
  saying('cli/verbs/date-text.ts', 'Date()', 'tidemark(no-clock)'),
  saying('shared/environment.ts', "process.env['HOME']", GLOBALS),
  saying('shared/timer.ts', 'performance', GLOBALS),
  saying('shared/network.ts', "fetch('')", GLOBALS),
  { file: 'shared/print.ts', source: "console.log('');\n", rule: GLOBALS },
  saying('shared/any.ts', 'null as any', 'typescript(no-explicit-any)'),
  { file: 'shared/default.ts', source: 'export default 1;\n', rule: 'import(no-default-export)' },
  {
    file: 'shared/silenced.ts',
    source: "// @ts-ignore\nexport const value: number = '';\n",
    rule: 'typescript(ban-ts-comment)',
  },
  {
    file: 'cli/floating.ts',
    source: 'export function start(work: () => Promise<void>): void {\n  work();\n}\n',
    rule: 'typescript(no-floating-promises)',
  },
  {
    file: 'shared/switch.ts',
    source:
      "export function side(kind: 'for' | 'against'): number {\n  switch (kind) {\n    case 'for':\n      return 1;\n  }\n  return 0;\n}\n",
    rule: 'typescript(switch-exhaustiveness-check)',
  },
  {
    file: 'shared/cycle/one.ts',
    source: "import { two } from './two.ts';\n\nexport const one = (): number => two();\n",
    rule: 'import(no-cycle)',
  },
  {
    file: 'shared/cycle/two.ts',
    source: "import { one } from './one.ts';\n\nexport const two = (): number => one();\n",
    rule: 'import(no-cycle)',
  },
  { file: 'shared/long.ts', source: 'export {};\n'.repeat(301), rule: 'eslint(max-lines)' },
  {
    file: 'shared/long-function.ts',
    source: `export function long(): number {\n  let sum = 0;\n${'  sum += 1;\n'.repeat(48)}  return sum;\n}\n`,
    rule: 'eslint(max-lines-per-function)',
  },
];

/** Files that may do what the ones above may not. */
const ALLOWED: readonly (readonly [file: string, source: string])[] = [
  ['cli/main.ts', 'export const now = [Date.now(), new Date(), performance.now(), Math.random()];\n'],
  ['shared/instant.ts', 'export const instant = [new Date(0), Date.UTC(2026, 0, 2)];\n'],
  ['shared/schema.ts', "import * as z from 'zod/mini';\n\nexport const schema = z.string();\n"],
  ['shared/cousin.ts', "import { thing } from './series/thing.ts';\n\nexport const copy = thing;\n"],
  ['shared/series/parent.ts', "import { thing } from '../thing.ts';\n\nexport const copy = thing;\n"],
  ['adapters/upward.ts', "import { thing } from '../shared/thing.ts';\n\nexport const copy = thing;\n"],
  ['adapters/parse.ts', "import Papa from 'papaparse';\n\nexport const parse = Papa.parse;\n"],
  ['adapters/files.ts', "import { readFileSync } from 'node:fs';\n\nexport const read = readFileSync;\n"],
  [
    'console/expression.ts',
    "import { thing } from '../shared/expression/thing.ts';\n\nexport const copy = thing;\n",
  ],
  [
    'console/contract.ts',
    "import type { Thing } from '../shared/api/thing.ts';\n\nexport type Copy = Thing;\n",
  ],
  ['local/handlers.ts', "import { thing } from '../lambdas/thing.ts';\n\nexport const copy = thing;\n"],
];

/** Every folder the import rule speaks of, those to come included. */
const FOLDERS = ['adapters', 'bench', 'cdk', 'cli', 'console', 'lambdas', 'local', 'shared', 'test'];

describe('the import rule and its neighbours', () => {
  let folder = '';
  let reported = new Set<string>();

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tidemark-architecture-'));
    plantProject(folder);
    for (const { file, source } of VIOLATIONS) plant(folder, file, source);
    for (const [file, source] of ALLOWED) plant(folder, file, source);
    reported = lint(folder);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(VIOLATIONS)('report $rule in $file', ({ file, rule }) => {
    expect([...reported]).toContain(`${file} ${rule}`);
  });

  it('report nothing in files that keep them', () => {
    const planted = new Set(VIOLATIONS.map(({ file }) => file));
    expect([...reported].filter((line) => !planted.has(line.split(' ')[0] ?? ''))).toEqual([]);
  });
});

describe('the sources', () => {
  it('keep every rule', () => {
    expect([...lint(root)]).toEqual([]);
  });
});

function plantProject(folder: string): void {
  for (const file of ['.oxlintrc.json', 'tsconfig.json', 'package.json']) {
    copyFileSync(join(root, file), join(folder, file));
  }
  cpSync(join(root, 'lint'), join(folder, 'lint'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const thing =
    'export interface Thing {\n  readonly size: number;\n}\n\nexport const thing: Thing = { size: 1 };\n';
  for (const place of [...FOLDERS, 'shared/series', 'shared/expression', 'shared/api', 'shared/alerts'])
    plant(folder, `${place}/thing.ts`, thing);
}

function plant(folder: string, file: string, source: string): void {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, source);
}

/** Lints a folder with its own configuration: `file rule` for every finding. */
function lint(folder: string): Set<string> {
  const { stdout } = spawnSync(process.execPath, [oxlint, '--type-aware', '--format=json'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] };
  return new Set(diagnostics.map(({ code, filename }) => `${filename} ${code}`));
}
