/** A curve to draw: values scaled from `low` (bottom) to `high` (top) onto `width` by `height` characters. */
export interface Curve {
  readonly values: ArrayLike<number>;
  readonly threshold: number | null;
  readonly low: number;
  readonly high: number;
  readonly width: number;
  readonly height: number;
}

export interface CurveRow {
  readonly text: string;
  /** Whether nothing but the threshold is on this row. */
  readonly threshold: boolean;
}

const BLANK = 0x2800;
// Braille dots of a character, by row (0 at the top) and column.
const DOTS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
];

/**
 * Draws a curve in braille, two by four dots a character. A dot column that stands for several sessions shows all
 * between their lowest and highest value, so that no spike is lost; sessions without a value leave a gap.
 */
export function drawCurve(given: Curve): CurveRow[] {
  const curve = { ...given, values: stretched(given.values, given.width * 2) };
  const cells = Array.from({ length: curve.height }, () => new Uint8Array(curve.width));
  const dotRow = (value: number): number =>
    Math.round(((curve.high - value) / (curve.high - curve.low)) * (curve.height * 4 - 1));
  let previous: number | null = null;
  for (let column = 0; column < curve.width * 2; column += 1) {
    const extent = extentOf(curve, column);
    if (!extent) {
      previous = null;
      continue;
    }
    let [top, bottom] = [dotRow(extent.high), dotRow(extent.low)];
    // A step between neighbours is drawn as a vertical line, in the later column.
    if (previous !== null) [top, bottom] = [Math.min(top, previous + 1), Math.max(bottom, previous - 1)];
    for (let row = top; row <= bottom; row += 1) setDot(cells, row, column);
    previous = dotRow(extent.last);
  }
  const level = curve.threshold === null ? -1 : Math.floor(dotRow(curve.threshold) / 4);
  return cells.map((row, index) => rowText(row, index === level));
}

interface Extent {
  readonly low: number;
  readonly high: number;
  readonly last: number;
}

/** Spreads fewer values than dot columns over all of them, in straight lines that a gap interrupts. */
function stretched(values: ArrayLike<number>, columns: number): ArrayLike<number> {
  if (values.length >= columns) return values;
  return Float64Array.from({ length: columns }, (_, column) => {
    const position = (column * (values.length - 1)) / (columns - 1);
    const before = Math.floor(position);
    const [from, to] = [values[before] ?? Number.NaN, values[before + 1] ?? Number.NaN];
    const between = from + (to - from) * (position - before);
    // Beside a gap the nearest value stands, so that a value alone between gaps still shows.
    return Number.isNaN(between) ? (values[Math.round(position)] ?? Number.NaN) : between;
  });
}

/** What one dot column shows; null where none of its sessions has a value. */
function extentOf(curve: Curve, column: number): Extent | null {
  const { values, width } = curve;
  const from = Math.ceil((column * values.length) / (width * 2));
  const to = Math.ceil(((column + 1) * values.length) / (width * 2));
  let [low, high, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN];
  for (let index = from; index < to; index += 1) {
    const value = values[index] ?? Number.NaN;
    if (!Number.isFinite(value)) continue;
    [low, high, last] = [Math.min(low, value), Math.max(high, value), value];
  }
  return low > high ? null : { low, high, last };
}

function setDot(cells: readonly Uint8Array[], row: number, column: number): void {
  const cell = cells[Math.floor(row / 4)];
  const dot = DOTS[row % 4]?.[column % 2];
  if (cell && dot) cell[column >> 1] = (cell[column >> 1] ?? 0) | dot;
}

function rowText(row: Uint8Array, level: boolean): CurveRow {
  let text = '';
  let drawn = false;
  for (const cell of row) {
    if (cell !== 0) drawn = true;
    text += cell !== 0 ? String.fromCodePoint(BLANK + cell) : level ? '╌' : ' ';
  }
  return { text: level ? text : text.trimEnd(), threshold: level && !drawn };
}
