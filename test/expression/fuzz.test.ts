import fc from 'fast-check';
import { describe as group, expect, it } from 'vitest';
import { analyze } from '../../shared/expression/analyze.ts';
import { CODES } from '../../shared/expression/codes.ts';
import { parse } from '../../shared/expression/parse.ts';
import { describe } from '../../shared/expression/position.ts';
import { soundSources, tokenSoups } from './arbitrary.ts';
import { SAMPLE_SCOPE } from './sample-scope.ts';

const KNOWN = new Set(Object.keys(CODES));

/** What holds of every source: a type or errors, real places, known codes, corrections that check. */
function examineLaws(source: string): void {
  const { errors, warnings, type, expression, canonical } = analyze(source, SAMPLE_SCOPE);
  expect(errors.length === 0).toBe(type !== null);
  expect((expression === null) === (type === null) && (canonical === null) === (type === null)).toBe(true);
  const lines = source.split('\n').length;
  for (const diagnostic of [...errors, ...warnings]) {
    expect(KNOWN.has(diagnostic.code)).toBe(true);
    expect(diagnostic.line).toBeGreaterThanOrEqual(1);
    expect(diagnostic.line).toBeLessThanOrEqual(lines);
    expect(diagnostic.column).toBeGreaterThanOrEqual(1);
    expect(diagnostic.from).toBeLessThanOrEqual(diagnostic.to);
    expect(diagnostic.to).toBeLessThanOrEqual(source.length);
    expect(describe(diagnostic, source).split('\n').length).toBe(3);
    if (diagnostic.fix !== null) expect(analyze(diagnostic.fix, SAMPLE_SCOPE).errors).toEqual([]);
  }
  const parsed = parse(source);
  expect(parsed.expression === null).toBe(parsed.diagnostics.length > 0);
  for (const { fix } of parsed.diagnostics) if (fix !== null) expect(parse(fix).diagnostics).toEqual([]);
}

group('any source', () => {
  it('of random characters has a type or errors', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), examineLaws), { numRuns: 500 });
  });

  it('of random pieces of the language has a type or errors', () => {
    fc.assert(fc.property(tokenSoups, examineLaws), { numRuns: 2000 });
  });

  it('that is sound has a type, and its canonical text the same one', () => {
    fc.assert(
      fc.property(soundSources, (source) => {
        const { errors, canonical, type } = analyze(source, SAMPLE_SCOPE);
        expect(errors.filter(({ code }) => !code.startsWith('too-'))).toEqual([]);
        if (canonical !== null) expect(analyze(canonical, SAMPLE_SCOPE).type).toEqual(type);
      }),
      { numRuns: 300 },
    );
  });

  it('that is sound but for one character taken away still obeys the laws', () => {
    const damaged = fc
      .tuple(soundSources, fc.nat())
      .map(([source, at]) => source.slice(0, at % source.length) + source.slice((at % source.length) + 1));
    fc.assert(fc.property(damaged, examineLaws), { numRuns: 300 });
  });
});
