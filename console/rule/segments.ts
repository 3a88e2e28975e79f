import type { Span } from '../../shared/expression/ast.ts';
import { type Paint, paint } from '../editor/paint.ts';

/** A stretch of an expression that looks the same throughout. */
export interface Segment {
  readonly text: string;
  readonly paint: Paint | null;
  readonly marked: boolean;
}

/** An expression cut into stretches of one colour, in or out of the marked part; together they are the whole text. */
export function segmentsOf(source: string, mark: Span | null): readonly Segment[] {
  const painted = paint(source);
  const cuts = new Set([0, source.length, ...painted.flatMap(({ from, to }) => [from, to])]);
  if (mark !== null) for (const cut of [mark.from, mark.to]) cuts.add(Math.min(cut, source.length));
  const ordered = [...cuts].sort((a, b) => a - b);
  return ordered.slice(0, -1).map((from, index) => {
    const to = ordered[index + 1] ?? from;
    const kind = painted.find((piece) => piece.from <= from && to <= piece.to)?.paint ?? null;
    const marked = mark !== null && mark.from <= from && to <= mark.to;
    return { text: source.slice(from, to), paint: kind, marked };
  });
}
