import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { MUTANTS } from './mutants.ts';

const path = (file: string): string => fileURLToPath(new URL(`../../${file}`, import.meta.url));

describe('the faults that `npm run mutants` plants', () => {
  it('are twenty or more, no two of one name', () => {
    expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
    expect(MUTANTS.length).toBeGreaterThanOrEqual(20);
  });

  it('each fit the code as it is, once, and name tests that are there', () => {
    for (const { name, file, find, replace, tests } of MUTANTS) {
      expect([name, readFileSync(path(file), 'utf8').split(find).length - 1]).toEqual([name, 1]);
      expect([name, find === replace]).toEqual([name, false]);
      expect([name, tests.filter((test) => !existsSync(path(test)))]).toEqual([name, []]);
    }
  });
});
