import { FUNCTIONS } from './functions.ts';
import { ARITHMETIC } from './reference/arithmetic.ts';
import { CALENDAR } from './reference/calendar.ts';
import { CONDITIONS } from './reference/conditions.ts';
import { HISTORY } from './reference/history.ts';
import { RETURNS } from './reference/returns.ts';
import { RULES } from './reference/rules.ts';
import type { FunctionText } from './reference/text.ts';
import { UNIVERSES } from './reference/universes.ts';
import { WINDOWS } from './reference/windows.ts';
import type { FunctionEntry } from './signature.ts';

/** A function with all that is said of it. */
export type DescribedFunction = FunctionEntry & FunctionText;

/** What is said of each function, in the order of the documents; a function without a text is left out. */
export const REFERENCE: readonly DescribedFunction[] = [
  RETURNS,
  WINDOWS,
  HISTORY,
  CONDITIONS,
  ARITHMETIC,
  CALENDAR,
  RULES,
  UNIVERSES,
].flatMap((texts) =>
  texts.flatMap((text) => {
    const entry = FUNCTIONS.get(text.name);
    return entry === undefined ? [] : [{ ...entry, ...text }];
  }),
);
