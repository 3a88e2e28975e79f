import type { Calendar } from '../calendar/calendar.ts';
import { isSame } from './agreement.ts';
import type { Candidate, Verdict } from './candidate.ts';
import type { Dated, KnownValues } from './known-values.ts';

/** Sessions within which two splits of one ratio are one split told under two dates. */
const TWICE_WITHIN = 10;
/** Ratios near 1 leave no jump that could be told from an ordinary day. */
const VISIBLE = 1.25;

/** Where a split is judged. `closes` are those said of its instrument in this run, whether believed or not. */
export interface SplitGround {
  readonly calendar: Calendar;
  readonly known: KnownValues;
  readonly closes: readonly Dated[];
}

/**
 * What becomes of a split: it must show in the closes around its session, and be told once. One that closes do not show
 * (yet, or on that date) waits until they do; where there are no closes before it, nothing can contradict it.
 */
export function judgeSplit({ instrument, date, value }: Candidate, ground: SplitGround): Verdict {
  const twin = twinOf(instrument, { date, value }, ground);
  if (twin !== undefined) {
    return {
      kind: 'hold',
      reason: 'split told twice',
      detail: `${value} for 1 is known of ${twin.date} already`,
    };
  }
  if (value < VISIBLE && value > 1 / VISIBLE) return { kind: 'accept', standing: 'single' };
  const before = lastBefore(instrument, date, ground);
  const after = firstFrom(instrument, date, ground);
  if (before === undefined) return { kind: 'accept', standing: 'single' };
  if (after !== undefined && shows(before.value, after.value, value))
    return { kind: 'accept', standing: 'single' };
  const detail =
    after === undefined
      ? `no close on ${date} or later shows it yet`
      : `${after.value} on ${after.date} after ${before.value} on ${before.date} does not show ${value} for 1`;
  return { kind: 'hold', reason: 'split without its jump', detail };
}

/** Whether two closes lie nearer to each other with the split than without. */
function shows(before: number, after: number, split: number): boolean {
  return Math.abs(Math.log((after * split) / before)) < Math.abs(Math.log(after / before));
}

function twinOf(
  instrument: string,
  { date, value }: Dated,
  { calendar, known }: SplitGround,
): Dated | undefined {
  const at = calendar.onOrAfter(date);
  const first = calendar.sessions[Math.max(at - TWICE_WITHIN - 1, 0)] ?? calendar.first;
  const last = calendar.sessions[at + TWICE_WITHIN] ?? calendar.last;
  return known
    .between(`${instrument}.split`, first, last)
    .find((other) => other.date !== date && isSame(other.value, value));
}

function lastBefore(instrument: string, date: string, { known, closes }: SplitGround): Dated | undefined {
  const stored = known.before(`${instrument}.close`, date);
  const said = closes.findLast((close) => close.date < date);
  if (stored === undefined || said === undefined) return stored ?? said;
  return said.date > stored.date ? said : stored;
}

function firstFrom(instrument: string, date: string, { known, closes }: SplitGround): Dated | undefined {
  const value = known.at(`${instrument}.close`, date);
  const stored = value === undefined ? known.after(`${instrument}.close`, date) : { date, value };
  const said = closes.find((close) => close.date >= date);
  if (stored === undefined || said === undefined) return stored ?? said;
  return said.date < stored.date ? said : stored;
}
