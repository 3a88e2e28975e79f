import { dayOf } from '../../../shared/calendar/date.ts';
import type { AcceptedValue } from '../answer.ts';

/** The days on which the FOMC's scheduled meetings ended or end, as the Federal Reserve publishes them. */
const MEETINGS: readonly string[] = [
  '2019-01-30 2019-03-20 2019-05-01 2019-06-19 2019-07-31 2019-09-18 2019-10-30 2019-12-11',
  '2020-01-29 2020-04-29 2020-06-10 2020-07-29 2020-09-16 2020-11-05 2020-12-16',
  '2021-01-27 2021-03-17 2021-04-28 2021-06-16 2021-07-28 2021-09-22 2021-11-03 2021-12-15',
  '2022-01-26 2022-03-16 2022-05-04 2022-06-15 2022-07-27 2022-09-21 2022-11-02 2022-12-14',
  '2023-02-01 2023-03-22 2023-05-03 2023-06-14 2023-07-26 2023-09-20 2023-11-01 2023-12-13',
  '2024-01-31 2024-03-20 2024-05-01 2024-06-12 2024-07-31 2024-09-18 2024-11-07 2024-12-18',
  '2025-01-29 2025-03-19 2025-05-07 2025-06-18 2025-07-30 2025-09-17 2025-10-29 2025-12-10',
  '2026-01-28 2026-03-18 2026-04-29 2026-06-17 2026-07-29 2026-09-16 2026-10-28 2026-12-09',
  '2027-01-27 2027-03-17 2027-04-28 2027-06-09 2027-07-28 2027-09-15 2027-10-27 2027-12-08',
].flatMap((year) => year.split(' '));

const BASIS_POINTS = 100;
/** The target moves in quarters of a point, and in eighths before it was a range: 0.0375 is the fraction of a rate. */
const STEPS = 8;

/**
 * What each meeting decided, in basis points: a decision takes effect on the next day, so it is the upper bound of that
 * day less the one of the day itself. A change on any other day was decided between meetings; none on a scheduled one
 * is a decision too. Days without both bounds decide nothing, and a bound that is no multiple of an eighth is none.
 */
export function fomcDecisions(bounds: readonly AcceptedValue[]): readonly AcceptedValue[] {
  const upper = new Map(
    bounds
      .filter(({ field, value }) => field === 'target_upper' && Number.isInteger(value * STEPS))
      .map(({ session, value }) => [dayOf(session), { session, value }]),
  );
  const scheduled = new Set(MEETINGS);
  return [...upper].flatMap(([day, { session, value }]): AcceptedValue[] => {
    const next = upper.get(day + 1);
    if (next === undefined) return [];
    const change = Math.round((next.value - value) * BASIS_POINTS);
    if (change === 0 && !scheduled.has(session)) return [];
    return [{ instrument: 'FOMC', field: 'change_bp', session, value: change }];
  });
}
