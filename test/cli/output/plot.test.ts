import { describe, expect, it } from 'vitest';
import { drawCurve } from '../../../cli/output/curve.ts';
import { plotLines } from '../../../cli/output/plot.ts';
import { collectingOutput } from '../context.ts';

const sessions = (count: number): string[] => Array.from({ length: count }, (_, index) => `s${index}`);

function plot(values: readonly number[], more: Partial<Parameters<typeof plotLines>[0]> = {}): string[] {
  const format = (value: number): string => value.toFixed(0);
  const plain = { sessions: sessions(values.length), values, threshold: null, format, marked: null };
  return plotLines({ ...plain, ...more }, collectingOutput());
}

describe('the terminal plot', () => {
  it('draws nothing where there is no value', () => {
    expect(plot([])).toEqual([]);
    expect(plot([Number.NaN, Number.NaN])).toEqual([]);
  });

  it('labels the highest and the lowest value and the first and last session', () => {
    const lines = plot([1, 5, 9]);
    expect(lines[0]).toMatch(/^9 ┤/);
    expect(lines[11]).toMatch(/^1 ┤/);
    expect(lines.at(-1)).toMatch(/^ {3}s0 .* s2$/);
  });

  it('is never wider than the terminal', () => {
    const values = Array.from({ length: 999 }, (_, index) => Math.sin(index / 9) * 100);
    for (const line of plot(values, { threshold: 50, marked: () => true })) {
      expect([...line].length).toBeLessThanOrEqual(80);
    }
  });

  it('draws a constant in the middle', () => {
    const drawn = plot([4, 4, 4]).findIndex((line) => /[\u2801-\u28ff]/.test(line));
    expect([5, 6]).toContain(drawn);
  });

  it('draws the threshold across, with its label', () => {
    const lines = plot([0, 1, 2, 10], { threshold: 7 });
    expect(lines.filter((line) => line.includes('╌╌╌'))).toHaveLength(1);
    expect(lines.find((line) => line.includes('╌╌╌'))).toMatch(/^ 7 ┤/);
  });

  it('marks episodes below the axis', () => {
    const lines = plot([1, 2, 3, 4], { marked: (index) => index === 0 });
    expect(lines.at(-2)).toMatch(/^ {3}▀+$/);
  });

  it('loses no spike among many sessions', () => {
    const values = Array.from({ length: 10_000 }, (_, index) => (index === 5_001 ? 1 : 0));
    const rows = drawCurve({ values, threshold: null, low: 0, high: 1, width: 20, height: 5 });
    expect(rows[0]?.text.trim()).not.toBe('');
  });

  it('shows a value that stands alone between gaps', () => {
    const values = [Number.NaN, 1, Number.NaN, Number.NaN];
    const rows = drawCurve({ values, threshold: null, low: 0, high: 2, width: 20, height: 5 });
    expect(rows.some((row) => row.text.trim() !== '')).toBe(true);
  });
});
