import type { Session } from '../calendar/calendar.ts';
import { NO_DATA, TRUE } from '../expression/types.ts';
import { stateOf } from '../rules/lifecycle.ts';
import type { Rule } from '../rules/rule.ts';
import type { State } from '../rules/verdict.ts';
import type { Archive } from '../series/archive.ts';
import { follow, type Period } from './follow.ts';

/** What was decided for one rule on one session with what was known then. */
export interface StateRow {
  readonly rule: string;
  readonly session: Session;
  /** Null is no data. */
  readonly when: boolean | null;
  /** Null on a session outside the loaded values. */
  readonly state: State | null;
}

/**
 * One row per rule and session of the period, in the order of the rules. Sessions asked for outside the loaded values
 * are null; a date outside the calendar is cut off at its horizon.
 */
export function states(archive: Archive, rules: readonly Rule[], period: Period = {}): readonly StateRow[] {
  // No alert is wanted: nothing is told before a session later than any.
  const followed = follow(archive, rules, { from: '9999-12-31', to: period.to });
  const positions = new Map(followed.sessions.map((session, index) => [session, index]));
  const asked = sessionsAsked(archive, period);
  return rules.flatMap((rule) => {
    const record = followed.records.get(rule.id);
    return asked.map((session): StateRow => {
      const index = positions.get(session);
      if (index === undefined || record === undefined) {
        return { rule: rule.id, session, when: null, state: null };
      }
      const code = record.when[index] ?? NO_DATA;
      const state = stateOf(record.states[index] ?? 0);
      return { rule: rule.id, session, when: code === NO_DATA ? null : code === TRUE, state };
    });
  });
}

function sessionsAsked(archive: Archive, period: Period): readonly Session[] {
  const { calendar, filled } = archive;
  const first = calendar.sessions[filled[0] ?? -1];
  const last = calendar.sessions[filled.at(-1) ?? -1];
  const from = period.from ?? first;
  const to = period.to ?? last;
  if (from === undefined || to === undefined) return [];
  const within = (date: string): string =>
    date < calendar.first ? calendar.first : date > calendar.last ? calendar.last : date;
  return from > to ? [] : calendar.range(within(from), within(to));
}
