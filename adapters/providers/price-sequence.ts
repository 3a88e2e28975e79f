import type { AnswerContext } from './answer.ts';
import type { RefuseRow } from './price-duplicates.ts';
import type { GoodRow } from './price-row.ts';
import { isSplit, looksLikeSplit } from './splits.ts';

/**
 * Looks at each instrument's rows in order. A row equal to the one before in everything it quotes is that row under a new
 * date. A jump in the ratio of a split nobody tells of holds the row and all after it: their basis is unknown.
 */
export function holdSuspicious(
  rows: readonly GoodRow[],
  { splits = [] }: AnswerContext,
  refuse: RefuseRow,
): readonly GoodRow[] {
  const known = new Map(splits.map(({ instrument, session, ratio }) => [`${instrument} ${session}`, ratio]));
  const kept: GoodRow[] = [];
  for (const group of Map.groupBy(rows, ({ instrument }) => instrument).values()) {
    let before: GoodRow | undefined;
    let held = false;
    for (const row of group) {
      const told = isSplit(row.split) || known.has(`${row.instrument} ${row.date}`);
      if (before !== undefined && isRepeat(before, row)) {
        refuse(row, 'stale_repeat', `the row repeats ${before.date} to the last share`);
        continue;
      }
      held ||= before !== undefined && !told && looksLikeSplit(before.close, row.close);
      if (held) {
        refuse(row, 'suspected_split', `the close jumps as a split would leave it, and no split is known`);
        continue;
      }
      const ratio = known.get(`${row.instrument} ${row.date}`);
      const dated = isSplit(row.split) || ratio === undefined ? row : { ...row, split: ratio };
      kept.push(dated);
      before = dated;
    }
  }
  return kept;
}

function isRepeat(before: GoodRow, row: GoodRow): boolean {
  if (typeof row.volume !== 'number' || before.rest === undefined) return false;
  return before.volume === row.volume && before.close === row.close && before.rest === row.rest;
}
