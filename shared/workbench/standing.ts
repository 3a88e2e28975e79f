import type * as z from 'zod/mini';
import { frameOf } from '../alerts/compose.ts';
import { measured, type Printed } from '../alerts/message/numbers.ts';
import { round12 } from '../alerts/round.ts';
import type { standing as standingShape } from '../api/rules.ts';
import type { Session } from '../calendar/calendar.ts';
import { NO_DATA } from '../expression/types.ts';
import { stateOf } from '../rules/lifecycle.ts';
import type { Rule } from '../rules/rule.ts';
import { reasonBroken, type RuleDefinition } from '../service/rule-book.ts';
import type { EvaluationContext, RuleView } from '../workflows/evaluation-context.ts';
import { distanceTo } from './distance.ts';
import type { Shelf } from './library.ts';

/** Where a rule stands on the last session that has a value. */
export type Standing = z.infer<typeof standingShape>;

/** A rule viewed over the sessions of a shelf. */
export interface Viewed {
  readonly rule: Rule;
  readonly view: RuleView;
  readonly context: EvaluationContext;
  readonly sessions: readonly Session[];
  readonly printed: Printed;
}

/** Views a rule; one that is not the shelf's own is a draft. */
export function viewRule(shelf: Shelf, rule: Rule): Viewed {
  const context = shelf.rules.get(rule.id) === rule ? shelf.context : shelf.drafting();
  const { sessions } = shelf;
  return {
    ...{ rule, view: context.view(rule), context, sessions },
    printed: frameOf(rule, shelf.archive).definition,
  };
}

/** Where every rule that is not deleted stands. */
export function standings(shelf: Shelf): ReadonlyMap<string, Standing> {
  const present = [...shelf.definitions.values()].filter(({ state }) => state !== 'deleted');
  return new Map(present.map((one) => [one.id, standingOf(shelf, one)]));
}

/** Where one saved rule stands: disabled and broken ones, and all where nothing is stored, without figures. */
export function standingOf(shelf: Shelf, { id, state }: RuleDefinition): Standing {
  const session = shelf.sessions.at(-1) ?? null;
  const rule = shelf.rules.get(id);
  if (state !== 'enabled') return without('disabled', session, null);
  if (rule === undefined) return without('broken', session, reasonBroken(id, shelf.findings));
  if (session === null) return without('inactive', null, null);
  try {
    return standingAt(viewRule(shelf, rule));
  } catch (error) {
    return without('broken', session, error instanceof Error ? error.message : String(error));
  }
}

function without(state: Standing['state'], session: Session | null, reason: string | null): Standing {
  return {
    ...{ session, state, noData: false, since: null, reason, distance: null },
    ...{ value: null, threshold: null, valueText: null, thresholdText: null },
  };
}

/** Where a viewed rule stands on the last of its sessions, of which there is at least one. */
export function standingAt(viewed: Viewed): Standing {
  const { rule, view, sessions, printed } = viewed;
  const index = sessions.length - 1;
  const value = view.figures.value(index);
  const threshold = view.figures.threshold(index);
  return {
    session: sessions[index] ?? null,
    state: stateOf(view.course.states[index] ?? 0),
    noData: (view.verdicts.when[index] ?? NO_DATA) === NO_DATA,
    since: sinceAt(view, index, sessions),
    value: round12(value),
    threshold: round12(threshold),
    valueText: rule.measure === null ? null : measured({ definition: printed }, value),
    thresholdText: threshold === null ? null : measured({ definition: printed }, threshold),
    distance: distanceTo(viewed),
    reason: null,
  };
}

/** The first session of the state that runs; null where it has been so since the data starts. */
function sinceAt({ course }: RuleView, index: number, sessions: readonly Session[]): Session | null {
  let first = index;
  while (first > 0 && course.states[first - 1] === course.states[index]) first -= 1;
  return first === 0 ? null : (sessions[first] ?? null);
}
