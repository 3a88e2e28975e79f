import { nearest } from '../expression/suggest.ts';
import type { RecordStore } from '../ports/records.ts';
import { patternNames, prefixOf } from '../subscriptions/pattern.ts';
import { listRules } from './rule-book.ts';

/** A pattern that names no rule as things stand. */
export interface UnknownRule {
  readonly code: 'unknown-rule';
  readonly pattern: string;
  /** The rule that may have been meant; null where none is near. */
  readonly meant: string | null;
}

/**
 * Those of the patterns that name no rule that stands now, disabled ones included, in their order. `*` names all there
 * will ever be.
 */
export async function unknownRules(
  records: RecordStore,
  patterns: readonly string[],
): Promise<readonly UnknownRule[]> {
  const ids = (await listRules(records)).filter(({ state }) => state !== 'deleted').map(({ id }) => id);
  return patterns
    .filter((pattern) => prefixOf(pattern) !== '' && !ids.some((id) => patternNames(pattern, id)))
    .map((pattern) => ({ code: 'unknown-rule', pattern, meant: nearest(pattern, ids) }));
}
