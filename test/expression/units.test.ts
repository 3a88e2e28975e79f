import { describe, expect, it } from 'vitest';
import type { Unit } from '../../shared/expression/types.ts';
import { common, product, quotient } from '../../shared/expression/units.ts';

const UNITS: readonly Unit[] = ['price', 'ratio', 'multiple', 'sessions', 'number'];

/** One row a left unit, one column a right unit, both in the order above; `-` is an error. */
function tableOf(rule: (a: Unit, b: Unit) => Unit | null): string[] {
  return UNITS.map((a) => UNITS.map((b) => rule(a, b) ?? '-').join(' '));
}

describe('units', () => {
  it('add and compare where they are equal or one is a plain number', () => {
    expect(tableOf(common)).toEqual([
      'price - - - price',
      '- ratio - - ratio',
      '- - multiple - multiple',
      '- - - sessions sessions',
      'price ratio multiple sessions number',
    ]);
  });

  it('multiply by ratios and plain numbers', () => {
    expect(tableOf(product)).toEqual([
      '- price - - price',
      'price ratio multiple sessions ratio',
      '- multiple - - multiple',
      '- sessions - - sessions',
      'price ratio multiple sessions number',
    ]);
  });

  it('divide into ratios by their own kind and stay themselves by ratios and plain numbers', () => {
    expect(tableOf(quotient)).toEqual([
      'ratio price - - price',
      '- ratio - - ratio',
      '- multiple ratio - multiple',
      '- sessions - ratio sessions',
      'ratio number ratio ratio number',
    ]);
  });
});
