import type { AnswerContext } from './answer.ts';
import type { RefuseRow } from './price-duplicates.ts';
import type { GoodRow } from './price-row.ts';
import { isSplit, looksLikeSplit, splitBetween } from './splits.ts';

/**
 * Looks at each instrument's rows in order: a jump in the ratio of a split nobody tells of holds the row and all after it,
 * for their basis is unknown.
 */
export function holdSuspicious(
  rows: readonly GoodRow[],
  context: AnswerContext,
  refuse: RefuseRow,
): readonly GoodRow[] {
  const kept: GoodRow[] = [];
  const passes = context.suspicions === 'pass';
  for (const group of Map.groupBy(rows, ({ instrument }) => instrument).values()) {
    let before: GoodRow | undefined;
    let held = false;
    for (const row of group) {
      const split = splitOf(row, before, context);
      held ||= before !== undefined && !passes && split === null && looksLikeSplit(before.close, row.close);
      if (held) {
        refuse(row, 'suspected_split', `the close jumps as a split would leave it, and no split is known`);
        continue;
      }
      before = split === null ? row : { ...row, split };
      kept.push(before);
    }
  }
  return kept;
}

/** The split that begins on a row's session: by the row itself, by what is known, or by closes on the latest basis. */
function splitOf(
  row: GoodRow,
  before: GoodRow | undefined,
  { splits = [], adjusted }: AnswerContext,
): number | null {
  if (isSplit(row.split)) return row.split;
  const known = splits.find(
    ({ instrument, session }) => instrument === row.instrument && session === row.date,
  );
  if (known !== undefined) return known.ratio;
  if (before === undefined || adjusted === undefined) return null;
  const [earlier, later] = [before, row].map(({ instrument, date }) => adjusted.get(`${instrument} ${date}`));
  if (earlier === undefined || later === undefined) return null;
  return splitBetween({ traded: before.close, adjusted: earlier }, { traded: row.close, adjusted: later });
}
