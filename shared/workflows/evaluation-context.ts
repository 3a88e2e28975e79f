import { createFigures, type Figures } from '../alerts/figures.ts';
import type { PrefixFigures } from '../alerts/prefix-figures.ts';
import type { Session } from '../calendar/calendar.ts';
import { createEngine, type Engine } from '../expression/engine.ts';
import { type Course, firingCodes, fold, type Verdicts } from '../rules/lifecycle.ts';
import type { Rule } from '../rules/rule.ts';
import { verdictsOf } from '../rules/verdicts.ts';
import type { Snapshot } from '../series/snapshot.ts';
import type { Knowledge } from './knowledge.ts';

/** One rule under one state of knowledge: its verdicts, its course, its figures. */
export interface RuleView {
  readonly verdicts: Verdicts;
  readonly course: Course;
  readonly figures: Figures;
}

/** Rules over one snapshot; what they share is computed once. */
export interface EvaluationContext {
  readonly snapshot: Snapshot;
  view(rule: Rule): RuleView;
}

/**
 * Opens rules over a snapshot. `length` is how many sessions to judge from its origin: where the snapshot ends before,
 * the rest is no data. A rule that `firing("…")` names and that is not given has no data.
 */
export function openContext(
  snapshot: Snapshot,
  rules: ReadonlyMap<string, Rule>,
  length: number,
): EvaluationContext {
  const views = new Map<string, RuleView>();
  const codes = new Map<string, Uint8Array>();
  const shared = new Map<string, PrefixFigures>();
  const sessions = snapshot.calendar.sessions.slice(snapshot.origin, snapshot.origin + length);
  const engine: Engine = createEngine(snapshot, (id) => {
    const known = codes.get(id);
    if (known !== undefined) return known;
    // A circle is an error of the file; should one get here, the rule that closes it has no data.
    codes.set(id, new Uint8Array(length));
    const rule = rules.get(id);
    if (rule !== undefined) {
      const { course, verdicts } = view(rule);
      codes.set(id, firingCodes(course, verdicts.when));
    }
    return codes.get(id) ?? new Uint8Array(length);
  });
  const view = (rule: Rule): RuleView => {
    const known = views.get(rule.id);
    if (known !== undefined) return known;
    const verdicts = padded(verdictsOf(rule, engine), length);
    const course = fold(rule, verdicts);
    const figures = createFigures({ rule, engine, sessions, verdicts, course, shared });
    const made = { verdicts, course, figures };
    views.set(rule.id, made);
    return made;
  };
  return { snapshot, view };
}

function padded(verdicts: Verdicts, length: number): Verdicts {
  if (verdicts.when.length === length) return verdicts;
  const pad = (codes: Uint8Array): Uint8Array => {
    const longer = new Uint8Array(length);
    longer.set(codes.subarray(0, length));
    return longer;
  };
  return { when: pad(verdicts.when), resolve: pad(verdicts.resolve), excused: pad(verdicts.excused) };
}

/** A view as the step of one session reads it. */
export function knowledgeOf(
  view: RuleView,
  sessions: readonly Session[],
  index: (session: Session) => number | undefined,
): Knowledge {
  return {
    sessions,
    index,
    verdicts: view.verdicts,
    course: view.course,
    atLeast: (episode, at) => view.figures.precedents?.atLeast(episode, at) ?? null,
  };
}
