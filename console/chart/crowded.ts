import type { Line } from './drawing.ts';

/** A stretch of a line is drawn as one point where its sessions are closer together than this many pixels. */
const NARROWEST = 1;
/** How wide a stretch then is, in pixels. */
const STRETCH = 3;

/** How many sessions a stretch has where one takes so many pixels; 1 where there is room for each. */
export function stretchSize(pixels: number): number {
  return pixels >= NARROWEST || !(pixels > 0) ? 1 : Math.ceil(STRETCH / pixels);
}

/**
 * The highest value of every stretch of so many sessions, on its own session (the first of several alike), and the last
 * value of all; every other one is null, as is a stretch without data. Of size 1 it is the line itself.
 */
export function highestOf(line: Line, size: number): Line {
  if (size <= 1) return line;
  const { sessions, values } = line;
  const kept = new Set([values.findLastIndex((value) => value !== null)]);
  for (let from = 0; from < values.length; from += size) {
    let best = -1;
    for (let at = from; at < Math.min(from + size, values.length); at += 1) {
      const value = values[at] ?? null;
      if (value !== null && (best < 0 || value > (values[best] ?? value))) best = at;
    }
    kept.add(best);
  }
  return { sessions, values: values.map((value, at) => (kept.has(at) ? value : null)) };
}
