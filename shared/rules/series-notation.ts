import { failure, type Result, success } from '../result.ts';

/** What is wrong with a series in short notation: the word, and where it begins in the text. */
export interface NotationError {
  readonly offset: number;
  readonly message: string;
}

/** Sessions one series may span: twenty years. */
const MAX_VALUES = 5_040;
/** Errors told of one series. */
const MAX_ERRORS = 10;

const NUMBER = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?`;
const TIMES = String.raw`(?:x(\d{1,5}))?`;
const MISSING = new RegExp(`^_${TIMES}$`);
const CHANGE = new RegExp(`^([+-](?:\\d+\\.?\\d*|\\.\\d+))%${TIMES}$`);
const VALUE = new RegExp(`^(${NUMBER})(?:([+-](?:\\d+\\.?\\d*|\\.\\d+))(%?))?${TIMES}$`);

/**
 * The values of a series in short notation, one per session; null is no value. Words are separated by white space:
 *
 * - `100` one value; `100x5` the value and five more of it;
 * - `100+2x5`, `100-2x5` the value and five more, each 2 above or below the one before;
 * - `100+1%x5` the value and five more, each 1% above the one before;
 * - `+1%`, `-1%x3` one value, or three, each so much above or below the last one there was;
 * - `_`, `_x3` no value on one session, or on three;
 * - `(+1% -1%)x30` what is in parentheses, thirty times.
 *
 * As in promtool, `a+bxn` makes n + 1 values. All errors at once.
 */
export function readSeries(text: string): Result<readonly (number | null)[], NotationError> {
  const values: (number | null)[] = [];
  const errors: NotationError[] = [];
  for (const { offset, word } of wordsOf(text)) {
    const message = appendWord(word, values);
    if (message !== null) errors.push({ offset, message });
    if (values.length > MAX_VALUES || errors.length >= MAX_ERRORS) break;
  }
  if (errors.length > 0) return failure(...errors);
  if (values.length === 0)
    return failure({ offset: 0, message: 'expected values such as 100 +1%x6, found nothing' });
  return success(values);
}

interface Word {
  readonly offset: number;
  readonly word: string;
}

/** The words of a text, those of a group as often as it says. */
function* wordsOf(text: string): Generator<Word> {
  for (const match of text.matchAll(/\(([^()]*)\)x(\d{1,4})(?![^\s,])|[^\s,]+/g)) {
    const [whole, group, times] = match;
    if (group === undefined) yield { offset: match.index, word: whole };
    else for (let n = 0; n < Number(times); n += 1) yield* wordsWithin(group, match.index + 1);
  }
}

function* wordsWithin(group: string, start: number): Generator<Word> {
  for (const match of group.matchAll(/[^\s,]+/g)) yield { offset: start + match.index, word: match[0] };
}

/** Appends what one word stands for; says what is wrong with it, or null. */
function appendWord(word: string, values: (number | null)[]): string | null {
  const missing = MISSING.exec(word);
  if (missing !== null) return append(values, Number(missing[1] ?? 1), () => null);
  const change = CHANGE.exec(word);
  if (change !== null) {
    let last = values.findLast((value) => value !== null);
    if (last === undefined || last === null)
      return `expected a value before ${word} to start from, found none`;
    const factor = 1 + Number(change[1]) / 100;
    return append(values, Number(change[2] ?? 1), () => (last = (last ?? 0) * factor));
  }
  const value = VALUE.exec(word);
  if (value === null) return `expected 100, 100x5, 100+2x5, +1%x5 or _x5, found ${word}`;
  const [, start, step, percent, times] = value;
  if (step !== undefined && times === undefined)
    return `expected xN after the step, as in ${word}x5, found ${word}`;
  const first = Number(start);
  const by = Number(step ?? 0);
  const next = (n: number): number => (percent === '%' ? first * (1 + by / 100) ** n : first + by * n);
  return append(values, Number(times ?? 0) + 1, next);
}

function append(
  values: (number | null)[],
  count: number,
  valueAt: (n: number) => number | null,
): string | null {
  for (let n = 0; n < count && values.length <= MAX_VALUES; n += 1) {
    const value = valueAt(n);
    if (value !== null && !Number.isFinite(value)) return `expected finite numbers, found ${value}`;
    values.push(value);
  }
  return values.length > MAX_VALUES ? `expected at most ${MAX_VALUES} values, found more` : null;
}

const BRACES = /^([^{}]*)\{(\d{1,4})\.\.(\d{1,4})\}([^{}]*)$/;

/** The names a pattern stands for: `M{1..3}` is M1, M2 and M3; a plain name is itself. */
export function expandNames(pattern: string): readonly string[] {
  const match = BRACES.exec(pattern);
  if (match === null) return [pattern];
  const [, before = '', from, to, after = ''] = match;
  const first = Number(from);
  const count = Math.max(0, Number(to) - first + 1);
  return Array.from({ length: count }, (_, n) => `${before}${first + n}${after}`);
}
