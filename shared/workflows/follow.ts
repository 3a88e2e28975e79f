import { type AlertFrame, compose, frameOf } from '../alerts/compose.ts';
import type { Alert } from '../alerts/alert.ts';
import { evidenceAt, type RecordedStates } from '../alerts/evidence.ts';
import type { Session } from '../calendar/calendar.ts';
import { NO_DATA } from '../expression/types.ts';
import { FIRING } from '../rules/lifecycle.ts';
import type { Rule } from '../rules/rule.ts';
import type { Archive } from '../series/archive.ts';
import { epochsOf } from './epochs.ts';
import { evaluateSession } from './evaluate-session.ts';
import { createContexts } from './contexts.ts';
import { type EvaluationContext, knowledgeOf, type RuleView } from './evaluation-context.ts';
import { nothingRecorded, type Recorded } from './recorded.ts';

/** Sessions to follow rules through, inclusive; anything absent is the first or last loaded one. */
export interface Period {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** What was decided for a rule on each session, by index, with what was known then. */
export interface RuleRecord extends RecordedStates {
  readonly when: Uint8Array;
}

/** Rules followed through all sessions up to the period's end. */
export interface Followed {
  readonly sessions: readonly Session[];
  readonly records: ReadonlyMap<string, RuleRecord>;
  /** Alerts of the period, in order of session, then of the rules. */
  readonly alerts: readonly Alert[];
}

/** What becomes of a rule while it is followed. */
interface Run {
  readonly rule: Rule;
  readonly frame: AlertFrame;
  readonly ends: ReadonlySet<number>;
  readonly states: Uint8Array;
  readonly when: Uint8Array;
  /** Where the next stretch begins. */
  next: number;
  recorded: Recorded;
  /** The states of the stretch before, over all sessions it knew. */
  believed: Uint8Array | null;
  readonly alerts: Alert[];
}

/** Everything a stretch of one rule is followed with. */
interface Ground {
  readonly archive: Archive;
  readonly sessions: readonly Session[];
  readonly index: (session: Session) => number | undefined;
  /** Whether alerts of a session are wanted. */
  readonly speaks: (index: number) => boolean;
}

/**
 * Follows rules session by session, as known on each, in as few passes as what became known later allows: rules whose
 * past does not change share one snapshot for all sessions. The period chooses what is told, never what it rests on.
 */
export function follow(archive: Archive, rules: readonly Rule[], period: Period): Followed {
  const sessions = sessionsUpTo(archive, period.to);
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const origin = archive.filled[0] ?? 0;
  const epochs = epochsOf(archive, byId, { origin, length: sessions.length });
  const runs = rules.map((rule) =>
    createRun(frameOf(rule, archive), epochs.get(rule.id)?.ends ?? [], sessions.length),
  );
  const positions = new Map(sessions.map((session, index) => [session, index]));
  const ground: Ground = {
    archive,
    sessions,
    index: (session) => positions.get(session),
    speaks: (index) => period.from === undefined || (sessions[index] ?? '') >= period.from,
  };
  const contexts = createContexts(archive, byId, epochs);
  for (const end of allEnds(runs)) {
    const context = contexts.take(end);
    for (const run of runs) if (run.ends.has(end)) followStretch(run, end, context, ground);
  }
  const records = new Map(runs.map((run) => [run.rule.id, recordOf(run)]));
  return { sessions, records, alerts: inOrder(runs, records, ground) };
}

/** Every session from the first loaded value to the last, or to the end of the period. */
function sessionsUpTo(archive: Archive, to: string | undefined): readonly Session[] {
  const first = archive.filled[0];
  const last = archive.filled.at(-1);
  if (first === undefined || last === undefined) return [];
  const sessions = archive.calendar.sessions.slice(first, last + 1);
  return to === undefined ? sessions : sessions.filter((session) => session <= to);
}

function createRun(frame: AlertFrame, ends: readonly number[], length: number): Run {
  return {
    rule: frame.rule,
    frame,
    ends: new Set(length === 0 ? [] : ends),
    states: new Uint8Array(length),
    when: new Uint8Array(length),
    next: 0,
    recorded: nothingRecorded(null),
    believed: null,
    alerts: [],
  };
}

function allEnds(runs: readonly Run[]): readonly number[] {
  return [...new Set(runs.flatMap((run) => [...run.ends]))].toSorted((a, b) => a - b);
}

/** Evaluates the sessions of one stretch, the first with what became known before it. */
function followStretch(run: Run, end: number, context: EvaluationContext, ground: Ground): void {
  const view = context.view(run.rule);
  const knowledge = knowledgeOf(view, ground.sessions, ground.index);
  const { believed } = run;
  for (let index = run.next; index <= end; index += 1) {
    const evaluated = evaluateSession({
      rule: run.rule,
      knowledge,
      index,
      recorded: run.recorded,
      believed: index === run.next && believed !== null ? (earlier) => believed[earlier] === FIRING : null,
      sessionsBehind: 0,
    });
    run.recorded = evaluated.recorded;
    run.states[index] = view.course.states[index] ?? 0;
    run.when[index] = view.verdicts.when[index] ?? NO_DATA;
    if (evaluated.transitions.length > 0 && ground.speaks(index))
      speak(run, evaluated, view, context, ground);
  }
  run.next = end + 1;
  run.believed = view.course.states;
}

function speak(
  run: Run,
  evaluated: ReturnType<typeof evaluateSession>,
  view: RuleView,
  context: EvaluationContext,
  ground: Ground,
): void {
  for (const transition of evaluated.transitions) {
    run.alerts.push(
      compose({
        frame: run.frame,
        transition,
        archive: ground.archive,
        snapshot: context.snapshot,
        figures: view.figures,
        episodes: view.course.episodes,
        // What the other rules recorded is known once all have been followed.
        evidence: [],
      }),
    );
  }
}

function recordOf(run: Run): RuleRecord {
  const { states, when, rule } = run;
  return { title: rule.title, states, when, firstVerdict: when.findIndex((code) => code !== NO_DATA) };
}

/** Alerts by session, then in the order of the rules, with the evidence as recorded on their sessions. */
function inOrder(
  runs: readonly Run[],
  records: ReadonlyMap<string, RuleRecord>,
  ground: Ground,
): readonly Alert[] {
  return runs
    .flatMap((run) => run.alerts.map((alert) => ({ ...alert, evidence: evidenceFor(run.rule, alert) })))
    .toSorted((a, b) => (a.session < b.session ? -1 : Number(a.session > b.session)));

  function evidenceFor(rule: Rule, alert: Alert): Alert['evidence'] {
    return evidenceAt(rule, (id) => records.get(id), ground.index(alert.session) ?? -1);
  }
}
