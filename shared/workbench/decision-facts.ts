import type * as z from 'zod/mini';
import { frameOf } from '../alerts/compose.ts';
import { freshness } from '../alerts/inputs.ts';
import type { decision as decisionShape } from '../api/rules.ts';
import type { Session } from '../calendar/calendar.ts';
import { NO_DATA, TRUE } from '../expression/types.ts';
import type { AlertRecord } from '../ports/records.ts';
import { FIRING, fold, type Memory, stateOf } from '../rules/lifecycle.ts';
import type { SessionRecord } from '../service/progress.ts';
import type { RuleDefinition } from '../service/rule-book.ts';
import type { RuleState } from '../service/rule-state.ts';
import { lastEpisodeAt } from '../workflows/knowledge.ts';
import { knownAt } from './known-at.ts';
import type { Shelf } from './library.ts';
import type { Viewed } from './standing.ts';

export type Decision = z.infer<typeof decisionShape>;

/** What is on record of a rule and a session. */
export interface OnRecord {
  readonly definition: RuleDefinition;
  /** Null before the session was given to evaluation. */
  readonly session: SessionRecord | null;
  readonly state: RuleState;
  /** The rule's alerts of the session. */
  readonly alerts: readonly AlertRecord[];
  /** The last alert of the open episode before the session; null where there is none. */
  readonly before: AlertRecord | null;
  /** The enabled copy that speaks instead of it now; null for none. */
  readonly mutedBy: string | null;
}

/** What a rule made of a session with what was known at its close. */
export interface Facts {
  readonly viewed: Viewed;
  readonly index: number;
  readonly when: boolean | null;
  readonly state: Decision['state'] & {};
  readonly before: Decision['state'] & {};
  /** The counters after the session. */
  readonly memory: Memory;
  readonly value: number | null;
  readonly threshold: number | null;
  /** Inputs without a value that can be used, in words. */
  readonly lacking: readonly string[];
  /** What the open episode claims on the session; null without a precedent. */
  readonly atLeast: Session | null;
  /** Whether the rule was told as firing; null where nothing is on record of the session. */
  readonly told: boolean | null;
}

/** Finds out what a rule made of a session, by index. */
export function factsOf(shelf: Shelf, viewed: Viewed, index: number, { state: kept }: OnRecord): Facts {
  const { rule } = viewed;
  const context = knownAt(shelf, viewed, index);
  const { verdicts, course, figures } = context.view(rule);
  const upTo = (codes: Uint8Array): Uint8Array => codes.subarray(0, index + 1);
  const { memory } = fold(rule, {
    when: upTo(verdicts.when),
    resolve: upTo(verdicts.resolve),
    excused: upTo(verdicts.excused),
  });
  const code = verdicts.when[index] ?? NO_DATA;
  const span = lastEpisodeAt(course.episodes, index);
  const fires = course.states[index] === FIRING;
  return {
    viewed: { ...viewed, context, view: context.view(rule) },
    ...{ index, memory },
    when: code === NO_DATA ? null : code === TRUE,
    state: stateOf(course.states[index] ?? 0),
    before: stateOf(course.states[index - 1] ?? 0),
    value: figures.value(index),
    threshold: figures.threshold(index),
    lacking: freshness(frameOf(rule, shelf.archive).inputs, shelf.archive, context.snapshot, index)
      .filter(({ status }) => status !== 'fresh' && status !== 'carried')
      .map(({ input, status, coverage }) =>
        coverage === null
          ? `${input} is ${status}`
          : `${input} has ${coverage.have} of ${coverage.of} members`,
      ),
    atLeast: fires ? (figures.precedents?.atLeast(span, index) ?? null) : null,
    told: toldOn(kept, viewed.sessions[index] ?? ''),
  };
}

/** Whether a rule was told as firing on a session; null before and after what is on record. */
function toldOn({ recorded, evaluated, told }: RuleState, session: Session): boolean | null {
  if (recorded.since === null || session < recorded.since || evaluated === null || session > evaluated) {
    return null;
  }
  return told.some(({ start, end }) => start <= session && (end === null || session < end));
}
