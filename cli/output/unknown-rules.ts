import type { RecordStore } from '../../shared/ports/records.ts';
import { unknownRules } from '../../shared/service/unknown-rules.ts';
import type { Context } from '../context.ts';

/** Notes every pattern that names no rule as things stand, with the rule that may have been meant. */
export async function noteUnknownRules(
  err: Context['err'],
  records: RecordStore,
  patterns: readonly string[],
): Promise<void> {
  for (const { pattern, meant } of await unknownRules(records, patterns)) {
    const hint = meant === null ? 'npx tidemark rules list shows them' : `did you mean ${meant}?`;
    err.write(`${err.paint('yellow', 'note:')} no rule is named ${pattern} as things stand: ${hint}\n`);
  }
}
