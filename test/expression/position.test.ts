import { describe as group, expect, it } from 'vitest';
import { analyze } from '../../shared/expression/analyze.ts';
import { describe, position } from '../../shared/expression/position.ts';
import { SAMPLE_SCOPE } from './sample-scope.ts';

function told(source: string): string {
  const [first] = analyze(source, SAMPLE_SCOPE).errors;
  if (first === undefined) throw new Error(`no error in ${source}`);
  return describe(first, source);
}

group('position', () => {
  it.each([
    ['abc', 0, 1, 1],
    ['abc', 3, 1, 4],
    ['a\nb', 2, 2, 1],
    ['a\r\nb', 3, 2, 1],
    ['a\r\n\r\nb', 5, 3, 1],
    ['😀b', 2, 1, 2],
    ['\ud800b', 1, 1, 2],
    ['é́b', 2, 1, 3],
  ])('of %j at %i is %i:%i', (source, offset, line, column) => {
    expect(position(source, offset)).toEqual({ line, column });
  });
});

group('describe', () => {
  it('puts carets under the place', () => {
    expect(told('discount(SP600.forward_pe, SP500.forward_pe) > 30')).toBe(
      [
        '1:48: expected a ratio, where 1 is 100%, found 30; did you mean 30%?',
        'discount(SP600.forward_pe, SP500.forward_pe) > 30',
        `${' '.repeat(47)}^^`,
      ].join('\n'),
    );
  });

  it('shows the line of the place alone, with its tabs', () => {
    expect(told('IWM > SPY and\r\n\tret(IWMM) > 0\r\n  or 1 < 2').split('\n').slice(1)).toEqual([
      '\tret(IWMM) > 0',
      '\t    ^^^^',
    ]);
  });

  it('points past the end where something is missing there', () => {
    expect(told('IWM >').split('\n').slice(1)).toEqual(['IWM >', '     ^']);
    expect(told('').split('\n').slice(1)).toEqual(['', '^']);
  });

  it('shows no control character', () => {
    expect(told('IWM \u001b[31m SPY')).not.toContain('\u001b');
    expect(told('"\u0007" > SPY')).not.toContain('\u0007');
  });
});
