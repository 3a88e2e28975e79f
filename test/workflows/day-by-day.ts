import type { Alert } from '../../shared/alerts/alert.ts';
import { compose, frameOf } from '../../shared/alerts/compose.ts';
import { evidenceAt, type RecordedStates } from '../../shared/alerts/evidence.ts';
import { FIRING } from '../../shared/rules/lifecycle.ts';
import type { Rule } from '../../shared/rules/rule.ts';
import type { Archive } from '../../shared/series/archive.ts';
import { snapshotOf } from '../../shared/series/snapshot-of.ts';
import { evaluateSession } from '../../shared/workflows/evaluate-session.ts';
import { knowledgeOf, openContext, type RuleView } from '../../shared/workflows/evaluation-context.ts';
import { nothingRecorded, type Recorded } from '../../shared/workflows/recorded.ts';

/** Replays as the live service works: on each session all is taken anew as known at its close. Slow, and plain. */
export function replayDayByDay(archive: Archive, rules: readonly Rule[]): readonly Alert[] {
  const { calendar } = archive;
  const origin = archive.filled[0] ?? 0;
  const length = (archive.filled.at(-1) ?? -1) - origin + 1;
  const sessions = calendar.sessions.slice(origin, origin + length);
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const recorded = new Map<string, Recorded>();
  const views = new Map<string, RuleView>();
  const states = new Map<string, RecordedStates & { firstVerdict: number }>();
  const alerts: Alert[] = [];
  for (let index = 0; index < length; index += 1) {
    const snapshot = snapshotOf(archive, calendar.close(sessions[index] ?? ''), index + 1);
    const context = openContext(snapshot, { rules: byId, length: index + 1 });
    for (const { id, title } of rules) {
      states.set(id, states.get(id) ?? { title, states: new Uint8Array(length), firstVerdict: -1 });
    }
    const composed = rules.flatMap((rule) => {
      const view = context.view(rule);
      const before = views.get(rule.id);
      const evaluated = evaluateSession({
        rule,
        knowledge: knowledgeOf(view, sessions, (session) => sessions.indexOf(session)),
        index,
        recorded: recorded.get(rule.id) ?? nothingRecorded(null),
        believed: before === undefined ? null : (earlier) => before.course.states[earlier] === FIRING,
        sessionsBehind: 0,
      });
      recorded.set(rule.id, evaluated.recorded);
      views.set(rule.id, view);
      const own = states.get(rule.id);
      if (own !== undefined) {
        own.states[index] = view.course.states[index] ?? 0;
        if (own.firstVerdict < 0 && view.verdicts.when[index] !== 0) own.firstVerdict = index;
      }
      const frame = frameOf(rule, archive);
      const { figures, course } = view;
      return evaluated.transitions.map((transition) =>
        compose({ frame, transition, archive, snapshot, figures, episodes: course.episodes, evidence: [] }),
      );
    });
    for (const alert of composed) {
      const rule = byId.get(alert.rule);
      const evidence = rule === undefined ? [] : evidenceAt(rule, (id) => states.get(id), index);
      alerts.push({ ...alert, evidence });
    }
  }
  return alerts;
}
