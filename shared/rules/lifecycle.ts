import type { Session } from '../calendar/calendar.ts';
import { FALSE, NO_DATA, TRUE } from '../expression/types.ts';
import type { State, Verdict } from './verdict.ts';

/** The two counts that shape a rule's course (DESIGN section 5). */
export interface Lifecycle {
  /** Sessions running on which `when` must be true before the rule fires, from 1 (Prometheus `for`, plus one). */
  readonly hold: number;
  /** Sessions running on which `resolve_when` may be true before the rule resolves, from 0. */
  readonly keepFiring: number;
}

/** All that a rule carries from one session to the next: a plain value that can be stored. */
export interface Memory {
  readonly state: State;
  /** Sessions running on which `when` was true, while not firing; sessions of no data aside. */
  readonly trueRun: number;
  /** Sessions running on which `resolve_when` was true, while firing. */
  readonly resolveRun: number;
  /** Whether the rule ever had a verdict. */
  readonly judged: boolean;
  /** Sessions of no data running; an excused one ends the run. */
  readonly blindRun: number;
  /** Whether `blind` was said and not yet taken back by `recovered`. */
  readonly blind: boolean;
}

/** What one session makes of a rule. */
export interface Step {
  readonly memory: Memory;
  readonly state: State;
  readonly transition: 'fired' | 'resolved' | null;
  /** `blind` on the second session of no data running, `recovered` on the first with data after it. */
  readonly sight: 'blind' | 'recovered' | null;
}

type Draft = { -readonly [Key in keyof Memory]: Memory[Key] };

/** A rule before its first session. */
export const BEGINNING: Memory = {
  state: 'inactive',
  trueRun: 0,
  resolveRun: 0,
  judged: false,
  blindRun: 0,
  blind: false,
};

/** Sessions of no data running that make a rule blind. */
const BLIND_AFTER = 2;

/** Takes a rule over one session. A session of no data changes no state and no counter but that towards `blind`. */
export function advance(lifecycle: Lifecycle, memory: Memory, verdict: Verdict): Step {
  const draft: Draft = { ...memory };
  const sight = see(draft, verdict.when, verdict.excused);
  const transition = decide(lifecycle, draft, verdict.when, verdict.resolve);
  return { memory: draft, state: draft.state, transition, sight };
}

/** Verdicts of a rule, one per session: codes in `when` and `resolve`, 1 where a session of no data is excused. */
export interface Verdicts {
  readonly when: Uint8Array;
  readonly resolve: Uint8Array;
  readonly excused: Uint8Array;
}

/** One continuous firing, by index of the verdicts. */
export interface EpisodeSpan {
  /** The first firing session. */
  readonly start: number;
  /** The session it was resolved on; null while open. */
  readonly end: number | null;
  /** Sessions on which it was firing. */
  readonly sessions: number;
}

/** The course of a rule over many sessions. */
export interface Course {
  /** INACTIVE, PENDING or FIRING per session; 0 before `from`. */
  readonly states: Uint8Array;
  readonly episodes: readonly EpisodeSpan[];
  /** Sessions on which it became blind, and on which it recovered, ascending. */
  readonly blind: readonly number[];
  readonly recovered: readonly number[];
  /** Where it stands after the last session. */
  readonly memory: Memory;
}

/** Codes of states in a `Course`. */
export const INACTIVE = 0;
export const PENDING = 1;
export const FIRING = 2;
const CODE_OF: Readonly<Record<State, number>> = { inactive: INACTIVE, pending: PENDING, firing: FIRING };
const STATES: readonly State[] = ['inactive', 'pending', 'firing'];

/** The state a code stands for. */
export function stateOf(code: number): State {
  return STATES[code] ?? 'inactive';
}

/**
 * Folds a rule over all sessions in one pass; the same steps as `advance`. Sessions before `from` are left out, as if
 * the rule had not existed.
 */
export function fold(lifecycle: Lifecycle, verdicts: Verdicts, from = 0): Course {
  const { when, resolve, excused } = verdicts;
  const draft: Draft = { ...BEGINNING };
  const states = new Uint8Array(when.length);
  const episodes: EpisodeSpan[] = [];
  const blind: number[] = [];
  const recovered: number[] = [];
  let start = -1;
  for (let index = from; index < when.length; index += 1) {
    const code = when[index] ?? NO_DATA;
    const sight = see(draft, code, excused[index] === 1);
    if (sight !== null) (sight === 'blind' ? blind : recovered).push(index);
    const transition = decide(lifecycle, draft, code, resolve[index] ?? NO_DATA);
    if (transition === 'fired') start = index;
    else if (transition === 'resolved') episodes.push({ start, end: index, sessions: index - start });
    states[index] = CODE_OF[draft.state];
  }
  if (draft.state === 'firing') episodes.push({ start, end: null, sessions: when.length - start });
  return { states, episodes, blind, recovered, memory: draft };
}

/**
 * What `firing("…")` reads of a course: true while firing, false otherwise, no data before the rule's first verdict.
 * One code per session.
 */
export function firingCodes(course: Course, when: Uint8Array): Uint8Array {
  const codes = new Uint8Array(when.length);
  for (let index = firstVerdict(when); index < codes.length; index += 1) {
    codes[index] = course.states[index] === FIRING ? TRUE : FALSE;
  }
  return codes;
}

/** The index of the first verdict that is one; the length where there is none. */
export function firstVerdict(when: Uint8Array): number {
  let index = 0;
  while (index < when.length && when[index] === NO_DATA) index += 1;
  return index;
}

/** The id of the episode of a rule that began on a session: nothing else enters it. */
export function episodeId(rule: string, start: Session): string {
  return `${rule}@${start}`;
}

/** Moves the state and its counters over one session. */
function decide(lifecycle: Lifecycle, draft: Draft, when: number, resolve: number): Step['transition'] {
  if (when === NO_DATA) return null;
  if (draft.state !== 'firing') return rise(lifecycle, draft, when);
  if (when === TRUE || resolve === FALSE) {
    draft.resolveRun = 0;
    return null;
  }
  // A `resolve_when` of no data is no step and no interruption.
  if (resolve === NO_DATA) return null;
  draft.resolveRun += 1;
  if (draft.resolveRun <= lifecycle.keepFiring) return null;
  draft.state = 'inactive';
  draft.resolveRun = 0;
  return 'resolved';
}

/** One session with data of a rule that is not firing. */
function rise(lifecycle: Lifecycle, draft: Draft, when: number): 'fired' | null {
  if (when !== TRUE) {
    draft.state = 'inactive';
    draft.trueRun = 0;
    return null;
  }
  draft.trueRun += 1;
  if (draft.trueRun < lifecycle.hold) {
    draft.state = 'pending';
    return null;
  }
  draft.state = 'firing';
  draft.trueRun = 0;
  return 'fired';
}

/** Moves the run towards `blind` over one session. */
function see(draft: Draft, when: number, excused: boolean): Step['sight'] {
  if (when !== NO_DATA) {
    const sight = draft.blind ? 'recovered' : null;
    draft.judged = true;
    draft.blind = false;
    draft.blindRun = 0;
    return sight;
  }
  draft.blindRun = excused || !draft.judged ? 0 : draft.blindRun + 1;
  if (draft.blindRun !== BLIND_AFTER || draft.blind) return null;
  draft.blind = true;
  return 'blind';
}
