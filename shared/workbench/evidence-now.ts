import { type RecordedStates, evidenceAt } from '../alerts/evidence.ts';
import type { Evidence } from '../alerts/alert.ts';
import { NO_DATA } from '../expression/types.ts';
import type { EvaluationContext } from '../workflows/evaluation-context.ts';
import type { Shelf } from './library.ts';

/** Where rules stand as evidence on the last session of a shelf; those that say nothing have no data. */
export function evidenceOf(shelf: Shelf, ids: readonly string[]): readonly Evidence[] {
  const enabled = (id: string): boolean => shelf.definitions.get(id)?.state === 'enabled';
  return evidenceAt(
    { evidence: ids },
    (id) => (enabled(id) ? statesOf(id, shelf, shelf.context) : undefined),
    shelf.sessions.length - 1,
  ).map((one) => ({ ...one, title: shelf.rules.get(one.rule)?.title ?? one.title }));
}

/** The states of a rule in a context; undefined where it cannot be evaluated. */
export function statesOf(id: string, shelf: Shelf, context: EvaluationContext): RecordedStates | undefined {
  const other = shelf.rules.get(id);
  if (other === undefined) return undefined;
  try {
    const { course, verdicts } = context.view(other);
    return {
      title: other.title,
      states: course.states,
      firstVerdict: verdicts.when.findIndex((code) => code !== NO_DATA),
    };
  } catch {
    return undefined;
  }
}
