import { isScalar } from 'yaml';
import type * as z from 'zod/mini';
import type { Calendar, Session } from '../calendar/calendar.ts';
import { isDate } from '../calendar/date.ts';
import type { MembershipSpan } from '../series/archive.ts';
import { type Problem, problem } from './finding.ts';
import { scalarOffsets } from './scalar-offsets.ts';
import { expandNames, readSeries } from './series-notation.ts';
import type { RULE_TEST_SHAPE } from './test-schema.ts';
import { keyOffset, nodeAt, offsetOf, type Path } from './yaml-document.ts';

/** A rule test as a file writes it. */
export type TestText = z.infer<typeof RULE_TEST_SHAPE>;

/** One value of a test: of a series id, on a date. */
export interface TestValue {
  readonly series: string;
  readonly date: string;
  readonly value: number;
}

/** A file of rule tests while it is read. */
export interface Reading {
  readonly text: string;
  readonly root: unknown;
  readonly calendar: Calendar;
  readonly problems: Problem[];
}

/** The values of a test, in the order of its series. */
export function readValues(reading: Reading, raw: TestText, base: Path): readonly TestValue[] {
  const start = sessionIndex(reading, raw.from, [...base, 'from']);
  return Object.entries(raw.series).flatMap(([pattern, given]) => {
    const path = [...base, 'series', pattern];
    const values =
      typeof given === 'object'
        ? dated(reading, given, path)
        : onSessions(reading, String(given), start, path);
    return expandNames(pattern).flatMap((name) =>
      values.map((value) => ({ series: withField(name), ...value })),
    );
  });
}

type DatedValue = Omit<TestValue, 'series'>;

function dated(reading: Reading, given: Readonly<Record<string, number>>, path: Path): readonly DatedValue[] {
  for (const date of Object.keys(given)) {
    if (!reading.calendar.covers(date))
      report(reading, [...path, date], `expected a date of the calendar, found ${date}`);
  }
  return Object.entries(given).map(([date, value]) => ({ date, value }));
}

function onSessions(reading: Reading, text: string, start: number, path: Path): readonly DatedValue[] {
  const read = readSeries(text);
  if (!read.ok) {
    const node = nodeAt(reading.root, path);
    const offsets = isScalar(node) ? scalarOffsets(reading.text, node) : [];
    for (const { offset, message } of read.errors) {
      reading.problems.push(
        problem(offsets[offset] ?? offsetOf(reading.root, path), 'series-notation', message),
      );
    }
    return [];
  }
  const { sessions } = reading.calendar;
  if (start >= 0 && start + read.value.length > sessions.length)
    report(reading, path, 'expected sessions within the calendar');
  return read.value.flatMap((value, index) => {
    const date = sessions[start + index];
    return value === null || start < 0 || date === undefined ? [] : [{ date, value }];
  });
}

/** `close` is the field of a bare instrument; what follows the last dot is a field only where it looks like one. */
function withField(name: string): string {
  return /\.[a-z_][a-z0-9_]*$/.test(name) ? name : `${name}.close`;
}

/** The dated memberships of a test. */
export function readMembers(raw: NonNullable<TestText['members']>): readonly MembershipSpan[] {
  return Object.entries(raw).flatMap(([universe, members]) => {
    const spans = Array.isArray(members) ? members.map((name) => ({ name, span: {} })) : spansOf(members);
    return spans.flatMap(({ name, span: { from, to } }: MemberText) =>
      expandNames(name).map((instrument) => ({ universe, instrument, from: from ?? null, to: to ?? null })),
    );
  });
}

interface MemberText {
  readonly name: string;
  readonly span: { readonly from?: string | undefined; readonly to?: string | undefined };
}

function spansOf(members: Readonly<Record<string, MemberText['span']>>): readonly MemberText[] {
  return Object.entries(members).map(([name, span]) => ({ name, span }));
}

/** The ordinal of a session; reports a date that is none, and gives -1. */
export function sessionIndex(reading: Reading, session: Session, path: Path): number {
  const known =
    isDate(session) && reading.calendar.covers(session) ? reading.calendar.ordinal(session) : undefined;
  if (known === undefined)
    report(reading, path, `expected a session, found ${session}, on which the exchange is closed`);
  return known ?? -1;
}

/** Reports an error at the value of a path, or at its key where it has none. */
export function report(reading: Reading, path: Path, message: string): void {
  const at = keyOffset(reading.root, path);
  const value = nodeAt(reading.root, path) === undefined ? at : offsetOf(reading.root, path);
  reading.problems.push(problem(value ?? offsetOf(reading.root, path), 'wrong-value', message));
}
