import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { standInsOf } from '../../cdk/stand-ins.ts';
import { LARGEST_BUNDLE } from '../../scripts/rehearsal/bundles.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const HANDLERS = readdirSync(`${ROOT}lambdas/entry`).map((file) => file.replace(/\.ts$/, ''));

interface Code {
  readonly bytes: number;
  /** The modules of which something is in the code. */
  readonly modules: readonly string[];
}

/** The code of a handler, with the options that CDK hands to the same bundler. */
async function codeOf(handler: string): Promise<Code> {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [`lambdas/entry/${handler}.ts`],
    outfile: `${handler}.mjs`,
    write: false,
    bundle: true,
    minify: true,
    metafile: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    mainFields: ['module', 'main'],
    alias: Object.fromEntries(standInsOf(handler).map(([name, file]) => [name, `${ROOT}${file}`])),
  });
  const [output] = Object.values(metafile.outputs);
  const inputs = Object.entries(output?.inputs ?? {}).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  return { bytes: output?.bytes ?? Number.NaN, modules: inputs.map(([file]) => file) };
}

/** What no function has a use for. */
const NOWHERE = [
  'shared/rules/test-',
  'node_modules/@aws-sdk/credential-provider-',
  'node_modules/@aws-sdk/nested-clients/',
  'node_modules/mnemonist/',
];

/** What some function uses, and these do not. */
const NOT_IN: Readonly<Record<string, readonly string[]>> = {
  ingest: ['shared/expression/reference/'],
  evaluate: ['shared/expression/reference/'],
  deliver: ['node_modules/yaml/', 'node_modules/zod/', 'shared/expression/', 'shared/rules/'],
  watchdog: ['node_modules/yaml/', 'node_modules/zod/', 'shared/expression/', 'shared/rules/'],
  api: [
    'node_modules/@aws-sdk/',
    'node_modules/@smithy/',
    'node_modules/libphonenumber-js/',
    'adapters/sns/',
  ],
  people: ['node_modules/yaml/', 'shared/expression/kernels/', 'shared/workbench/', 'lambdas/api/rules/'],
  reconcile: ['node_modules/yaml/', 'shared/expression/', 'shared/rules/schema.ts'],
};

describe('the code of a function', () => {
  const codes = new Map<string, Code>();

  beforeAll(async () => {
    for (const handler of HANDLERS) codes.set(handler, await codeOf(handler));
  }, 60_000);

  it.each(HANDLERS)('of %s is no larger than it may be', (handler) => {
    expect(codes.get(handler)?.bytes).toBeGreaterThan(100_000);
    expect(codes.get(handler)?.bytes).toBeLessThanOrEqual(LARGEST_BUNDLE);
  });

  it.each(HANDLERS)('of %s holds nothing that it has no use for', (handler) => {
    const unwanted = [...NOWHERE, ...(NOT_IN[handler] ?? [])];
    const found = codes.get(handler)?.modules.filter((file) => unwanted.some((one) => file.startsWith(one)));
    expect(found).toEqual([]);
  });
});
