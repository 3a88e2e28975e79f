import type { Calendar, Instant, Session } from '../calendar/calendar.ts';
import { civilDay, dayOf } from '../calendar/date.ts';
import { newYorkClock } from '../calendar/new-york-time.ts';
import type { RecordStore } from '../ports/records.ts';
import { changeJson, readJson } from './json-record.ts';
import { PROGRESS, sessionName } from './names.ts';

/** How far the service has come: sessions are released and evaluated in order, so that two sessions say it all. */
export interface Progress {
  /** The last session finished when the service began: it and those before are history. */
  readonly history: Session;
  /** The last session given to evaluation. */
  readonly released: Session;
  /** The last session on which every rule was evaluated or told as failing. */
  readonly evaluated: Session;
}

/** What is kept of one session. */
export interface SessionRecord {
  readonly session: Session;
  readonly releasedAt: Instant;
  /** `incomplete`: the evening was over and not all had come. */
  readonly release: 'complete' | 'incomplete';
  /** Why the session is not complete, one line each. */
  readonly missing: readonly string[];
  readonly evaluatedAt: Instant | null;
}

/** Minutes after midnight, New York, on a session's own day (1440: the end of it). */
export type MinuteOfDay = number;

/** The instant of a minute of a session's day in New York. */
export function instantOn(session: Session, minute: MinuteOfDay): Instant {
  return newYorkClock(Number(session.slice(0, 4)))(dayOf(session), minute);
}

/** Reads how far the service has come; null before it began. */
export async function readProgress(records: RecordStore): Promise<Progress | null> {
  return (await readJson<Progress>(records, PROGRESS))?.value ?? null;
}

/** Begins the service unless it has begun: sessions finished by now are history. */
export async function openProgress(
  records: RecordStore,
  calendar: Calendar,
  now: Instant,
): Promise<Progress> {
  const last = calendar.lastFinished(now) ?? calendar.first;
  const beginning = { history: last, released: last, evaluated: last };
  return (
    (await changeJson<Progress>(records, PROGRESS, (before) => (before === null ? beginning : null))) ??
    beginning
  );
}

/** Moves the last released or evaluated session on; never back. */
export async function advanceProgress(
  records: RecordStore,
  to: Partial<Pick<Progress, 'released' | 'evaluated'>>,
): Promise<void> {
  await changeJson<Progress>(records, PROGRESS, (before) => {
    if (before === null) return null;
    const released = later(before.released, to.released);
    const evaluated = later(before.evaluated, to.evaluated);
    return released === before.released && evaluated === before.evaluated
      ? null
      : { ...before, released, evaluated };
  });
}

function later(one: Session, other: Session | undefined): Session {
  return other !== undefined && other > one ? other : one;
}

/** Reads what is kept of a session; null before it was released. */
export async function readSession(records: RecordStore, session: Session): Promise<SessionRecord | null> {
  return (await readJson<SessionRecord>(records, sessionName(session)))?.value ?? null;
}

/** Sessions after one up to another, oldest first; empty where there are none or the first is the later. */
export function sessionsBetween(calendar: Calendar, after: Session, to: Session): readonly Session[] {
  if (after >= to) return [];
  const from = calendar.covers(after) ? calendar.next(after) : calendar.sessions[0];
  return from === undefined || from > to ? [] : calendar.range(from, to);
}

/** The last day of a calendar's horizon counted from an instant, in days. */
export function daysToHorizon(calendar: Calendar, now: Instant): number {
  const [year = 0, month = 0, day = 0] = calendar.last.split('-').map(Number);
  return Math.floor(civilDay(year, month, day) - now / 86_400_000);
}
