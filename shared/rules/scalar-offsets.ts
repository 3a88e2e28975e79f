import type { Scalar } from 'yaml';

const SPACE = /\s/;
/** What one escape of a double-quoted scalar looks like after its backslash. */
const ESCAPE = /x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|\r?\n|[^]/y;

/**
 * Where each character of a scalar's value is written: an offset of the text per UTF-16 unit of the value, and one more
 * for its end.
 *
 * YAML's folding, indentation and escapes change white space only, so the n-th visible character of the value is the
 * n-th of the source; white space is placed right after the character before it.
 */
export function scalarOffsets(text: string, scalar: Scalar): readonly number[] {
  const value = String(scalar.value);
  const [from, to] = scalar.range ?? [0, 0];
  const visible = visibleOffsets(text, scalar, from, to);
  const offsets: number[] = [];
  let next = 0;
  let after = visible[0] ?? from;
  for (const unit of value) {
    const place = SPACE.test(unit) ? undefined : visible[next];
    if (!SPACE.test(unit)) next += 1;
    for (let part = 0; part < unit.length; part += 1)
      offsets.push((place ?? after) + (place === undefined ? 0 : part));
    if (place !== undefined) after = place + unit.length;
  }
  offsets.push(after);
  return offsets;
}

/** The offset of each visible character of a scalar, quotes and block headers aside. */
function visibleOffsets(text: string, scalar: Scalar, from: number, to: number): readonly number[] {
  switch (scalar.type) {
    case 'BLOCK_FOLDED':
    case 'BLOCK_LITERAL':
      return visibleBetween(text, text.indexOf('\n', from) + 1, to);
    case 'QUOTE_SINGLE':
      return visibleBetween(text, from + 1, to - 1, "''");
    case 'QUOTE_DOUBLE':
      return visibleEscaped(text, from + 1, to - 1);
    default:
      return visibleBetween(text, from, to);
  }
}

/** A `pair` stands for one character: the doubled quote inside single quotes. */
function visibleBetween(text: string, from: number, to: number, pair?: string): readonly number[] {
  const offsets: number[] = [];
  for (let at = from; at < to; ) {
    const unit = String.fromCodePoint(text.codePointAt(at) ?? 0);
    if (!SPACE.test(unit)) offsets.push(at);
    at += pair !== undefined && text.startsWith(pair, at) ? pair.length : unit.length;
  }
  return offsets;
}

function visibleEscaped(text: string, from: number, to: number): readonly number[] {
  const offsets: number[] = [];
  for (let at = from; at < to; ) {
    const unit = String.fromCodePoint(text.codePointAt(at) ?? 0);
    if (unit !== '\\') {
      if (!SPACE.test(unit)) offsets.push(at);
      at += unit.length;
      continue;
    }
    ESCAPE.lastIndex = at + 1;
    const escape = ESCAPE.exec(text)?.[0] ?? '';
    if (!isWhite(escape)) offsets.push(at);
    at += 1 + escape.length;
  }
  return offsets;
}

/** Whether an escape stands for white space, or for nothing at all (a line continued). */
function isWhite(escape: string): boolean {
  if (/^[xuU]/.test(escape) && escape.length > 1)
    return SPACE.test(String.fromCodePoint(Number.parseInt(escape.slice(1), 16)));
  return escape.trim() === '' || 'tnrvfNLP_'.includes(escape);
}
