import type { Session } from '../calendar/calendar.ts';
import { NO_DATA } from '../expression/types.ts';
import { episodeId } from '../rules/lifecycle.ts';
import type { Rule } from '../rules/rule.ts';
import { correct } from './correction.ts';
import { blindAt, firesAt, type Knowledge, lastEpisodeAt } from './knowledge.ts';
import { openEpisode, type Recorded, type RecordedEpisode } from './recorded.ts';
import { ordinary, type Transition } from '../alerts/transition.ts';

/** A session evaluated more than this many sessions late is recorded and not sent. */
export const LATE_LIMIT = 30;

/** One rule on one session: what is known now, and what was recorded before. */
export interface EvaluationInput {
  readonly rule: Pick<Rule, 'id' | 'version' | 'update'>;
  readonly knowledge: Knowledge;
  /** The session to evaluate, by index; every earlier live session has been evaluated. */
  readonly index: number;
  readonly recorded: Recorded;
  /**
   * Whether the rule fired on an earlier session as last told (recorded, or corrected since); null where nothing that
   * the rule reads has changed since the last evaluation.
   */
  readonly believed: ((index: number) => boolean) | null;
  /** Finished sessions after this one: 0 when it is evaluated on its own evening. */
  readonly sessionsBehind: number;
}

/** What one evaluation says and what it leaves for the next. */
export interface Evaluated {
  readonly transitions: readonly Transition[];
  readonly recorded: Recorded;
}

/**
 * Evaluates one rule on one session (DESIGN section 5): the one step that the live service and the replay share. A
 * session before the rule's live session says and records nothing.
 */
export function evaluateSession(input: EvaluationInput): Evaluated {
  const { knowledge, index, rule } = input;
  const session = sessionAt(knowledge, index);
  if (input.recorded.live !== null && session < input.recorded.live) {
    return { transitions: [], recorded: input.recorded };
  }
  const changed = input.recorded.version !== null && input.recorded.version !== rule.version;
  const since = changed || input.recorded.since === null ? session : input.recorded.since;
  const correction =
    changed || input.believed === null
      ? null
      : correct({ rule: rule.id, knowledge, recorded: input.recorded, believed: input.believed, index });
  const before = correction === null ? input.recorded : afterAlert(input, correction.recorded, correction);
  const sight = sightOf(input, before);
  const from = changed || input.recorded.live !== null ? since : null;
  const course = changed
    ? onChangedRule(input, before, from)
    : onSameRule(input, afterSight(input, before, sight), from);
  const transitions = [correction?.transition ?? null, sight, course].filter((one) => one !== null);
  return {
    transitions: transitions.map((transition) => ({ ...transition, ...lateness(input.sessionsBehind) })),
    recorded: {
      ...record(input, before, transitions),
      version: rule.version,
      // What nobody was told of yet cannot be corrected.
      since: openEpisode(before) === null && isWaiting(input) ? null : since,
    },
  };
}

/** Whether a rule fires by what came before on a session of no data, which says nothing and so begins no episode. */
function isWaiting({ knowledge, index }: EvaluationInput): boolean {
  return firesAt(knowledge, index) && knowledge.verdicts.when[index] === NO_DATA;
}

function sessionAt(knowledge: Knowledge, index: number): Session {
  return knowledge.sessions[index] ?? '';
}

function lateness(sessionsBehind: number): Pick<Transition, 'late' | 'withheld'> {
  return { late: sessionsBehind > 0, withheld: sessionsBehind > LATE_LIMIT ? 'history' : null };
}

/** A correction of the open episode is its last alert: what it says of the record is not said twice on one session. */
function afterAlert(
  input: EvaluationInput,
  recorded: Recorded,
  correction: { readonly transition: Transition },
): Recorded {
  const open = openEpisode(recorded);
  if (open === null) return { ...recorded, lastAlert: null };
  const told = openEpisode(input.recorded)?.id === open.id && recorded.lastAlert !== null;
  if (told && correction.transition.episode?.id !== open.id) return recorded;
  return { ...recorded, lastAlert: claimAt(input) };
}

/** What the open episode claims on the session: the date its alerts carry. */
function claimAt(input: EvaluationInput): NonNullable<Recorded['lastAlert']> {
  const { knowledge, index } = input;
  const span = lastEpisodeAt(knowledge.course.episodes, index);
  return { session: sessionAt(knowledge, index), atLeast: knowledge.atLeast(span, index) };
}

/** Blind on the second session of no data running, told once until a session has data again. */
function sightOf(input: EvaluationInput, before: Recorded): Transition | null {
  const { knowledge, index } = input;
  const hasData = knowledge.verdicts.when[index] !== NO_DATA;
  const open = openEpisode(before);
  const span = open === null ? null : lastEpisodeAt(knowledge.course.episodes, index);
  if (hasData) return before.blind ? ordinary('recovered', index, open, span) : null;
  const excused = knowledge.verdicts.excused[index] === 1;
  if (before.blind || excused || !blindAt(knowledge.course, index)) return null;
  return ordinary('blind', index, open, span);
}

/** What is said of sight carries the claim of its session too: `on record` does not say that twice. */
function afterSight(input: EvaluationInput, before: Recorded, sight: Transition | null): Recorded {
  const { lastAlert } = before;
  if (sight === null || lastAlert === null) return before;
  return { ...before, lastAlert: { ...lastAlert, atLeast: claimAt(input).atLeast } };
}

