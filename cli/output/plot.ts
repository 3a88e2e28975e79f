import type { Context } from '../context.ts';
import { drawCurve } from './curve.ts';

/** One series to draw; `values` and `sessions` run side by side, NaN is a gap. */
export interface Plot {
  readonly sessions: readonly string[];
  readonly values: ArrayLike<number>;
  /** A level drawn across the plot; null for none. */
  readonly threshold: number | null;
  /** How a figure on the axis is written. */
  readonly format: (value: number) => string;
  /** Whether an episode is marked on a session; null draws no row of marks. */
  readonly marked: ((index: number) => boolean) | null;
}

const HEIGHT = 12;
const NARROWEST = 20;

/** Draws a line chart with its axes, as lines of text no wider than the terminal; nothing where no value is finite. */
export function plotLines(plot: Plot, output: Context['out']): string[] {
  const scale = scaleOf(plot);
  if (!scale) return [];
  const labels = axisLabels(plot, scale);
  const margin = Math.max(...labels.map((label) => label.length));
  const width = Math.max(NARROWEST, Math.min(output.columns, 120) - margin - 3);
  const rows = drawCurve({ ...plot, ...scale, width, height: HEIGHT });
  const lines = rows.map((row, index) => {
    const label = (labels[index] ?? '').padStart(margin);
    const tick = labels[index] ? '┤' : '│';
    return `${output.paint('dim', `${label} ${tick}`)}${row.threshold ? output.paint('dim', row.text) : output.paint('cyan', row.text)}`;
  });
  const indent = ' '.repeat(margin + 1);
  lines.push(output.paint('dim', `${indent}└${'─'.repeat(width)}`));
  const marked = plot.marked ? marks(plot.marked, plot.sessions.length, width) : '';
  if (marked !== '') lines.push(`${indent} ${output.paint('yellow', marked)}`);
  lines.push(output.paint('dim', `${indent} ${dateLabels(plot.sessions, width)}`));
  return lines;
}

interface Scale {
  readonly low: number;
  readonly high: number;
}

function scaleOf(plot: Plot): Scale | null {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const include = (value: number): void => {
    if (!Number.isFinite(value)) return;
    low = Math.min(low, value);
    high = Math.max(high, value);
  };
  for (let index = 0; index < plot.values.length; index += 1) include(plot.values[index] ?? Number.NaN);
  if (low > high) return null;
  if (plot.threshold !== null) include(plot.threshold);
  if (low === high) return { low: low - (Math.abs(low) || 1) / 2, high: high + (Math.abs(high) || 1) / 2 };
  return { low, high };
}

function axisLabels(plot: Plot, scale: Scale): string[] {
  const labels = Array.from({ length: HEIGHT }, () => '');
  const rowOf = (value: number): number =>
    Math.round(((scale.high - value) / (scale.high - scale.low)) * (HEIGHT - 1));
  for (const value of [scale.high, (scale.high + scale.low) / 2, scale.low])
    labels[rowOf(value)] = plot.format(value);
  if (plot.threshold !== null) labels[rowOf(plot.threshold)] = plot.format(plot.threshold);
  return labels;
}

function marks(marked: (index: number) => boolean, length: number, width: number): string {
  const columns = Array.from({ length: width }, () => ' ');
  for (let index = 0; index < length; index += 1) {
    if (marked(index)) columns[Math.floor((index / length) * width)] = '▀';
  }
  return columns.join('').trimEnd();
}

/** The first, middle and last session, spread below an axis. */
export function dateLabels(sessions: readonly string[], width: number): string {
  const [first, last] = [sessions[0] ?? '', sessions.at(-1) ?? ''];
  const middle = sessions[Math.floor(sessions.length / 2)] ?? '';
  const room = width - first.length - last.length;
  if (room < middle.length + 4) return `${first}${' '.repeat(Math.max(1, room))}${last}`;
  const before = Math.floor((width - middle.length) / 2) - first.length;
  return `${first}${' '.repeat(before)}${middle}${' '.repeat(room - before - middle.length)}${last}`;
}
