import { expect, it } from 'vitest';
import { parseYahoo } from '../../../adapters/providers/yahoo/parse.ts';
import { yahooChart, yahooRecorded } from '../../replicas/bodies.ts';
import { asked, reasons, told } from './context.ts';

/** Half past nine in New York, as a finished bar is stamped. */
const stamp = (session: string, hour = 13, minute = 30): number =>
  Date.parse(`${session}T${hour}:${String(minute).padStart(2, '0')}:00Z`) / 1000;

it('rounds the noise of single precision away', () => {
  expect(told(parseYahoo(yahooRecorded, asked({ symbols: ['QQQ'] })))).toEqual([
    'QQQ.close 2020-01-02 216.16',
  ]);
});

it('dates bars by New York, whatever the offset of the day of the answer', () => {
  const body = yahooChart({ timestamp: [1604064600, 1604327400], close: [269.38, 268.1] });
  expect(told(parseYahoo(body, asked()))).toEqual([
    'QQQ.close 2020-10-30 269.38',
    'QQQ.close 2020-11-02 268.1',
  ]);
});

it('brings closes before a split back to what was traded, and tells of the split', () => {
  const splits = { 1598880600: { date: 1598880600, numerator: 4, denominator: 1, splitRatio: '4:1' } };
  const body = yahooChart({
    symbol: 'AAPL',
    timestamp: [1598621400, 1598880600, 1598967000],
    close: [124.80750274658203, 129.0399932861328, 134.17999267578125],
    events: { splits },
  });
  expect(told(parseYahoo(body, asked({ symbols: ['AAPL'] })))).toEqual([
    'AAPL.close 2020-08-28 499.23',
    'AAPL.close 2020-08-31 129.04',
    'AAPL.split 2020-08-31 4',
    'AAPL.close 2020-09-01 134.18',
  ]);
});

it('takes a null for the newest session for a gap, and keeps the rest', () => {
  const body = yahooChart({ timestamp: [stamp('2026-07-27'), stamp('2026-07-28')], close: [610.5, null] });
  for (const context of [asked(), asked({ session: '2026-07-28' })]) {
    const answer = parseYahoo(body, context);
    expect(answer.kind).toBe('missing_day');
    expect(told(answer)).toEqual(['QQQ.close 2026-07-27 610.5']);
    expect(reasons(answer)).toEqual(['missing']);
  }
});

it('takes a session that is not there at all for a gap', () => {
  const body = yahooChart({ timestamp: [stamp('2026-07-27')], close: [610.5] });
  expect(parseYahoo(body, asked({ session: '2026-07-28' })).kind).toBe('missing_day');
});

it('refuses the live row of the running session, and counts one of two that agree after it', () => {
  const live = yahooChart({
    timestamp: [stamp('2026-06-09'), stamp('2026-06-10', 16, 38)],
    close: [730.1, 732.07],
  });
  const noon = asked({ session: '2026-06-10', now: Date.UTC(2026, 5, 10, 16, 38) });
  const answer = parseYahoo(live, noon);
  expect(answer.kind).toBe('not_yet');
  expect(told(answer)).toEqual(['QQQ.close 2026-06-09 730.1']);
  const twice = yahooChart({
    timestamp: [stamp('2026-06-10'), stamp('2026-06-10', 20, 0)],
    close: [725.42999, 725.43001],
  });
  const evening = asked({ session: '2026-06-10', now: Date.UTC(2026, 5, 10, 22) });
  expect(parseYahoo(twice, evening)).toMatchObject({ kind: 'ok', refused: [{ reason: 'duplicate' }] });
  expect(told(parseYahoo(twice, evening))).toEqual(['QQQ.close 2026-06-10 725.43']);
});

it('reads arrays of unequal length by their places', () => {
  const stamps = [stamp('2026-06-09'), stamp('2026-06-10')];
  const short = parseYahoo(yahooChart({ timestamp: stamps, close: [730.1], volume: [5] }), asked());
  expect(told(short)).toEqual(['QQQ.close 2026-06-09 730.1']);
  const long = parseYahoo(yahooChart({ timestamp: stamps, close: [730.1, 725.4, 720] }), asked());
  expect(told(long)).toEqual(['QQQ.close 2026-06-09 730.1', 'QQQ.close 2026-06-10 725.4']);
  expect(reasons(long)).toEqual(['bad_date']);
});

it('takes a chart without dates for one of a day that is missing, as Yahoo sends it, and its close for no value', () => {
  for (const context of [asked(), asked({ session: '2026-07-28' })]) {
    const answer = parseYahoo(yahooChart({ close: [216.16] }), context);
    expect(answer).toMatchObject({ kind: 'missing_day', accepted: [] });
    expect(reasons(answer)).toEqual(['bad_date']);
  }
  const closed = parseYahoo(yahooChart({ close: [216.16] }), asked({ session: '2026-01-19' }));
  expect(closed).toMatchObject({ kind: 'no_session', accepted: [] });
});

it('takes dates that are none for another format', () => {
  const body = yahooChart({ timestamp: ['2026-07-27', '2026-07-28'], close: [610.5, 612] });
  expect(parseYahoo(body, asked({ session: '2026-07-28' }))).toMatchObject({ kind: 'schema', accepted: [] });
});

it('refuses a close whose split is no ratio', () => {
  const splits = { 1598880600: { date: 1598880600, numerator: 4, denominator: 0, splitRatio: '4:0' } };
  const body = yahooChart({
    timestamp: [1598621400, 1598880600, 1598967000],
    close: [124.8, 129.04, 134.18],
    events: { splits },
  });
  const answer = parseYahoo(body, asked({ suspicions: 'pass' }));
  expect(told(answer)).toEqual(['QQQ.close 2020-09-01 134.18']);
  expect(reasons(answer)).toEqual(['not_a_number', 'not_a_number']);
});

it.each([
  ['another symbol', { symbol: 'SPY' }],
  ['another currency', { meta: { currency: 'EUR' } }],
  ['another exchange', { meta: { exchangeTimezoneName: 'Europe/Berlin' } }],
  ['bars of an hour', { meta: { dataGranularity: '1h' } }],
])('refuses a chart of %s', (_what, parts) => {
  const body = yahooChart({ timestamp: [1577975400], close: [216.16], ...parts });
  expect(parseYahoo(body, asked({ symbols: ['QQQ'] }))).toMatchObject({ kind: 'schema', accepted: [] });
});

it('holds closes on which a split was lost', () => {
  const body = yahooChart({ timestamp: [1598621400, 1598880600], close: [499.23, 125.1] });
  const answer = parseYahoo(body, asked());
  expect(reasons(answer)).toEqual(['suspected_split']);
  expect(told(answer)).toEqual(['QQQ.close 2020-08-28 499.23']);
});

it('knows class shares by their dot', () => {
  const body = yahooChart({ symbol: 'BRK-B', timestamp: [1577975400], close: [228.39] });
  expect(told(parseYahoo(body, asked({ symbols: ['BRK.B'] })))).toEqual(['BRK.B.close 2020-01-02 228.39']);
});
