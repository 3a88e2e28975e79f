import type { Alert } from '../alerts/alert.ts';
import type { Calendar, Session } from '../calendar/calendar.ts';
import type { RecordStore } from '../ports/records.ts';
import type { Course, EpisodeSpan } from '../rules/lifecycle.ts';
import { nothingRecorded, openEpisode, type Recorded } from '../workflows/recorded.ts';
import { listJson, readJson, type Stored } from './json-record.ts';
import { ruleStateName, RULE_STATES } from './names.ts';
import type { RuleDefinition } from './rule-book.ts';

/** An alert that was decided and is not surely stored yet. */
export interface DecidedAlert {
  readonly alert: Alert;
  /** Why it is recorded and never sent; null where it is to be sent. */
  readonly history: string | null;
}

/** A stretch of sessions on which a rule was told as firing; `end` is the session it no longer was, null while it is. */
export interface ToldSpan {
  readonly start: Session;
  readonly end: Session | null;
}

/**
 * All that is kept of a rule between sessions. One conditional write decides a session: the record and the alerts that
 * come of it, which are put into their own store afterwards, so that no alert can exist that the record does not know.
 */
export interface RuleState {
  readonly id: string;
  readonly recorded: Recorded;
  /** The last session evaluated; null before the first one. */
  readonly evaluated: Session | null;
  /** Where it fired as last told, as far back as corrections reach. */
  readonly told: readonly ToldSpan[];
  /** Whether it ever had a verdict. */
  readonly judged: boolean;
  readonly pending: readonly DecidedAlert[];
  /** The session that could not be evaluated, and why; null while all is well. */
  readonly failure: { readonly session: Session; readonly reason: string } | null;
}

/** A rule of which nothing is kept. */
export function newRuleState(id: string): RuleState {
  return {
    id,
    recorded: nothingRecorded(null),
    evaluated: null,
    told: [],
    judged: false,
    pending: [],
    failure: null,
  };
}

/** What is kept of every rule, by id. */
export async function listRuleStates(records: RecordStore): Promise<ReadonlyMap<string, Stored<RuleState>>> {
  const found = await listJson<RuleState>(records, RULE_STATES);
  return new Map(found.map((stored) => [stored.value.id, stored]));
}

/** What is kept of one rule. */
export async function readRuleState(records: RecordStore, id: string): Promise<Stored<RuleState>> {
  const name = ruleStateName(id);
  return (await readJson<RuleState>(records, name)) ?? { name, value: newRuleState(id), revision: 0 };
}

/** The session a rule is to be evaluated on next; null where it is at rest or the calendar ends. */
export function nextSession(
  definition: RuleDefinition,
  state: RuleState,
  calendar: Calendar,
): Session | null {
  const { live } = definition;
  const after = state.evaluated === null ? live : (calendar.next(state.evaluated) ?? null);
  if (definition.state !== 'enabled') return openEpisode(state.recorded) === null ? null : after;
  if (after === null || after >= live) return after;
  // It was at rest in between: what is still open is followed from where it stopped, anything else from its live session.
  return openEpisode(state.recorded) === null ? live : after;
}

/** Whether a rule has nothing more to do with a session: evaluated, not yet live, at rest, or told as failing. */
export function isDoneWith(
  definition: RuleDefinition,
  { state, session, calendar }: { state: RuleState; session: Session; calendar: Calendar },
): boolean {
  if (state.pending.length > 0) return false;
  const next = nextSession(definition, state, calendar);
  return next === null || next > session || (state.failure !== null && state.failure.session >= session);
}

/** Where a rule fires by a course, from a session on, as it is told now. */
export function toldOf(
  course: Course,
  sessions: readonly Session[],
  since: Session | null,
): readonly ToldSpan[] {
  const label = (index: number): Session => sessions[index] ?? '';
  const reaches = ({ end }: EpisodeSpan): boolean => end === null || since === null || label(end) > since;
  return course.episodes
    .filter(reaches)
    .map(({ start, end }) => ({ start: label(start), end: end === null ? null : label(end) }));
}

/** Whether a rule was told as firing on each session. */
export function believedOf(
  told: readonly ToldSpan[],
  sessions: readonly Session[],
): (index: number) => boolean {
  return (index) => {
    const session = sessions[index] ?? '';
    return told.some(({ start, end }) => start <= session && (end === null || session < end));
  };
}
