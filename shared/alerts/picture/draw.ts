import type { Line } from './line.ts';

/** The size in which a mail shows the picture; it is drawn twice as fine. */
export const WIDTH = 560;
export const HEIGHT = 150;

/** Middle tones: the picture has no background, and must be read on a light mail and on a dark one. */
const COLOURS = { line: '#3a86d8', threshold: '#d1892b', episode: '#3a86d8', rule: '#8a94a3' };

const MARGIN = { top: 8, right: 10, bottom: 8, left: 2 };

interface Scale {
  readonly x: (index: number) => number;
  readonly y: (value: number) => number;
  /** The width of one session. */
  readonly step: number;
}

/**
 * Draws a line as SVG, without any text (what it says is beside it, where everybody can read it): episodes as shaded
 * stretches, the threshold dashed, the last value as a dot. Empty where no session has a value.
 */
export function drawLine(line: Line): string {
  const scale = scaleOf(line);
  if (scale === null) return '';
  const parts = [
    ...line.episodes.map((span) => episode(scale, span)),
    ...zero(line, scale),
    ...threshold(line, scale),
    ...strokes(line.values, scale).flatMap(({ path, area }) => [
      `<path d="${area}" fill="${COLOURS.line}" fill-opacity="0.1"/>`,
      `<path d="${path}" fill="none" stroke="${COLOURS.line}" stroke-width="2" stroke-linejoin="round" stroke-linecap="round"/>`,
    ]),
    ...last(line, scale),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">${parts.join('')}</svg>`;
}

function scaleOf({ values, threshold: limit }: Line): Scale | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  const all = limit === null ? known : [...known, limit];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  // A line that never moves lies in the middle.
  const span = high - low || 1;
  const room = HEIGHT - MARGIN.top - MARGIN.bottom;
  const step = (WIDTH - MARGIN.left - MARGIN.right) / Math.max(1, values.length - 1);
  return {
    step,
    x: (index) => MARGIN.left + index * step,
    y: (value) => (high === low ? HEIGHT / 2 : HEIGHT - MARGIN.bottom - ((value - low) / span) * room),
  };
}

function episode({ x, step }: Scale, { from, to }: { readonly from: number; readonly to: number }): string {
  // One session alone must be seen too.
  const left = Math.max(0, x(from) - step / 2);
  const width = Math.max(3, x(to) + step / 2 - left);
  return `<rect x="${short(left)}" y="0" width="${short(width)}" height="${HEIGHT}" rx="2" fill="${COLOURS.episode}" fill-opacity="0.2"/>`;
}

function threshold({ threshold: limit }: Line, { y }: Scale): readonly string[] {
  if (limit === null) return [];
  const at = short(y(limit));
  return [
    `<path d="M0 ${at}H${WIDTH}" stroke="${COLOURS.threshold}" stroke-width="1.5" stroke-dasharray="6 5"/>`,
  ];
}

/** Where zero is, when the line crosses it: which side it is on is half of what it says. */
function zero({ values, threshold: limit }: Line, { y }: Scale): readonly string[] {
  const known = values.filter((value) => value !== null);
  const crosses = known.some((value) => value < 0) && known.some((value) => value > 0);
  if (!crosses || limit === 0) return [];
  return [
    `<path d="M0 ${short(y(0))}H${WIDTH}" stroke="${COLOURS.rule}" stroke-width="1" stroke-opacity="0.5"/>`,
  ];
}

interface Stroke {
  readonly path: string;
  /** The same, closed towards zero, or towards the end of the picture where zero is beyond it. */
  readonly area: string;
}

/** One stroke for each stretch with data: a gap stays a gap. */
function strokes(values: readonly (number | null)[], scale: Scale): readonly Stroke[] {
  const found: Stroke[] = [];
  let from = -1;
  for (let index = 0; index <= values.length; index += 1) {
    const isKnown = (values[index] ?? null) !== null;
    if (isKnown && from < 0) from = index;
    if (isKnown || from < 0) continue;
    found.push(strokeOf(values.slice(from, index), from, scale));
    from = -1;
  }
  return found;
}

function strokeOf(values: readonly (number | null)[], from: number, { x, y }: Scale): Stroke {
  const points = values.map((value, position) => `${short(x(from + position))} ${short(y(value ?? 0))}`);
  const path = `M${points.join('L')}`;
  const ground = short(Math.min(HEIGHT, Math.max(0, y(0))));
  return { path, area: `${path}V${ground}H${short(x(from))}Z` };
}

function last({ values }: Line, { x, y }: Scale): readonly string[] {
  const index = values.findLastIndex((value) => value !== null);
  const value = values[index];
  if (value === null || value === undefined) return [];
  return [`<circle cx="${short(x(index))}" cy="${short(y(value))}" r="4" fill="${COLOURS.line}"/>`];
}

/** A coordinate to a tenth of a pixel. */
function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}
