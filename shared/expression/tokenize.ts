import { display, type Finding, mistake, wordEdit } from './finding.ts';
import { readDate, readNumber } from './literals.ts';
import { misspelledOperator, typographic } from './misspelled.ts';
import { type Lexeme, makeToken, matchAt, type Token } from './token.ts';

const SPACE = /[ \t\r\n]+/y;
const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;
const OPERATOR = /[<>=!]=|[-+*/<>]/y;
const KEYWORDS: ReadonlySet<string> = new Set(['and', 'or', 'not']);

/**
 * Cuts a source into tokens, the last one of type `end`. Whatever is misspelled is reported and read as what was meant,
 * so that parser and checker can go on to the other mistakes.
 */
export function tokenize(source: string): { tokens: readonly Token[]; findings: readonly Finding[] } {
  const tokens: Token[] = [];
  const findings: Finding[] = [];
  let at = 0;
  while (at < source.length) {
    const space = matchAt(SPACE, source, at);
    if (space !== null) {
      at += space.length;
      continue;
    }
    const lexeme = readToken(source, at);
    tokens.push(lexeme.token);
    findings.push(...lexeme.findings);
    at = lexeme.token.to;
  }
  tokens.push(makeToken('end', '', source.length, source.length));
  const joining = junkBetweenValues(tokens);
  return {
    tokens,
    findings: findings.map((one) => (joining.has(one.from) ? { ...one, edits: [] } : one)),
  };
}

const ENDS_VALUE: ReadonlySet<string> = new Set(['number', 'date', 'name', 'quoted', ')']);
const BEGINS_VALUE: ReadonlySet<string> = new Set(['number', 'date', 'name', 'quoted', '(']);

/** Where junk stands in the place of an operator: left out, its neighbours would say what nobody wrote. */
function junkBetweenValues(tokens: readonly Token[]): ReadonlySet<number> {
  const found = new Set<number>();
  let before: Token | null = null;
  let junk: Token[] = [];
  for (const token of tokens) {
    if (token.type === 'junk') {
      // A space of another kind is only a space.
      if (token.text.trim() !== '') junk.push(token);
      continue;
    }
    const begins =
      BEGINS_VALUE.has(token.type) || (token.type === 'operator' && ['-', 'not'].includes(token.text));
    if (before !== null && ENDS_VALUE.has(before.type) && begins)
      for (const { from } of junk) found.add(from);
    before = token;
    junk = [];
  }
  return found;
}

function readToken(source: string, at: number): Lexeme {
  return (
    readDate(source, at) ??
    readNumber(source, at) ??
    readWord(source, at) ??
    readQuoted(source, at) ??
    misspelledOperator(source, at) ??
    readOperator(source, at) ??
    readPunctuation(source, at) ??
    typographic(source, at) ??
    readCaretName(source, at) ??
    readJunk(source, at)
  );
}

function readWord(source: string, at: number): Lexeme | null {
  const word = matchAt(WORD, source, at);
  if (word === null) return null;
  const keyword = word.toLowerCase();
  const token = KEYWORDS.has(keyword)
    ? makeToken('operator', keyword, at, at + word.length)
    : makeToken('name', word, at, at + word.length);
  return { token, findings: [] };
}

function readOperator(source: string, at: number): Lexeme | null {
  const text = matchAt(OPERATOR, source, at);
  return text === null ? null : { token: makeToken('operator', text, at, at + text.length), findings: [] };
}

function readPunctuation(source: string, at: number): Lexeme | null {
  const text = source.charAt(at);
  if (text !== '(' && text !== ')' && text !== ',' && text !== '.') return null;
  return { token: makeToken(text, text, at, at + 1), findings: [] };
}

const QUOTED = /"[^"\r\n]*"|'[^'\r\n]*'/y;
const UNQUOTED_END = /["'][^\s()<>=!+*/,"']*/y;

/** A quoted name; single quotes and a missing second quote are reported and read as meant. */
function readQuoted(source: string, at: number): Lexeme | null {
  const whole = matchAt(QUOTED, source, at);
  if (whole === null) return readUnterminated(source, at);
  const span = { from: at, to: at + whole.length };
  const name = whole.slice(1, -1);
  const token = makeToken('quoted', name, span.from, span.to);
  if (name === '') {
    return {
      token,
      findings: [mistake('empty-name', span, 'expected a name between the quotes, found none')],
    };
  }
  if (whole.startsWith('"')) return { token, findings: [] };
  const message = `expected double quotes around a name, found ${display(whole)}`;
  return { token, findings: [mistake('wrong-quotes', span, message, { ...span, text: `"${name}"` })] };
}

function readUnterminated(source: string, at: number): Lexeme | null {
  const text = matchAt(UNQUOTED_END, source, at);
  if (text === null) return null;
  const span = { from: at, to: at + text.length };
  const message = `expected a second double quote on this line, found none after ${display(text)}`;
  const edit = { ...span, text: `"${text.slice(1)}"` };
  return {
    token: makeToken('quoted', text.slice(1), span.from, span.to),
    findings: [mistake('unterminated-quote', span, message, edit)],
  };
}

const CARET_NAME = /\^[A-Za-z][A-Za-z0-9]*/y;

/** `^RUT` without its quotes. */
function readCaretName(source: string, at: number): Lexeme | null {
  const text = matchAt(CARET_NAME, source, at);
  if (text === null) return null;
  const span = { from: at, to: at + text.length };
  const message = `expected double quotes around a name that is more than letters, digits and _, found ${display(text)}`;
  return {
    token: makeToken('quoted', text, span.from, span.to),
    findings: [mistake('unquoted-name', span, message, { ...span, text: `"${text}"` })],
  };
}

const JUNK = /[^\sA-Za-z0-9_()<>=!+*/,."'\-^]+|\^|[^\S \t\r\n]/uy;

function readJunk(source: string, at: number): Lexeme {
  const text = matchAt(JUNK, source, at) ?? source.charAt(at);
  const span = { from: at, to: at + text.length };
  const message = `expected a number, a name, an operator or a parenthesis, found ${display(text)}`;
  const edit = wordEdit(source, span, '');
  return {
    token: makeToken('junk', text, span.from, span.to),
    findings: [mistake('unexpected-character', span, message, edit)],
  };
}
