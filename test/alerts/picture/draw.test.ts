import { describe, expect, it } from 'vitest';
import { drawLine, HEIGHT, WIDTH } from '../../../shared/alerts/picture/draw.ts';
import type { Line } from '../../../shared/alerts/picture/line.ts';
import { captionOf, pictureWords } from '../../../shared/alerts/picture/words.ts';
import { STREAK } from '../message/sample-alert.ts';

const LINE: Line = {
  sessions: ['2026-01-07', '2026-01-08', '2026-01-09', '2026-01-12'],
  values: [4, 5, 6, 7],
  threshold: 7,
  episodes: [{ from: 3, to: 3 }],
};
const numbersOf = (text: string): number[] => [...text.matchAll(/-?\d+(?:\.\d+)?/g)].map(Number);
const strokesOf = (svg: string): string[] =>
  [...svg.matchAll(/d="(M[^"VH]+)" fill="none"/g)].map(([, d = '']) => d);

describe('the picture of a line', () => {
  it('runs from left to right and from low to high within its size', () => {
    const [path = ''] = strokesOf(drawLine(LINE));
    const points = numbersOf(path);
    const xs = points.filter((_, at) => at % 2 === 0);
    const ys = points.filter((_, at) => at % 2 === 1);
    expect(xs).toEqual(xs.toSorted((a, b) => a - b));
    expect(ys).toEqual(ys.toSorted((a, b) => b - a));
    expect(Math.max(...xs)).toBeLessThanOrEqual(WIDTH);
    expect(Math.max(...ys)).toBeLessThanOrEqual(HEIGHT);
    expect(Math.min(...xs, ...ys)).toBeGreaterThanOrEqual(0);
  });

  it('leaves a gap where there is no data, and draws a session alone', () => {
    expect(strokesOf(drawLine({ ...LINE, values: [4, null, 6, 7] }))).toHaveLength(2);
    expect(drawLine({ ...LINE, values: [4, 5, 6, null] }).match(/<circle/g)).toHaveLength(1);
  });

  it('is empty where no session has a value', () => {
    expect(drawLine({ ...LINE, values: [null, null, null, null] })).toBe('');
  });

  it('dashes the threshold, also where the line never reaches it, and has none without one', () => {
    const svg = drawLine({ ...LINE, threshold: 20 });
    const at = Number(/d="M0 ([\d.]+)H560"[^>]*dasharray/.exec(svg)?.[1]);
    expect(at).toBeGreaterThanOrEqual(0);
    expect(at).toBeLessThan(Math.min(...numbersOf(strokesOf(svg)[0] ?? '').filter((_, n) => n % 2 === 1)));
    expect(drawLine({ ...LINE, threshold: null })).not.toContain('dasharray');
  });

  it('shades every episode wide enough to be seen', () => {
    const svg = drawLine({
      ...LINE,
      episodes: [
        { from: 0, to: 1 },
        { from: 3, to: 3 },
      ],
    });
    const widths = [...svg.matchAll(/<rect [^>]*width="([\d.]+)"/g)].map(([, width]) => Number(width));
    expect(widths).toHaveLength(2);
    for (const width of widths) expect(width).toBeGreaterThanOrEqual(3);
  });

  it('marks zero where the line crosses it', () => {
    const rule = /stroke-opacity="0.5"/;
    expect(drawLine({ ...LINE, values: [-1, 1, -1, 2], threshold: 1 })).toMatch(rule);
    expect(drawLine({ ...LINE, values: [1, 1, 1, 2] })).not.toMatch(rule);
  });

  it('draws a line that never moves', () => {
    expect(drawLine({ ...LINE, values: [7, 7, 7, 7] })).not.toContain('NaN');
  });

  it('holds no text, which would need letters', () => {
    expect(drawLine(LINE)).not.toMatch(/<text|font/);
  });
});

describe('the words of a picture', () => {
  it('say from when to when, how far, where it ends, the threshold and the episodes', () => {
    expect(pictureWords(STREAK, LINE)).toBe(
      "Line of the run of sessions on which IWM's daily price return was above SPY's on 4 sessions from Wednesday 7 January 2026 to Monday 12 January 2026, between 4 sessions and 7 sessions, ending at 7 sessions, threshold 7 sessions; 1 episode shaded.",
    );
  });

  it('stand under it at its two ends', () => {
    expect(captionOf(STREAK, LINE)).toEqual({
      from: '7 Jan 2026',
      to: '12 Jan 2026',
      key: 'dashed: 7 sessions \u00b7 shaded: it was so',
    });
    expect(captionOf(STREAK, { ...LINE, threshold: null, episodes: [] }).key).toBe('');
  });
});
