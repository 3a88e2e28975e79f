/** One session of January 2026: the published price returns of the Russell 2000 and the S&P 500, in percent. */
interface PublishedReturns {
  readonly session: string;
  readonly russell2000: number;
  readonly sp500: number;
}

/** What the indices did, from the first session of 2026 to the last of the sample. */
export const JANUARY_2026: readonly PublishedReturns[] = [
  { session: '2026-01-02', russell2000: 1.06, sp500: 0.19 },
  { session: '2026-01-05', russell2000: 1.58, sp500: 0.64 },
  { session: '2026-01-06', russell2000: 1.37, sp500: 0.62 },
  { session: '2026-01-07', russell2000: -0.29, sp500: -0.34 },
  { session: '2026-01-08', russell2000: 1.11, sp500: 0.01 },
  { session: '2026-01-09', russell2000: 0.78, sp500: 0.65 },
  { session: '2026-01-12', russell2000: 0.44, sp500: 0.16 },
  { session: '2026-01-13', russell2000: -0.1, sp500: -0.19 },
  { session: '2026-01-14', russell2000: 0.7, sp500: -0.53 },
  { session: '2026-01-15', russell2000: 0.86, sp500: 0.26 },
  { session: '2026-01-16', russell2000: 0.12, sp500: -0.06 },
  { session: '2026-01-20', russell2000: -1.21, sp500: -2.06 },
  { session: '2026-01-21', russell2000: 2.02, sp500: 1.16 },
];

/** The first date of generated closes; the last session of 2000, so that 2001 has returns on the year. */
export const SAMPLE_FIRST = '2000-12-29';
/** The session the published returns start from. */
export const BEFORE_JANUARY = '2025-12-31';
export const SAMPLE_LAST = '2026-01-21';
/** The fictitious members have closes from here, so that 2024 has returns on the year. */
export const MEMBERS_FIRST = '2023-12-29';
/** From here to January 2026 no streak reaches seven, as in the real closes. */
export const QUIET_SINCE = '2022-10-03';

/**
 * FOMC decisions since 2019 as announced, in basis points of change; the target's upper bound before the first was 2.50
 * percent. The one of 2020-03-15 was a Sunday's.
 */
export const FOMC_DECISIONS: readonly (readonly [date: string, basisPoints: number])[] = [
  ['2019-01-30', 0],
  ['2019-03-20', 0],
  ['2019-05-01', 0],
  ['2019-06-19', 0],
  ['2019-07-31', -25],
  ['2019-09-18', -25],
  ['2019-10-30', -25],
  ['2019-12-11', 0],
  ['2020-01-29', 0],
  ['2020-03-03', -50],
  ['2020-03-15', -100],
  ['2020-04-29', 0],
  ['2020-06-10', 0],
  ['2020-07-29', 0],
  ['2020-09-16', 0],
  ['2020-11-05', 0],
  ['2020-12-16', 0],
  ['2021-01-27', 0],
  ['2021-03-17', 0],
  ['2021-04-28', 0],
  ['2021-06-16', 0],
  ['2021-07-28', 0],
  ['2021-09-22', 0],
  ['2021-11-03', 0],
  ['2021-12-15', 0],
  ['2022-01-26', 0],
  ['2022-03-16', 25],
  ['2022-05-04', 50],
  ['2022-06-15', 75],
  ['2022-07-27', 75],
  ['2022-09-21', 75],
  ['2022-11-02', 75],
  ['2022-12-14', 50],
  ['2023-02-01', 25],
  ['2023-03-22', 25],
  ['2023-05-03', 25],
  ['2023-06-14', 0],
  ['2023-07-26', 25],
  ['2023-09-20', 0],
  ['2023-11-01', 0],
  ['2023-12-13', 0],
  ['2024-01-31', 0],
  ['2024-03-20', 0],
  ['2024-05-01', 0],
  ['2024-06-12', 0],
  ['2024-07-31', 0],
  ['2024-09-18', -50],
  ['2024-11-07', -25],
  ['2024-12-18', -25],
  ['2025-01-29', 0],
  ['2025-03-19', 0],
  ['2025-05-07', 0],
  ['2025-06-18', 0],
  ['2025-07-30', 0],
  ['2025-09-17', -25],
  ['2025-10-29', -25],
  ['2025-12-10', -25],
];
export const TARGET_BEFORE = 2.5;
