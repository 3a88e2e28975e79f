import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Mutant, MUTANTS } from '../test/mutants/mutants.ts';

/** Folders a copy needs beside the packages, which it shares. */
const PARTS = [
  'adapters',
  'cli',
  'lambdas',
  'local',
  'rules',
  'shared',
  'test',
  'package.json',
  'vitest.config.ts',
];
const LEAST = 20;

interface TestResult {
  readonly fullName: string;
  readonly status: string;
}

interface Outcome {
  readonly ran: number;
  readonly failed: readonly string[];
}

const root = fileURLToPath(new URL('..', import.meta.url));
process.exitCode = main(process.argv[2]);

/** Plants each fault by itself in a copy of the tree; returns 1 where one goes unnoticed or no longer fits. */
function main(only: string | undefined): number {
  const mutants = MUTANTS.filter(({ name }) => only === undefined || name.includes(only));
  const copy = copyTree();
  try {
    const sound = runTests(copy, [...new Set(mutants.flatMap(({ tests }) => tests))]);
    if (sound.failed.length > 0 || sound.ran === 0) {
      process.stdout.write(`the tests fail without any fault:\n${sound.failed.join('\n')}\n`);
      return 1;
    }
    const verdicts = mutants.map((mutant) => tell(mutant, plant(copy, mutant)));
    const caught = verdicts.filter(Boolean).length;
    process.stdout.write(`${caught} of ${mutants.length} planted faults make the suite fail\n`);
    return caught === mutants.length && (only !== undefined || mutants.length >= LEAST) ? 0 : 1;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function copyTree(): string {
  const copy = mkdtempSync(join(tmpdir(), 'tidemark-mutants-'));
  for (const part of PARTS) cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir');
  return copy;
}

/** What became of the tests under a fault; null where the fault does not fit the file any more. */
function plant(copy: string, { file, find, replace, tests }: Mutant): Outcome | null {
  const path = join(copy, file);
  const sound = readFileSync(path, 'utf8');
  if (sound.split(find).length !== 2) return null;
  writeFileSync(
    path,
    sound.replace(find, () => replace),
  );
  const outcome = runTests(copy, tests);
  writeFileSync(path, sound);
  return outcome;
}

function tell({ name, file, caughtBy }: Mutant, outcome: Outcome | null): boolean {
  const by = outcome?.failed.find((test) => test.includes(caughtBy));
  const text =
    outcome === null
      ? `DOES NOT FIT   ${name}: ${file} has changed, change the fault too`
      : by === undefined
        ? `NOT NOTICED    ${name}: ${outcome.failed.length} of ${outcome.ran} tests failed, none named "${caughtBy}"`
        : `noticed        ${name}: ${outcome.failed.length} of ${outcome.ran} tests failed, one of them "${by}"`;
  process.stdout.write(`${text}\n`);
  return by !== undefined;
}

function runTests(copy: string, tests: readonly string[]): Outcome {
  const vitest = join(copy, 'node_modules/vitest/vitest.mjs');
  const output = join(copy, 'results.json');
  rmSync(output, { force: true });
  const options = ['run', '--reporter=json', `--outputFile=${output}`];
  spawnSync(process.execPath, [vitest, ...options, ...tests], { cwd: copy });
  // Without results nothing ran, which is not the same as a failing test.
  if (!existsSync(output)) return { ran: 0, failed: [] };
  const report = JSON.parse(readFileSync(output, 'utf8')) as {
    readonly testResults: readonly { readonly assertionResults: readonly TestResult[] }[];
  };
  const results = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  return {
    ran: results.length,
    failed: results.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
  };
}
