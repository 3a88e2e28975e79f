import { describe, expect, it } from 'vitest';
import { highestOf, stretchSize } from '../../console/chart/crowded.ts';

const lineOf = (values: readonly (number | null)[]) => ({
  sessions: values.map((_, at) => `2026-01-${String(at + 1).padStart(2, '0')}`),
  values,
});

describe('a run drawn where sessions are closer together than pixels', () => {
  it('is the longest of every stretch on its own session, and the last value of all', () => {
    const line = lineOf([0, 1, 2, 0, 3, 3, null, null, null, 1, 0, null]);
    expect(highestOf(line, 3).values).toEqual([
      ...[null, null, 2],
      ...[null, 3, null],
      ...[null, null, null],
      ...[1, 0, null],
    ]);
    expect(highestOf(line, 3).sessions).toBe(line.sessions);
  });

  it('is the line itself where there is room for each, and nothing where there is nothing', () => {
    const line = lineOf([2, 1]);
    expect(highestOf(line, 1)).toBe(line);
    expect(highestOf(lineOf([]), 5).values).toEqual([]);
    expect(highestOf(lineOf([null, null]), 5).values).toEqual([null, null]);
  });

  it('has stretches of three pixels', () => {
    expect([6, 1, 0.5, 0.06, 0].map(stretchSize)).toEqual([1, 1, 6, 50, 1]);
  });
});
