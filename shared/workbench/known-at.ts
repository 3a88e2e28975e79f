import type { Rule } from '../rules/rule.ts';
import { knowledgeChanges } from '../series/knowledge.ts';
import { createContexts } from '../workflows/contexts.ts';
import { epochsOf } from '../workflows/epochs.ts';
import type { EvaluationContext } from '../workflows/evaluation-context.ts';
import type { Shelf } from './library.ts';
import type { Viewed } from './standing.ts';

/**
 * A context that knows of a session, by index, what was known at its close: the rule's own where nothing that it reads
 * has changed since, else one of that time.
 */
export function knownAt(shelf: Shelf, { rule, context, sessions }: Viewed, index: number): EvaluationContext {
  const origin = shelf.archive.filled[0] ?? 0;
  const rules = new Map(shelf.rules).set(rule.id, rule);
  const all = epochsOf(shelf.archive, neededBy(rule, rules), { origin, length: sessions.length });
  const end = all.get(rule.id)?.ends.find((one) => one >= index);
  const last = shelf.archive.calendar.close(sessions.at(-1) ?? '');
  const isLatest = end === undefined || end >= sessions.length - 1;
  // Everything stored is more than was known at the last close where something was revised since.
  if (isLatest && knowledgeChanges(shelf.archive).every(({ known }) => known <= last)) return context;
  return createContexts(shelf.archive, rules, all).take(end ?? sessions.length - 1);
}

/** A rule and those that it names in `firing("…")`, and so on. */
function neededBy(rule: Rule, rules: ReadonlyMap<string, Rule>): ReadonlyMap<string, Rule> {
  const found = new Map<string, Rule>();
  const waiting = [rule];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next.id)) continue;
    found.set(next.id, next);
    waiting.push(...next.dependsOn.flatMap((id) => rules.get(id) ?? []));
  }
  return found;
}
