import type { Span } from './ast.ts';
import { codePoint } from '../visible.ts';
import type { DiagnosticCode } from './codes.ts';

/** A replacement of a piece of source; an insertion where `from` equals `to`. */
export interface Edit extends Span {
  readonly text: string;
}

/** A diagnostic before its position is counted and its correction is proved: what parser and checker collect. */
export interface Finding extends Span {
  readonly code: DiagnosticCode;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** What would correct it; empty where nothing is known. */
  readonly edits: readonly Edit[];
}

/** Makes an error over a piece of source. */
export function mistake(
  code: DiagnosticCode,
  { from, to }: Span,
  message: string,
  ...edits: readonly Edit[]
): Finding {
  return { code, severity: 'error', from, to, message, edits };
}

/** Makes an edit that replaces a piece of source by a word, with spaces where it would touch its neighbours. */
export function wordEdit(source: string, { from, to }: Span, word: string): Edit {
  const before = from === 0 || /[\s(&|]/.test(source.charAt(from - 1)) ? '' : ' ';
  const after = to === source.length || /\s/.test(source.charAt(to)) ? '' : ' ';
  return { from, to, text: `${before}${word}${after}` };
}

/** Applies edits to a source; of two that overlap the earlier one holds. */
export function applyEdits(source: string, edits: readonly Edit[]): string {
  const ordered = [...edits].sort((a, b) => a.from - b.from || a.to - b.to);
  let text = '';
  let at = 0;
  for (const edit of ordered) {
    if (edit.from < at) continue;
    text += source.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  return text + source.slice(at);
}

const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;
const LONGEST_QUOTE = 40;

/** Shows a piece of source inside a message: in backquotes, shortened, with unprintable characters as `U+0007`. */
export function display(text: string): string {
  const characters = [...text];
  const short = characters.length > LONGEST_QUOTE ? [...characters.slice(0, LONGEST_QUOTE), '…'] : characters;
  return `\`${short.join('').replace(UNPRINTABLE, codePoint)}\``;
}
