import { display, mistake, wordEdit } from './finding.ts';
import { type Lexeme, makeToken, matchAt } from './token.ts';

/** Operators of other languages and what they are called here, longer spellings first. */
const ELSEWHERE: readonly (readonly [string, string])[] = [
  ['!==', '!='],
  ['===', '=='],
  ['&&', 'and'],
  ['||', 'or'],
  ['<>', '!='],
  ['=<', '<='],
  ['=>', '>='],
];
/** Single characters, tried after the right spellings. */
const SINGLE: ReadonlyMap<string, string> = new Map([
  ['=', '=='],
  ['!', 'not'],
  ['&', 'and'],
  ['|', 'or'],
]);
/** `> =`, cut in two. */
const SPACED = /[<>!=][ \t]+=(?!=)/y;
const RIGHT = /[<>=!]=/y;

/** `=`, `&&`, `||`, `!`, `<>`, `=<`, `=>` and their like: reported, and read as the operator that is meant. */
export function misspelledOperator(source: string, at: number): Lexeme | null {
  for (const [text, meant] of ELSEWHERE) {
    if (source.startsWith(text, at)) return misspelled(source, at, text, meant);
  }
  if (matchAt(RIGHT, source, at) !== null) return null;
  const spaced = matchAt(SPACED, source, at);
  if (spaced !== null) return misspelled(source, at, spaced, `${spaced.charAt(0)}=`);
  const text = source.charAt(at);
  const meant = SINGLE.get(text);
  return meant === undefined ? null : misspelled(source, at, text, meant);
}

function misspelled(source: string, from: number, text: string, meant: string): Lexeme {
  const span = { from, to: from + text.length };
  const edit = /[a-z]/.test(meant) ? wordEdit(source, span, meant) : { ...span, text: meant };
  const message = `expected ${display(meant)}, found ${display(text)}`;
  return {
    token: makeToken('operator', meant, span.from, span.to),
    findings: [mistake('wrong-operator', span, message, edit)],
  };
}

/** Characters that word processors put in place of operators. */
const TYPOGRAPHIC: ReadonlyMap<string, string> = new Map([
  ['≤', '<='],
  ['≥', '>='],
  ['≠', '!='],
  ['×', '*'],
  ['·', '*'],
  ['÷', '/'],
  ['−', '-'],
  ['–', '-'],
]);
const CURLY = /[“”„‟«]([^“”„‟«»"\r\n]+)[“”„‟»"]/y;

/** Signs and quotes that word processors put in place of ours: reported, and read as what is meant. */
export function typographic(source: string, at: number): Lexeme | null {
  const text = source.charAt(at);
  const meant = TYPOGRAPHIC.get(text);
  if (meant !== undefined) return misspelled(source, at, text, meant);
  const quoted = matchAt(CURLY, source, at);
  if (quoted === null) return null;
  const span = { from: at, to: at + quoted.length };
  const name = quoted.slice(1, -1);
  const message = `expected double quotes around a name, found ${display(quoted)}`;
  return {
    token: makeToken('quoted', name, span.from, span.to),
    findings: [mistake('wrong-quotes', span, message, { ...span, text: `"${name}"` })],
  };
}
