import type { Instant } from '../../shared/calendar/calendar.ts';
import { growRows, type Rows } from '../../shared/series/rows.ts';

interface Statement {
  readonly value: number;
  readonly known: Instant;
}

/**
 * Everything said in two places, once. Where both name a first value that does not say when it became known, the first
 * place's is it and the second place's is known from `since`, unless they agree. Joining again changes nothing.
 */
export function joinRows(first: Rows, second: Rows, since: Instant): Rows {
  const found = new Map<number, Statement[]>();
  for (const rows of [first, second]) {
    for (let index = 0; index < rows.length; index++) {
      const there = found.get(rows.day(index)) ?? [];
      found.set(rows.day(index), there);
      addOnce(there, { value: rows.value(index), known: rows.known(index) }, since);
    }
  }
  const joined = growRows();
  for (const day of [...found.keys()].toSorted((a, b) => a - b)) {
    for (const { value, known } of inOrder(found.get(day) ?? [])) joined.append(day, value, known);
  }
  return joined;
}

/** Whether two lists of rows say the same in the same order. */
export function sameRows(a: Rows, b: Rows): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) {
    const same =
      a.day(index) === b.day(index) &&
      Object.is(a.value(index), b.value(index)) &&
      Object.is(a.known(index), b.known(index));
    if (!same) return false;
  }
  return true;
}

function addOnce(there: Statement[], statement: Statement, since: Instant): void {
  if (says(there, statement)) return;
  const second = Number.isNaN(statement.known) && there.some(({ known }) => Number.isNaN(known));
  const added = second ? { value: statement.value, known: since } : statement;
  if (!says(there, added)) there.push(added);
}

function says(there: readonly Statement[], { value, known }: Statement): boolean {
  return there.some((one) => one.value === value && Object.is(one.known, known));
}

function inOrder(statements: readonly Statement[]): readonly Statement[] {
  return statements.toSorted((a, b) => rank(a) - rank(b) || 0);
}

function rank({ known }: Statement): number {
  return Number.isNaN(known) ? Number.MIN_SAFE_INTEGER : known;
}
