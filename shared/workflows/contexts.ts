import type { Rule } from '../rules/rule.ts';
import type { Archive } from '../series/archive.ts';
import { snapshotOf } from '../series/snapshot-of.ts';
import type { Epochs } from './epochs.ts';
import { type EvaluationContext, openContext } from './evaluation-context.ts';

/** Contexts by the last session of a stretch. */
export interface Contexts {
  /** The context as known at the close of a session, by index; it is not kept for a second taking. */
  take(end: number): EvaluationContext;
}

/**
 * Opens contexts as they are needed. What a rule named by another one did is taken from the stretch it belongs to, so
 * that a rule whose past does not change is folded once, however often the past of the other one does.
 */
export function createContexts(
  archive: Archive,
  rules: ReadonlyMap<string, Rule>,
  epochs: ReadonlyMap<string, Epochs>,
): Contexts {
  const origin = archive.filled[0] ?? 0;
  const open = new Map<number, EvaluationContext>();
  const at = (end: number): EvaluationContext => {
    const kept = open.get(end);
    if (kept !== undefined) return kept;
    const close = archive.calendar.close(archive.calendar.sessions[origin + end] ?? '');
    const context = openContext(snapshotOf(archive, close, end + 1), {
      rules,
      length: end + 1,
      known: (rule) => {
        const own = epochs.get(rule.id)?.ends.find((one) => one >= end);
        return own === undefined || own === end ? null : at(own).firing(rule);
      },
    });
    open.set(end, context);
    return context;
  };
  return {
    take: (end) => {
      const context = at(end);
      open.delete(end);
      return context;
    },
  };
}
