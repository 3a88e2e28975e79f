import type { AcceptedBreak } from '../series/archive.ts';
import { breakIndexes } from '../series/breaks.ts';
import type { Market } from '../series/market.ts';
import type { Dated, KnownValues } from './known-values.ts';

/** Where a close is looked at for a jump. */
export interface JumpGround {
  readonly market: Market;
  readonly acceptances: readonly AcceptedBreak[];
  readonly known: KnownValues;
}

/** A jump that nothing explains, with a sentence about it. */
export interface Jump {
  readonly reason: 'jump' | 'suspected split';
  readonly detail: string;
}

/** Three new shares for two, or two for three, leave no jump beyond the bounds of a break, and change every return. */
const SMALL_SPLITS = [1.5, 2 / 3];
const TOLERANCE = 0.02;

/**
 * The jump that a close would leave, to the close before it or to the one after it, after every split known: beyond the
 * bounds of a break (DESIGN section 3), or as a split of three for two would. Null where there is none or it is
 * explained: a split, a listed move, a break accepted.
 */
export function jumpOf(
  { instrument, date, value }: { instrument: string } & Dated,
  ground: JumpGround,
): Jump | null {
  const { known } = ground;
  const series = `${instrument}.close`;
  const before = known.before(series, date);
  const after = known.after(series, date);
  const backward = before === undefined ? null : stepOf(instrument, before, { date, value }, ground);
  if (backward !== null || after === undefined) return backward;
  const forward = stepOf(instrument, { date, value }, after, ground);
  // A jump that was stored before, as a break, is no fault of the value before it.
  const already = before !== undefined && stepOf(instrument, before, after, ground) !== null;
  return already ? null : forward;
}

/** Whether a step from one close to another is a jump that nothing explains. */
function stepOf(instrument: string, from: Dated, to: Dated, ground: JumpGround): Jump | null {
  if (isExplained(instrument, to.date, ground)) return null;
  const splits = ground.known.between(`${instrument}.split`, from.date, to.date);
  const factor = splits.reduce((product, split) => product * split.value, 1);
  const ratio = (to.value * factor) / from.value;
  const told = `${to.value} on ${to.date} after ${from.value} on ${from.date}`;
  if (isBreak(from.value, to.value * factor)) {
    return { reason: 'jump', detail: `${told} is ${ratio.toFixed(3)} times, and no split is known` };
  }
  const small = splits.length === 0 && SMALL_SPLITS.some((split) => Math.abs(ratio / split - 1) <= TOLERANCE);
  return small ? { reason: 'suspected split', detail: `${told} is what a split of 3 for 2 leaves` } : null;
}

/** Whether a close stands beyond the bounds of a break to the one before it, in one basis. */
export function isBreak(before: number, after: number): boolean {
  return breakIndexes(Float64Array.of(before, after), 0, () => false).length > 0;
}

function isExplained(instrument: string, session: string, { market, acceptances }: JumpGround): boolean {
  const matches = (one: { readonly instrument: string; readonly session: string }): boolean =>
    one.instrument === instrument && one.session === session;
  return market.moves.some(matches) || acceptances.some(matches);
}
