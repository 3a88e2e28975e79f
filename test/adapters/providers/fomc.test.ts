import { expect, it } from 'vitest';
import { fomcDecisions } from '../../../adapters/providers/sources/fomc.ts';

const upper = (session: string, value: number) => ({
  instrument: 'FED',
  field: 'target_upper',
  session,
  value,
});
const said = (...bounds: readonly (readonly [string, number])[]) =>
  fomcDecisions(bounds.map(([session, value]) => upper(session, value))).map(
    ({ session, value }) => `${session} ${value}`,
  );

it('dates a decision by its meeting, the day before it takes effect', () => {
  expect(said(['2026-09-16', 3.75], ['2026-09-17', 4])).toEqual(['2026-09-16 25']);
});

it('tells of a meeting that changed nothing', () => {
  expect(said(['2025-01-28', 4.5], ['2025-01-29', 4.5], ['2025-01-30', 4.5])).toEqual(['2025-01-29 0']);
});

it('tells of a change between meetings, on a Sunday too', () => {
  expect(said(['2020-03-15', 1.25], ['2020-03-16', 0.25])).toEqual(['2020-03-15 -100']);
});

it('decides nothing from a bound that is the fraction of a rate', () => {
  expect(said(['2026-09-16', 3.75], ['2026-09-17', 0.0375], ['2026-09-18', 3.75])).toEqual([]);
  expect(said(['2026-09-16', 0.25], ['2026-09-17', 0.0025])).toEqual([]);
  expect(said(['2026-09-16', 3.375], ['2026-09-17', 3.5])).toEqual(['2026-09-16 13']);
});

it('decides nothing without the day after', () => {
  expect(said(['2026-09-16', 3.75])).toEqual([]);
  expect(said(['2026-09-16', 3.75], ['2026-09-18', 4])).toEqual([]);
});
