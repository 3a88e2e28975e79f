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
  /** What evaluates the rules, for whoever wants the value of a part of one. */
  readonly engine: Engine;
  view(rule: Rule): RuleView;
  /** What `firing("…")` reads of a rule: a code per session judged. */
  firing(rule: Rule): Uint8Array;
}

/** What rules are opened over; see `openContext`. */
export interface ContextOptions {
  readonly rules: ReadonlyMap<string, Rule>;
  /** Sessions to judge from the snapshot's origin. */
  readonly length: number;
  /** Codes of a rule that are known from elsewhere, at least as many as are judged; null where they are not. */
  readonly known?: (rule: Rule) => Uint8Array | null;
}

/**
 * Opens rules over a snapshot. Where it ends before the last session to judge, the rest is no data. A rule that `firing("…")` names and that is not given has no data.
 */
export function openContext(snapshot: Snapshot, options: ContextOptions): EvaluationContext {
  const { rules, length } = options;
  // By the rule itself: a draft may stand beside the saved rule of its id.
  const views = new WeakMap<Rule, RuleView>();
  const codes = new Map<string, Uint8Array>();
  const shared = new Map<string, PrefixFigures>();
  const sessions = snapshot.calendar.sessions.slice(snapshot.origin, snapshot.origin + length);
  const nothing = new Uint8Array(length);
  const engine: Engine = createEngine(snapshot, (id) => {
    const rule = rules.get(id);
    return rule === undefined ? nothing : firing(rule);
  });
  const firing = (rule: Rule): Uint8Array => {
    const kept = codes.get(rule.id);
    if (kept !== undefined) return kept;
    // A circle is an error of the file; should one get here, the rule that closes it has no data.
    codes.set(rule.id, nothing);
    const found = options.known?.(rule)?.subarray(0, length) ?? firingHere(view(rule));
    codes.set(rule.id, found);
    return found;
  };
  const view = (rule: Rule): RuleView => {
    const kept = views.get(rule);
    if (kept !== undefined) return kept;
    const verdicts = padded(verdictsOf(rule, engine), length);
    const course = fold(rule, verdicts);
    const figures = createFigures({ rule, engine, sessions, verdicts, course, shared });
    const made = { verdicts, course, figures };
    views.set(rule, made);
    return made;
  };
  return { snapshot, engine, view, firing };
}

function firingHere({ course, verdicts }: RuleView): Uint8Array {
  return firingCodes(course, verdicts.when);
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
