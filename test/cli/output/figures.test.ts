import { describe, expect, it } from 'vitest';
import { counted, figure, inUnit, percent } from '../../../cli/output/figures.ts';
import { isoInstant, jsonLine, round12 } from '../../../cli/output/json.ts';
import { table } from '../../../cli/output/table.ts';

describe('figures in text', () => {
  it('carry a sign as percentages, zero none', () => {
    expect(percent(0.0623)).toBe('+6.23%');
    expect(percent(-0.00087)).toBe('-0.09%');
    expect(percent(-0.0000001)).toBe('0.00%');
    expect(percent(null)).toBe('–');
    expect(percent(Number.NaN)).toBe('–');
  });

  it('follow their unit', () => {
    expect(inUnit(7, { kind: 'number', unit: 'sessions' })).toBe('7');
    expect(inUnit(245.3, { kind: 'number', unit: 'price' })).toBe('245.30');
    expect(inUnit(0.31, { kind: 'number', unit: 'ratio' })).toBe('+31.00%');
    expect(inUnit(true, { kind: 'condition' })).toBe('true');
    expect(inUnit(null, { kind: 'condition' })).toBe('–');
  });

  it('keep six significant digits', () => {
    expect(figure(1 / 3)).toBe('0.333333');
    expect(figure(1234567.8)).toBe('1234570');
  });

  it('count with the right word', () => {
    expect(counted(1, 'session')).toBe('1 session');
    expect(counted(1234567, 'session')).toBe('1,234,567 sessions');
  });
});

describe('JSON lines', () => {
  it('round to 12 significant digits, null where a number is not finite', () => {
    expect(jsonLine({ a: 0.1 + 0.2, b: Number.NaN, c: [Number.POSITIVE_INFINITY], d: -0 })).toBe(
      '{"a":0.3,"b":null,"c":[null],"d":0}\n',
    );
    expect(round12(123456789.0123456)).toBe(123456789.012);
  });

  it('write instants without milliseconds', () => {
    expect(isoInstant(Date.UTC(2026, 0, 2, 21))).toBe('2026-01-02T21:00:00Z');
  });
});

describe('tables', () => {
  it('align by column and leave no blank at the end', () => {
    const columns = [
      { title: 'name', align: 'left' },
      { title: 'n', align: 'right' },
      { title: 'note', align: 'left' },
    ] as const;
    expect(
      table(columns, [
        ['a', '10', ''],
        ['longer', '5', 'x'],
      ]),
    ).toEqual(['name     n  note', 'a       10', 'longer   5  x']);
  });
});
