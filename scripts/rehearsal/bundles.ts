import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { VARIABLES } from '../../lambdas/environment.ts';

/** How large the code of any function may be, in bytes. */
export const LARGEST_BUNDLE = 600_000;

/** The code of one function as it is deployed. */
export interface Bundle {
  readonly name: string;
  readonly file: string;
  readonly bytes: number;
  /** The names of the variables it is given. */
  readonly variables: readonly string[];
}

/** A variable that every function of ours is given, and no other. */
const OWN = VARIABLES.service;

interface Resource {
  readonly Type: string;
  readonly Metadata?: Readonly<Record<string, string>>;
  readonly Properties: { readonly Environment?: { readonly Variables: Readonly<Record<string, unknown>> } };
}

/** The bundles of a synthesized application. */
export function bundlesOf(assembly: string): readonly Bundle[] {
  const template = readdirSync(assembly).find((file) => file.endsWith('.template.json')) ?? '';
  const { Resources } = JSON.parse(readFileSync(join(assembly, template), 'utf8')) as {
    Resources: Record<string, Resource>;
  };
  return (
    Object.entries(Resources)
      // Without those that CDK brings along to copy files.
      .filter(
        ([, { Type, Properties }]) =>
          Type === 'AWS::Lambda::Function' && OWN in (Properties.Environment?.Variables ?? {}),
      )
      .map(([id, { Metadata, Properties }]) => {
        const name = id.replace(/Function[0-9A-F]{8}$/, '').toLowerCase();
        const file = join(assembly, Metadata?.['aws:asset:path'] ?? '', 'index.mjs');
        const variables = Object.keys(Properties.Environment?.Variables ?? {});
        return { name, file, bytes: statSync(file).size, variables };
      })
  );
}
