import { expect, it } from 'vitest';
import { parseTiingo } from '../../../adapters/providers/tiingo/parse.ts';
import { bytes, tiingoRecorded, tiingoRow, tiingoRows, tiingoTable } from '../../replicas/bodies.ts';
import { asked, reasons, told } from './context.ts';

const FRIDAY = '2026-01-30';
const CLOSE = Date.UTC(2026, 0, 30, 21);
const forFriday = { symbols: ['IWM'], session: FRIDAY, now: CLOSE + 150 * 60_000 };

it('takes the date as it is written, in both spellings: midnight UTC is no moment of it', () => {
  expect(told(parseTiingo(tiingoRecorded, asked({ symbols: ['GOOGL'] })))).toEqual([
    'GOOGL.close 2018-04-12 1037.29',
  ]);
  const other = tiingoRows([tiingoRow('2023-01-03', 125.07)]);
  expect(told(parseTiingo(other, asked({ symbols: ['AAPL'] })))).toEqual(['AAPL.close 2023-01-03 125.07']);
});

it('takes the close as traded, never the adjusted one', () => {
  const rows = tiingoRows([tiingoRow('2023-02-10', 151.01, { adjClose: 149.8, divCash: 0.23 })]);
  expect(told(parseTiingo(rows, asked({ symbols: ['AAPL'] })))).toEqual(['AAPL.close 2023-02-10 151.01']);
});

it('reads the table form, numbers and all', () => {
  expect(told(parseTiingo(tiingoTable, asked({ symbols: ['GOOGL'] })))).toEqual([
    'GOOGL.close 2018-01-05 1110.29',
    'GOOGL.close 2018-01-08 1114.21',
  ]);
});

it('tells of a split with the first session of the new basis', () => {
  const rows = tiingoRows([
    tiingoRow('2020-08-28', 499.23),
    tiingoRow('2020-08-31', 129.04, { splitFactor: 4, volume: 2 }),
    tiingoRow('2020-09-01', 134.18, { volume: 3 }),
  ]);
  const answer = parseTiingo(rows, asked({ symbols: ['AAPL'] }));
  expect(answer.kind).toBe('ok');
  expect(told(answer)).toEqual([
    'AAPL.close 2020-08-28 499.23',
    'AAPL.close 2020-08-31 129.04',
    'AAPL.split 2020-08-31 4',
    'AAPL.close 2020-09-01 134.18',
  ]);
});

it.each([
  [0, 'out_of_range'],
  [-1, 'out_of_range'],
  [1e9, 'out_of_range'],
  ['4.0', 'not_a_number'],
  [null, 'not_a_number'],
  [undefined, 'not_a_number'],
  [true, 'not_a_number'],
])('refuses a close with a split of %j, and keeps the others', (splitFactor, reason) => {
  const rows = tiingoRows([
    tiingoRow('2020-08-28', 499.23),
    tiingoRow('2020-08-31', 497.04, { splitFactor, volume: 2 }),
  ]);
  const answer = parseTiingo(rows, asked({ symbols: ['AAPL'], session: '2020-08-31' }));
  expect(answer).toMatchObject({ kind: 'schema', refused: [{ reason, session: '2020-08-31' }] });
  expect(told(answer)).toEqual(['AAPL.close 2020-08-28 499.23']);
});

it('refuses a split of the table form that is no ratio', () => {
  for (const factor of ['', '0.0', 'x', '1e9']) {
    const table = bytes(`date,close,adjClose,divCash,splitFactor\n2020-08-31,129.04,129.04,0.0,${factor}\n`);
    expect(parseTiingo(table, asked({ symbols: ['AAPL'] })).accepted).toEqual([]);
  }
});

it('takes no row before half past five', () => {
  const rows = tiingoRows([tiingoRow(FRIDAY, 258.2)]);
  const at = (minutes: number) => parseTiingo(rows, asked({ ...forFriday, now: CLOSE + minutes * 60_000 }));
  expect(at(89)).toMatchObject({ kind: 'not_yet', accepted: [], refused: [{ reason: 'partial_bar' }] });
  expect(at(90).kind).toBe('ok');
});

it('tells an empty answer on a session from one on a closed day', () => {
  const none = tiingoRows([]);
  expect(parseTiingo(none, asked(forFriday)).kind).toBe('missing_day');
  expect(parseTiingo(none, asked({ ...forFriday, session: '2026-01-19' })).kind).toBe('no_session');
});

it('says how long its quotas last', () => {
  const said = (window: string) =>
    parseTiingo(
      bytes(JSON.stringify({ detail: `Error: You have run over your ${window} request allocation.` })),
      asked({ status: 429, now: Date.UTC(2026, 0, 30, 22, 20) }),
    );
  expect(said('hourly')).toMatchObject({ kind: 'rate_minute', retryAt: Date.UTC(2026, 0, 30, 23) });
  expect(said('daily')).toMatchObject({ kind: 'rate_day', retryAt: Date.UTC(2026, 0, 31, 5) });
});

it('waits a day at most for what a provider says, whichever quota it is', () => {
  const now = Date.UTC(2026, 0, 30, 22, 20);
  for (const window of ['hourly', 'daily', 'monthly bandwidth']) {
    const body = JSON.stringify({ detail: `Error: You have run over your ${window} request allocation.` });
    const context = asked({ status: 429, now, headers: { 'retry-after': '99999999' } });
    expect(parseTiingo(bytes(body), context)).toMatchObject({ retryAt: now + 86_400_000 });
  }
});

it('knows its quota of symbols as plain text, and as text in JSON', () => {
  const words = 'You have run over your 500 symbol look up for this month.';
  for (const body of [words, JSON.stringify(words)]) {
    expect(parseTiingo(bytes(body), asked({ symbols: ['SPY'] }))).toMatchObject({
      kind: 'rate_month',
      accepted: [],
    });
  }
});

it('knows a quota by its window under status 429, however it is worded', () => {
  const said = (detail: string) =>
    parseTiingo(bytes(JSON.stringify({ detail })), asked({ status: 429 })).kind;
  expect(said('Error: Hourly limit reached.')).toBe('rate_minute');
  expect(said('Daily limit reached.')).toBe('rate_day');
  expect(said('Error: Your bandwidth is used up.')).toBe('rate_month');
  expect(said('Error: Too many requests.')).toBe('rate_minute');
});

it('refuses rows that belong to another ticker, and rows of nobody', () => {
  const other = tiingoRows([tiingoRow(FRIDAY, 258.2, { ticker: 'brk-b' })]);
  expect(reasons(parseTiingo(other, asked(forFriday)))).toContain('wrong_symbol');
  expect(told(parseTiingo(other, asked({ ...forFriday, symbols: ['BRK.B'] })))).toEqual([
    'BRK.B.close 2026-01-30 258.2',
  ]);
  expect(parseTiingo(tiingoRecorded, asked())).toMatchObject({ kind: 'schema', accepted: [] });
});
