import { expect, it } from 'vitest';
import { parseMassive } from '../../../adapters/providers/massive/parse.ts';
import {
  MASSIVE_CLOSE,
  massiveGrouped,
  massiveRange,
  massiveRecorded,
  massiveRow,
} from '../../replicas/bodies.ts';
import { asked, reasons, told } from './context.ts';

const SESSION = '2020-10-14';
const only = (symbols: readonly string[]) => asked({ symbols, session: SESSION });

it('takes of a whole market what was asked for, and is silent about the rest', () => {
  const answer = parseMassive(massiveRecorded, only(['VSAT', 'KIMpL']));
  expect(told(answer)).toEqual(['KIMpL.close 2020-10-14 25.9102', 'VSAT.close 2020-10-14 34.24']);
  expect(answer).toMatchObject({ kind: 'ok', refused: [] });
});

it('dates a range by midnight in New York, in winter and in summer', () => {
  expect(told(parseMassive(massiveRange, asked({ symbols: ['AAPL'] })))).toEqual([
    'AAPL.close 2005-04-01 1.4604',
    'AAPL.close 2005-04-04 1.4675',
  ]);
});

it('prefers the busier of two rows of one ticker, and neither of two alike that differ', () => {
  const rows = (...volumes: number[]) =>
    massiveGrouped(volumes.map((v, index) => massiveRow('BCPC', MASSIVE_CLOSE, 150 + index, { v })));
  expect(told(parseMassive(rows(10, 2000.5), only(['BCPC'])))).toEqual(['BCPC.close 2020-10-14 151']);
  expect(told(parseMassive(rows(2000.5, 10), only(['BCPC'])))).toEqual(['BCPC.close 2020-10-14 150']);
  expect(parseMassive(rows(10, 10), only(['BCPC']))).toMatchObject({ kind: 'schema', accepted: [] });
});

it.each([
  ['absent', undefined],
  ['empty', []],
])('takes results that are %s for a closed day only if the calendar agrees', (_what, results) => {
  const body = massiveGrouped(results);
  expect(parseMassive(body, asked({ session: '2026-05-25' })).kind).toBe('no_session');
  expect(parseMassive(body, asked()).kind).toBe('no_session');
  expect(parseMassive(body, asked({ session: '2026-05-26' })).kind).toBe('missing_day');
  const early = { session: '2026-05-26', now: Date.UTC(2026, 4, 26, 20) };
  expect(parseMassive(body, asked(early)).kind).toBe('not_yet');
});

it('refuses rows of another session than the one asked for', () => {
  const answer = parseMassive(massiveRecorded, asked({ symbols: ['VSAT'], session: '2020-10-15' }));
  expect(answer).toMatchObject({ kind: 'missing_day', accepted: [] });
  expect(reasons(answer)).toContain('wrong_session');
});

it('accepts the status of a delayed plan, and says where closes are on a later basis', () => {
  const rows = [massiveRow('VSAT', MASSIVE_CLOSE, 34.24)];
  expect(parseMassive(massiveGrouped(rows, { status: 'DELAYED' }), only(['VSAT'])).kind).toBe('ok');
  expect(parseMassive(massiveGrouped(rows), only(['VSAT'])).basis).toBeUndefined();
  expect(parseMassive(massiveGrouped(rows, { adjusted: true }), only(['VSAT'])).basis).toBe('split_adjusted');
});

it('keeps good rows beside bad ones', () => {
  const body = massiveGrouped([
    massiveRow('AAA', MASSIVE_CLOSE, null),
    massiveRow('BBB', MASSIVE_CLOSE, 0),
    massiveRow('CCC', MASSIVE_CLOSE, 5),
    massiveRow('DDD', Number.NaN, 5),
    { T: 'EEE' },
  ]);
  const answer = parseMassive(body, only(['AAA', 'BBB', 'CCC', 'DDD', 'EEE']));
  expect(told(answer)).toEqual(['CCC.close 2020-10-14 5']);
  expect(reasons(answer)).toEqual(['missing', 'not_positive', 'bad_date', 'bad_date']);
});

it('refuses a range about another symbol', () => {
  expect(parseMassive(massiveRange, asked({ symbols: ['SPY'] }))).toMatchObject({
    kind: 'schema',
    accepted: [],
  });
});
