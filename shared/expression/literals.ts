import { isDate } from '../calendar/date.ts';
import { display, mistake } from './finding.ts';
import { FIRST_DATE, LAST_DATE } from './limits.ts';
import { type Lexeme, makeToken, matchAt } from './token.ts';

const DATE = /\d{4}-\d{2}-\d{2}(?!\d|\.\d)/y;
const NUMBER = /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const DOTS = /\.[\d.]*/y;
const SUFFIX = /%|bp(?![A-Za-z0-9_])/y;
const LOOSE_SUFFIX = /[ \t]*(?:%|(?:bps?|percent|pct)(?![A-Za-z0-9_]))/iy;

/** A date `2025-12-31`, read before subtraction; one that is none is reported and kept. */
export function readDate(source: string, at: number): Lexeme | null {
  const date = matchAt(DATE, source, at);
  if (date === null) return null;
  const span = { from: at, to: at + date.length };
  const token = makeToken('date', date, span.from, span.to);
  if (!isDate(date)) {
    const edits = lastOfMonth(date).map((text) => ({ ...span, text }));
    return {
      token,
      findings: [mistake('invalid-date', span, `expected a date that exists, found ${date}`, ...edits)],
    };
  }
  if (date >= FIRST_DATE && date <= LAST_DATE) return { token, findings: [] };
  const message = `expected a date from ${FIRST_DATE} to ${LAST_DATE}, which the calendar covers, found ${date}`;
  return { token, findings: [mistake('date-out-of-calendar', span, message)] };
}

/** The last date of the month of a date whose day is past it; empty where month or day are wrong otherwise. */
function lastOfMonth(date: string): string[] {
  const candidates = ['30', '29', '28'].map((day) => `${date.slice(0, 8)}${day}`);
  return candidates.filter((candidate) => candidate < date && isDate(candidate)).slice(0, 1);
}

/** A number with its suffix, which follows without a space. */
export function readNumber(source: string, at: number): Lexeme | null {
  const digits = matchAt(NUMBER, source, at);
  if (digits === null) return null;
  const end = at + digits.length;
  const dots = matchAt(DOTS, source, end);
  if (dots !== null) return malformed(source, at, end, end + dots.length);
  const suffix = matchAt(SUFFIX, source, end);
  if (suffix !== null) return number(source, at, end, suffix === '%' ? '%' : 'bp');
  const loose = matchAt(LOOSE_SUFFIX, source, end);
  return loose === null ? number(source, at, end, '') : looseSuffix(source, at, end, loose);
}

function number(source: string, from: number, end: number, suffix: '' | '%' | 'bp'): Lexeme {
  const mantissa = Number(source.slice(from, end));
  const to = end + suffix.length;
  const token = makeToken('number', source.slice(from, to), from, to);
  if (Number.isFinite(mantissa)) return { token: { ...token, mantissa, suffix }, findings: [] };
  const message = `expected a number below 1.8e308, found ${display(token.text)}`;
  return { token, findings: [mistake('number-too-large', { from, to }, message)] };
}

function malformed(source: string, from: number, end: number, to: number): Lexeme {
  const found = source.slice(from, to);
  const edits = to === end + 1 ? [{ from: end, to, text: '' }] : [];
  const message = `expected a number such as 7, 1.5 or .25, found ${display(found)}`;
  const { token } = number(source, from, end, '');
  return {
    token: { ...token, to },
    findings: [mistake('malformed-number', { from, to }, message, ...edits)],
  };
}

/** `30 %`, `30 percent`, `25 bp`, `25bps` or `25BP`: reported, and read as the suffix that is meant. */
function looseSuffix(source: string, from: number, end: number, loose: string): Lexeme {
  const suffix = /bp/i.test(loose) ? 'bp' : '%';
  const span = { from, to: end + loose.length };
  const digits = source.slice(from, end);
  const message = `expected ${suffix} right after the number, as in ${digits}${suffix}, found ${display(source.slice(from, span.to))}`;
  const { token, findings } = number(source, from, end, '');
  const edit = { from: end, to: span.to, text: suffix } as const;
  return {
    token: { ...token, suffix, to: span.to },
    findings: [...findings, mistake('number-suffix', span, message, edit)],
  };
}