function onSameRule(input: EvaluationInput, before: Recorded, from: Session | null): Transition | null {
  const { knowledge, index } = input;
  const open = openEpisode(before);
  const fires = firesAt(knowledge, index);
  const span = lastEpisodeAt(knowledge.course.episodes, index);
  if (open === null) return begin(input, from);
  if (!fires) return ordinary('resolved', index, asKnown(input, open), span);
  return speaksAgain(input, before) ? ordinary('updated', index, asKnown(input, open), span) : null;
}

/**
 * A new episode under its true first session, told on the first session with a verdict; one that began before `from`, the
 * first session told of, was already true. Null where the rule does not fire or waits for a verdict.
 */
function begin(input: EvaluationInput, from: Session | null): Transition | null {
  const { knowledge, index, rule } = input;
  if (!firesAt(knowledge, index) || isWaiting(input)) return null;
  const span = lastEpisodeAt(knowledge.course.episodes, index);
  const start = sessionAt(knowledge, knowledge.course.episodes[span]?.start ?? index);
  const fired = ordinary('fired', index, { id: episodeId(rule.id, start), start }, span);
  return { ...fired, alreadyTrue: from !== null && start < from };
}

/** The open episode under its recorded id, with its first session as known now. */
function asKnown(
  input: Pick<EvaluationInput, 'knowledge' | 'index'>,
  open: RecordedEpisode,
): RecordedEpisode {
  const { knowledge, index } = input;
  const start = knowledge.course.episodes[lastEpisodeAt(knowledge.course.episodes, index)]?.start;
  return { ...open, start: start === undefined ? open.start : sessionAt(knowledge, start) };
}

function speaksAgain(input: EvaluationInput, before: Recorded): boolean {
  const { knowledge, index, rule } = input;
  const last = before.lastAlert;
  if (last === null || knowledge.verdicts.when[index] === NO_DATA) return false;
  switch (rule.update.kind) {
    case 'never':
      return false;
    case 'every':
      return index - (knowledge.index(last.session) ?? index) >= rule.update.sessions;
    case 'on record':
      return claimAt(input).atLeast !== last.atLeast;
  }
}

/** The first session of a new version: it goes on, ends, or was already true, and says why. */
function onChangedRule(input: EvaluationInput, before: Recorded, from: Session | null): Transition | null {
  const { knowledge, index } = input;
  const open = openEpisode(before);
  const fires = firesAt(knowledge, index);
  const span = lastEpisodeAt(knowledge.course.episodes, index);
  if (open === null) return begin(input, from);
  if (fires) {
    const updated = ordinary('updated', index, asKnown(input, open), span);
    return { ...updated, reason: 'rule changed' };
  }
  return { ...ordinary('resolved', index, open, null), reason: 'rule changed' };
}

/** Takes the session's transitions into the record. */
function record(input: EvaluationInput, before: Recorded, said: readonly Transition[]): Recorded {
  let { episodes, lastAlert, blind } = before;
  for (const transition of said) {
    const { episode } = transition;
    if (transition.kind === 'fired' && episode !== null) episodes = [...episodes, { ...episode, end: null }];
    if (transition.kind === 'resolved') episodes = endLast(episodes, sessionAt(input.knowledge, input.index));
    if (transition.kind === 'blind') blind = true;
    if (transition.kind === 'recovered') blind = false;
    if (transition.kind === 'resolved') lastAlert = null;
    else if (transition.kind !== 'correction' && episode !== null) lastAlert = claimAt(input);
  }
  return { ...before, episodes, lastAlert, blind };
}

function endLast(episodes: readonly RecordedEpisode[], end: Session): readonly RecordedEpisode[] {
  const last = episodes.at(-1);
  return last === undefined ? episodes : [...episodes.slice(0, -1), { ...last, end }];
}

/**
 * Ends the open episode of a rule that was deleted or disabled, with that reason; nothing to say where none is open. The
 * record that is left has nothing open.
 */
export function endRule(
  input: Pick<EvaluationInput, 'knowledge' | 'index' | 'recorded'>,
  reason: 'rule deleted' | 'rule disabled',
): Evaluated {
  const { knowledge, index, recorded } = input;
  const open = openEpisode(recorded);
  if (open === null) return { transitions: [], recorded };
  const span = firesAt(knowledge, index) ? lastEpisodeAt(knowledge.course.episodes, index) : null;
  const episodes = endLast(recorded.episodes, sessionAt(knowledge, index));
  return {
    transitions: [{ ...ordinary('resolved', index, open, span), reason }],
    recorded: { ...recorded, episodes, lastAlert: null },
  };
}

/** A silence ended while the rule fires: what reminds of the open episode; nothing where none is open. */
export function remind(input: Pick<EvaluationInput, 'knowledge' | 'index' | 'recorded'>): Transition | null {
  const { knowledge, index, recorded } = input;
  const open = openEpisode(recorded);
  if (open === null || !firesAt(knowledge, index)) return null;
  return ordinary('reminder', index, asKnown(input, open), lastEpisodeAt(knowledge.course.episodes, index));
}
