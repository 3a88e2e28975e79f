import { ARITHMETIC } from './functions/arithmetic.ts';
import { CALENDAR } from './functions/calendar.ts';
import { CONDITIONS } from './functions/conditions.ts';
import type { FunctionEntry } from './functions/entry.ts';
import { HISTORY } from './functions/history.ts';
import { RETURNS } from './functions/returns.ts';
import { RULES } from './functions/rules.ts';
import { UNIVERSES } from './functions/universes.ts';
import { WINDOWS } from './functions/windows.ts';

/** The one table of functions, by name, in the order of the documents. */
export const FUNCTIONS: ReadonlyMap<string, FunctionEntry> = new Map(
  [RETURNS, WINDOWS, HISTORY, CONDITIONS, ARITHMETIC, CALENDAR, RULES, UNIVERSES]
    .flat()
    .map((entry) => [entry.name, entry]),
);
