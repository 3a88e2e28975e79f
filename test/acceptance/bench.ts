import type { Candidate, Verdict } from '../../shared/acceptance/candidate.ts';
import { keyOf } from '../../shared/acceptance/candidate.ts';
import { judge, type JudgeGround } from '../../shared/acceptance/judge.ts';
import { knownValues } from '../../shared/acceptance/known-values.ts';
import { layOutDays } from '../../shared/series/days.ts';
import type { Market } from '../../shared/series/market.ts';
import { calendar, marketOf, priced, withField } from '../support/archive-of.ts';

export { calendar } from '../support/archive-of.ts';

const days = layOutDays(calendar);

/** Sessions from 2026-01-05 (0), a Monday. */
export function day(number: number): string {
  return calendar.sessions[calendar.onOrAfter('2026-01-05') + number] ?? '';
}

export const market: Market = marketOf([
  priced('A'),
  priced('B'),
  priced('C'),
  withField('L', 'pe', { kind: 'level', unit: 'multiple', staleAfter: 95 }),
  withField('FED', 'rate', { kind: 'level', unit: 'percent', staleAfter: 400 }),
]);

const RANKS: Readonly<Record<string, number>> = { first: 1, second: 2, third: 3 };

/** A candidate: `said('A.close', 1, 101)` by the first provider on session 1. */
export function said(
  series: string,
  date: number | string,
  value: number,
  source = 'first',
  rest: Partial<Candidate> = {},
): Candidate {
  const dot = series.lastIndexOf('.');
  return {
    instrument: series.slice(0, dot),
    field: series.slice(dot + 1),
    date: typeof date === 'number' ? day(date) : date,
    value,
    source,
    rank: RANKS[source] ?? 9,
    settleMinutes: 20,
    firstSeen: NOW,
    seen: NOW,
    ...rest,
  };
}

/** The evening of session 9. */
export const NOW = calendar.close(day(9)) + 3_600_000;

/** What is stored before: values by series and session number, all said by the first provider unless told otherwise. */
export type Stored = Readonly<Record<string, Readonly<Record<number, number>>>>;

export function ground(stored: Stored, rest: Partial<JudgeGround> = {}): JudgeGround {
  const known = knownValues([], days, NOW);
  for (const [series, values] of Object.entries(stored)) {
    for (const [number, value] of Object.entries(values)) known.set(series, day(Number(number)), value);
  }
  return {
    market,
    calendar,
    now: NOW,
    known,
    acceptances: [],
    legs: new Map(),
    sourceOf: () => 'first',
    course: 'evening',
    rejected: () => false,
    ...rest,
  };
}

/** Verdicts by `source series date`, each as `accept single`, `hold jump` or `refuse future`. */
export function verdicts(
  candidates: readonly Candidate[],
  of: JudgeGround,
): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const { candidate, verdict } of judge(candidates, of)) {
    const key = `${candidate.source} ${keyOf(candidate)}`;
    found[key] = found[key] === undefined ? short(verdict) : `${found[key]} + ${short(verdict)}`;
  }
  return found;
}

/** The verdicts of candidates in their order. */
export function each(candidates: readonly Candidate[], of: JudgeGround): readonly string[] {
  const judged = judge(candidates, of);
  return candidates.map((one) => short(judged.find(({ candidate }) => candidate === one)?.verdict));
}

function short(verdict: Verdict | undefined): string {
  if (verdict === undefined) return 'none';
  return verdict.kind === 'accept' || verdict.kind === 'known'
    ? `${verdict.kind} ${verdict.standing}`
    : `${verdict.kind} ${verdict.reason}`;
}
