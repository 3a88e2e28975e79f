import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { GENERATED } from '../scripts/generated.ts';

describe('generated files', () => {
  it.each(GENERATED)('$file is what `npm run generate` writes', ({ file, content }) => {
    const found = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
    expect(found === content(), `${file} is out of date: run npm run generate`).toBe(true);
  });

  it('leave no place of their prose unfilled', () => {
    for (const { content } of GENERATED) expect(content()).not.toMatch(/\{\{\w+\}\}/);
  });
});
