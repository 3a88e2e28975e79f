import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberFields, stepped, withNumber } from '../../console/editor/numbers.ts';
import { soundSources } from '../expression/arbitrary.ts';

const RULE = 'streak(ret(IWM)  >  ret(SPY)) >= 7 and zscore(IWM, 50)>-1.50 or (discount(A.pe, B.pe) >= 30%)';
const DIGITS = fc.oneof(
  fc.nat({ max: 99_999 }).map(String),
  fc.tuple(fc.nat({ max: 9999 }), fc.nat({ max: 999 })).map(([a, b]) => `${a}.${String(b).padStart(3, '0')}`),
  fc.nat({ max: 999 }).map((n) => `.${n}`),
  fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: -9, max: 9 })).map(([a, e]) => `${a}e${e}`),
);
const SIGNED = fc.tuple(fc.constantFrom('', '-'), DIGITS).map(([sign, digits]) => sign + digits);
const SOURCES = fc.oneof(soundSources, fc.constant(RULE), fc.string({ maxLength: 60 }));

describe('the numbers of an expression as fields', () => {
  it('are found with their unit, their step and what they are for', () => {
    const shown = numberFields(RULE).map(({ text, unit, step, label }) => [text, unit, step, label]);
    expect(shown).toEqual([
      ['7', 'sessions', '1', 'streak(ret(IWM) > ret(SPY)) at least'],
      ['50', 'sessions', '1', 'zscore of IWM: over'],
      ['-1.50', '', '0.01', 'zscore(IWM, 50) above'],
      ['30', '%', '1', 'discount(A.pe, B.pe) at least'],
    ]);
  });

  it('say what they are for when they stand on the left', () => {
    expect(numberFields('7 <= streak(A > B)')[0]?.label).toBe('streak(A > B) at least');
    expect(numberFields('2 * IWM')[0]?.label).toBe('IWM times');
  });

  it('leave dates alone, and the minus of a subtraction', () => {
    expect(numberFields('since(IWM, 2025-12-31) > 0').map(({ text }) => text)).toEqual(['0']);
    expect(numberFields('IWM -5').map(({ text }) => text)).toEqual(['5']);
  });

  it('are read in a source that has errors', () => {
    expect(numberFields('strek(IWM > ) >= 7 %').map(({ text, suffix }) => text + suffix)).toEqual(['7%']);
  });

  it('give the identical source when each is set to its own text', () => {
    fc.assert(
      fc.property(SOURCES, (source) => {
        for (const field of numberFields(source)) {
          expect(withNumber(source, field, field.text)).toBe(source);
        }
      }),
    );
  });

  it('keep any text that is accepted without loss, and everything else as it was', () => {
    let accepted = 0;
    fc.assert(
      fc.property(SOURCES, SIGNED, fc.nat(), (source, text, pick) => {
        const fields = numberFields(source);
        const field = fields[pick % Math.max(1, fields.length)];
        const changed = field === undefined ? null : withNumber(source, field, text);
        if (field === undefined || changed === null) return;
        accepted += 1;
        const again = numberFields(changed).find(({ from }) => from === field.from);
        expect(again?.text).toBe(text);
        expect(changed.slice(0, field.from)).toBe(source.slice(0, field.from));
        expect(changed.slice(field.from + text.length)).toBe(source.slice(field.to));
        if (again !== undefined) expect(withNumber(changed, again, field.text)).toBe(source);
      }),
      { numRuns: 400 },
    );
    expect(accepted).toBeGreaterThan(50);
  });

  it('refuse what is no number, a unit of its own, and a window outside its bounds', () => {
    const [seven, window] = numberFields(RULE);
    if (seven === undefined || window === undefined) throw new Error('two fields');
    for (const text of ['', 'x', '7%', '1e999', '7 ', '--7', '+7', '7.', '1_000', '1,5']) {
      expect(withNumber(RULE, seven, text)).toBeNull();
    }
    for (const text of ['0', '5001', '2.5', '-3', '1e3']) expect(withNumber(RULE, window, text)).toBeNull();
    expect(withNumber(RULE, window, '5000')).toContain('zscore(IWM, 5000)');
  });

  it('step in exact decimals', () => {
    expect(stepped('0.1', '0.1', 1)).toBe('0.2');
    expect(stepped('.25', '0.01', 1)).toBe('0.26');
    expect(stepped('-0.05', '0.10', 1)).toBe('0.05');
    expect(stepped('0', '1', -1)).toBe('-1');
    expect(stepped('9007199254740993', '1', 1)).toBe('9007199254740994');
    expect(stepped('1e3', '1', 1)).toBeNull();
  });
});
