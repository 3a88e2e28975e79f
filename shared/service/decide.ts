import { type AlertFrame, compose } from '../alerts/compose.ts';
import { evidenceAt, type RecordedStates } from '../alerts/evidence.ts';
import type { Transition } from '../alerts/transition.ts';
import type { Session } from '../calendar/calendar.ts';
import { firstVerdict } from '../rules/lifecycle.ts';
import type { Rule } from '../rules/rule.ts';
import type { Archive } from '../series/archive.ts';
import { endRule, evaluateSession, LATE_LIMIT, remind } from '../workflows/evaluate-session.ts';
import { type EvaluationContext, knowledgeOf, type RuleView } from '../workflows/evaluation-context.ts';
import type { Knowledge } from '../workflows/knowledge.ts';
import type { Recorded } from '../workflows/recorded.ts';
import type { RuleDefinition } from './rule-book.ts';
import { believedOf, type DecidedAlert, type RuleState, toldOf } from './rule-state.ts';
import { type Silence, silenceEnds } from './silences.ts';

/** One session with everything known at its close. */
export interface SessionGround {
  readonly session: Session;
  /** Its index; `sessions` runs from the first stored value to it. */
  readonly index: number;
  readonly sessions: readonly Session[];
  readonly indexOf: (session: Session) => number | undefined;
  readonly archive: Archive;
  readonly context: EvaluationContext;
  readonly rules: ReadonlyMap<string, Rule>;
  readonly states: ReadonlyMap<string, RuleState>;
  /** Sessions finished after it. */
  readonly behind: number;
  readonly silences: readonly Silence[];
}

/** One rule to be decided on a session. */
export interface RuleGround {
  readonly rule: Rule;
  readonly frame: AlertFrame;
  readonly definition: RuleDefinition;
  readonly state: RuleState;
}

/**
 * Decides one rule on one session: its next state, with the alerts that come of it, composed as a replay composes them.
 * Pure; may throw where a rule breaks at run time.
 */
export function decideRule({ rule, frame, definition, state }: RuleGround, ground: SessionGround): RuleState {
  const view = ground.context.view(rule);
  const { index, session, sessions } = ground;
  const knowledge = knowledgeOf(view, sessions, ground.indexOf);
  const before = onLife(state.recorded, definition);
  const evaluated =
    definition.state === 'enabled'
      ? evaluateSession({
          rule,
          knowledge,
          index,
          recorded: before,
          believed: believedOf(state.told, sessions),
          sessionsBehind: ground.behind,
        })
      : endRule({ knowledge, index, recorded: before }, endReason(definition));
  const reminder = reminderOf({ rule, state, recorded: evaluated.recorded }, knowledge, ground);
  const transitions =
    reminder === null ? evaluated.transitions : [...evaluated.transitions, reminder.transition];
  const recorded = reminder?.recorded ?? evaluated.recorded;
  return {
    id: state.id,
    recorded,
    evaluated: session,
    told: toldOf(view.course, sessions, recorded.since),
    judged: state.judged || hasVerdict(view, index),
    pending: [...state.pending, ...transitions.map((one) => decided(one, { rule, frame, view }, ground))],
    failure: null,
  };
}

/** A rule that was enabled again begins anew from its live session: nothing before it is corrected or compared. */
function onLife(recorded: Recorded, { live, state }: RuleDefinition): Recorded {
  if (recorded.live === live || state !== 'enabled') return recorded;
  return { ...recorded, live, version: null, since: null, blind: false };
}

function endReason({ state }: RuleDefinition): 'rule deleted' | 'rule disabled' {
  return state === 'deleted' ? 'rule deleted' : 'rule disabled';
}

function hasVerdict({ verdicts }: RuleView, index: number): boolean {
  const first = firstVerdict(verdicts.when);
  return first < verdicts.when.length && first <= index;
}

/** The reminder that a silence ended while the rule fires; it counts as the episode's last alert. */
function reminderOf(
  { rule, state, recorded }: { rule: Rule; state: RuleState; recorded: Recorded },
  knowledge: Knowledge,
  { session, index, silences, behind }: SessionGround,
): { readonly transition: Transition; readonly recorded: Recorded } | null {
  if (!silenceEnds(rule.id, silences, { after: state.evaluated, session })) return null;
  const transition = remind({ knowledge, index, recorded });
  if (transition === null) return null;
  const withheld = behind > LATE_LIMIT ? ('history' as const) : null;
  const atLeast = transition.span === null ? null : knowledge.atLeast(transition.span, index);
  return {
    transition: { ...transition, late: behind > 0, withheld },
    recorded: { ...recorded, lastAlert: { session, atLeast } },
  };
}

function decided(
  transition: Transition,
  { rule, frame, view }: { rule: Rule; frame: AlertFrame; view: RuleView },
  ground: SessionGround,
): DecidedAlert {
  const alert = compose({
    frame,
    transition,
    archive: ground.archive,
    snapshot: ground.context.snapshot,
    figures: view.figures,
    episodes: view.course.episodes,
    evidence: evidenceAt(rule, (id) => recordedStates(id, ground), ground.index),
  });
  const history =
    transition.withheld === null ? null : `evaluated ${ground.behind} sessions late, more than ${LATE_LIMIT}`;
  return { alert, history };
}

/** Where another rule stands on the session; one that cannot be evaluated has no data. */
function recordedStates(id: string, ground: SessionGround): RecordedStates | undefined {
  const other = ground.rules.get(id);
  if (other === undefined) return undefined;
  try {
    const view = ground.context.view(other);
    const judged = ground.states.get(id)?.judged === true || hasVerdict(view, ground.index);
    return { title: other.title, states: view.course.states, firstVerdict: judged ? 0 : -1 };
  } catch {
    return { title: other.title, states: new Uint8Array(0), firstVerdict: -1 };
  }
}
