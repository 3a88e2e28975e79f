import type { Instant } from '../calendar/calendar.ts';
import type { Day } from '../calendar/date.ts';
import { growRows, type Rows } from './rows.ts';

/** What became of rows that were to be stored, in observations. */
export interface MergeCounts {
  /** First values of a key. */
  readonly accepted: number;
  readonly revised: number;
  /** Rows that repeat the value in force. */
  readonly unchanged: number;
}

/** Rows to store from now on, and what is new in them. */
export interface Merge {
  readonly rows: Rows;
  readonly counts: MergeCounts;
  /** False where everything was stored already. */
  readonly changed: boolean;
}

/** What one row says of a key; `known` is NaN where it does not say. */
interface Statement {
  readonly value: number;
  readonly known: Instant;
}

/**
 * Adds rows to those stored of one series (decision 2). A value that is new for a stored key is a revision known from
 * `now`, unless it says otherwise; the stored rows stay as they are. Rows that say when they became known are kept even
 * where they repeat the value in force, so that an earlier one may still arrive later and the order changes nothing.
 */
export function mergeRows(stored: Rows, incoming: Rows, now: Instant): Merge {
  if (stored.length === 0 && incoming.plain) {
    const counts = { accepted: incoming.length, revised: 0, unchanged: 0 };
    return { rows: incoming, counts, changed: incoming.length > 0 };
  }
  const kept = byDay(stored);
  const counts = { accepted: 0, revised: 0, unchanged: 0 };
  let changed = false;
  for (const [day, statements] of byDay(incoming)) {
    const known = kept.get(day) ?? [];
    const before = known.length;
    kept.set(day, known);
    const ordered = inOrder(statements, now);
    for (const [index, statement] of ordered.entries()) {
      counts[addStatement(known, statement, { now, last: index === ordered.length - 1 })]++;
    }
    if (known.length > before) changed = true;
  }
  return { rows: rowsOf(kept, now), counts, changed };
}

/** Adds what is new in a statement to those known of its key, and tells what it is. */
function addStatement(
  known: Statement[],
  statement: Statement,
  { now, last }: { now: Instant; last: boolean },
): keyof MergeCounts {
  if (known.length === 0) {
    known.push(statement);
    return 'accepted';
  }
  const { value } = statement;
  if (Number.isNaN(statement.known)) {
    // Only the last word of a batch speaks of today: an earlier one may have been overtaken long ago.
    const said = valueAt(known, now) === value || (!last && known.some((it) => it.value === value));
    if (said) return 'unchanged';
    known.push({ value, known: now });
    return 'revised';
  }
  if (known.some((it) => it.value === value && it.known === statement.known)) return 'unchanged';
  const repeats = valueAt(known, statement.known) === value;
  known.push(statement);
  return repeats ? 'unchanged' : 'revised';
}

/** The value in force at an instant. */
function valueAt(statements: readonly Statement[], at: Instant): number {
  let inForce = Number.NaN;
  for (const [index, { value, known }] of inOrder(statements, at).entries()) {
    if (index === 0 || known <= at) inForce = value;
  }
  return inForce;
}

/** The first statement of a key, then the others by when they became known. */
function inOrder(statements: readonly Statement[], now: Instant): readonly Statement[] {
  if (statements.length < 2) return statements;
  const [first, ...others] = statements.toSorted(
    (a, b) => instantOf(a, -Infinity) - instantOf(b, -Infinity) || 0,
  );
  if (first === undefined) return [];
  return [first, ...others.toSorted((a, b) => instantOf(a, now) - instantOf(b, now))];
}

function instantOf({ known }: Statement, unsaid: Instant): Instant {
  return Number.isNaN(known) ? unsaid : known;
}

function byDay(rows: Rows): Map<Day, Statement[]> {
  const found = new Map<Day, Statement[]>();
  for (let index = 0; index < rows.length; index++) {
    const statement = { value: rows.value(index), known: rows.known(index) };
    const there = found.get(rows.day(index));
    if (there === undefined) found.set(rows.day(index), [statement]);
    else there.push(statement);
  }
  return found;
}

function rowsOf(statements: ReadonlyMap<Day, readonly Statement[]>, now: Instant): Rows {
  const rows = growRows();
  for (const day of [...statements.keys()].toSorted((a, b) => a - b)) {
    for (const { value, known } of inOrder(statements.get(day) ?? [], now)) rows.append(day, value, known);
  }
  return rows;
}
