import { describe, expect, it } from 'vitest';
import { parseAlpaca } from '../../../adapters/providers/alpaca/parse.ts';
import { alpacaBar, alpacaBars, alpacaRecorded, bytes } from '../../replicas/bodies.ts';
import { asked, reasons, told } from './context.ts';

/** 30 January 2026, a Friday, closes at 21:00 UTC. */
const FRIDAY = '2026-01-30';
const CLOSE = Date.UTC(2026, 0, 30, 21);
const MINUTE = 60_000;

const forFriday = { symbols: ['IWM'], session: FRIDAY, now: CLOSE + 80 * MINUTE };
const bars = (...closes: readonly (readonly [string, unknown])[]) =>
  alpacaBars({
    IWM: closes.map(([session, close], index) => alpacaBar(session, close, { v: 1000 + index })),
  });

it('reads what was recorded, with the token of the next page', () => {
  const answer = parseAlpaca(alpacaRecorded, asked({ symbols: ['AAPL'] }));
  expect(told(answer)).toEqual(['AAPL.close 2022-02-01 174.61', 'AAPL.close 2022-02-02 175.84']);
  expect(answer.next).toBe('QUFQTHxEfDIwMjItMDItMDJUMDU6MDA6MDAuMDAwMDAwMDAwWg==');
});

it('reads the answer about one symbol', () => {
  const one = { symbol: 'AMZN', bars: [alpacaBar('2022-06-03', 2447)], next_page_token: null };
  const answer = parseAlpaca(bytes(JSON.stringify(one)), asked({ symbols: ['AMZN'] }));
  expect(told(answer)).toEqual(['AMZN.close 2022-06-03 2447']);
  expect(answer.next).toBeUndefined();
});

describe('the bar of a running session', () => {
  it.each([
    ['an hour before the close', CLOSE - 60 * MINUTE, 'not_yet'],
    ['at the close', CLOSE, 'not_yet'],
    ['a minute before it settles', CLOSE + 44 * MINUTE, 'not_yet'],
    ['once it has settled', CLOSE + 45 * MINUTE, 'ok'],
  ])('%s', (_when, now, kind) => {
    const answer = parseAlpaca(bars(['2026-01-29', 259.1], [FRIDAY, 258.2]), asked({ ...forFriday, now }));
    expect(answer.kind).toBe(kind);
    expect(told(answer)).toEqual(
      kind === 'ok'
        ? ['IWM.close 2026-01-29 259.1', 'IWM.close 2026-01-30 258.2']
        : ['IWM.close 2026-01-29 259.1'],
    );
  });

  it('settles earlier after an early close', () => {
    const body = alpacaBars({ IWM: [alpacaBar('2026-11-27', 250)] });
    const now = Date.UTC(2026, 10, 27, 18, 45);
    const context = { symbols: ['IWM'], session: '2026-11-27' };
    expect(parseAlpaca(body, asked({ ...context, now })).kind).toBe('ok');
    expect(parseAlpaca(body, asked({ ...context, now: now - 1 })).kind).toBe('not_yet');
  });
});

it('takes the date in New York, in winter and in summer', () => {
  const stamped = (t: string) =>
    told(parseAlpaca(alpacaBars({ IWM: [{ ...alpacaBar(FRIDAY, 1), t }] }), asked({ symbols: ['IWM'] })));
  expect(stamped('2026-03-06T05:00:00Z')).toEqual(['IWM.close 2026-03-06 1']);
  expect(stamped('2026-03-09T04:00:00Z')).toEqual(['IWM.close 2026-03-09 1']);
  // In the night from a Monday to a Tuesday, four o'clock UTC still belongs to Monday.
  expect(stamped('2026-01-27T04:00:00Z')).toEqual([]);
  expect(stamped('2026-01-27T14:30:00Z')).toEqual([]);
  expect(stamped('2026-01-27')).toEqual([]);
});

it.each([
  [null, 'missing', 'missing_day'],
  [undefined, 'missing', 'missing_day'],
  ['', 'missing', 'missing_day'],
  [0, 'not_positive', 'missing_day'],
  [-1, 'not_positive', 'missing_day'],
  ['258.2', 'not_a_number', 'schema'],
  [[258.2], 'not_a_number', 'schema'],
  [1e9, 'out_of_range', 'schema'],
])('takes a close of %j for no value, and keeps the good row', (close, reason, kind) => {
  const answer = parseAlpaca(bars(['2026-01-29', 259.1], [FRIDAY, close]), asked(forFriday));
  expect(told(answer)).toEqual(['IWM.close 2026-01-29 259.1']);
  expect(reasons(answer)).toEqual([reason]);
  expect(answer.kind).toBe(kind);
});

it('takes a session in which nothing was traded for no close', () => {
  const body = alpacaBars({ IWM: [alpacaBar(FRIDAY, 258.2, { v: 0 })] });
  expect(reasons(parseAlpaca(body, asked(forFriday)))).toEqual(['zero_volume']);
});

it('refuses rows of days that are no sessions, and of days to come', () => {
  const now = Date.UTC(2026, 0, 31, 12);
  const body = bars(['2026-01-19', 260], ['2026-01-24', 260], [FRIDAY, 258.2], ['2026-02-02', 257]);
  const answer = parseAlpaca(body, asked({ symbols: ['IWM'], now }));
  expect(told(answer)).toEqual(['IWM.close 2026-01-30 258.2']);
  expect(reasons(answer)).toEqual(['no_session', 'no_session', 'future']);
});

it('refuses a row after the newest session asked for', () => {
  const context = asked({ symbols: ['IWM'], session: '2026-01-29' });
  const answer = parseAlpaca(bars(['2026-01-29', 259.1], [FRIDAY, 258.2]), context);
  expect(told(answer)).toEqual(['IWM.close 2026-01-29 259.1']);
  expect(reasons(answer)).toEqual(['wrong_session']);
});

it('says which symbols an answer lacks, and refuses those nobody asked for', () => {
  const body = alpacaBars({ SPY: [alpacaBar(FRIDAY, 690)], QQQ: [alpacaBar(FRIDAY, 620)] });
  const answer = parseAlpaca(body, asked({ ...forFriday, symbols: ['IWM', 'SPY'] }));
  expect(told(answer)).toEqual(['SPY.close 2026-01-30 690']);
  expect(answer.kind).toBe('ok');
  expect(answer.refused).toMatchObject([
    { reason: 'wrong_symbol', instrument: 'QQQ' },
    { reason: 'missing_day', instrument: 'IWM', session: FRIDAY },
  ]);
});

it.each([
  ['no bars', alpacaBars({})],
  ['null for bars', alpacaBars(null)],
])('takes %s for a gap on a session, and for nothing on a closed day', (_what, body) => {
  expect(parseAlpaca(body, asked(forFriday)).kind).toBe('missing_day');
  expect(parseAlpaca(body, asked({ ...forFriday, session: '2026-01-19' })).kind).toBe('no_session');
  expect(parseAlpaca(body, asked({ ...forFriday, now: CLOSE })).kind).toBe('not_yet');
});

it('takes rows without any readable date for another format, whatever was asked for', () => {
  const odd = alpacaBars({
    IWM: [{ t: '30/01/2026', c: 258.2 }, { t: 1769749200, c: 258.1 }, null] as never,
  });
  for (const more of [{}, { now: CLOSE }, { session: '2026-01-19' }]) {
    const answer = parseAlpaca(odd, asked({ ...forFriday, ...more }));
    expect(answer).toMatchObject({ kind: 'schema', accepted: [] });
    expect(new Set(reasons(answer))).toEqual(new Set(['bad_date']));
  }
  const one = alpacaBars({ IWM: [alpacaBar('2026-01-29', 257), { t: '30/01/2026', c: 258.2 }] });
  expect(parseAlpaca(one, asked(forFriday)).kind).toBe('missing_day');
});

it('takes an answer about other symbols alone for none of its own', () => {
  const other = alpacaBars({ AAPL: [alpacaBar(FRIDAY, 258.2)] });
  const answer = parseAlpaca(other, asked({ ...forFriday, symbols: ['MSFT'] }));
  expect(answer).toMatchObject({ kind: 'schema', accepted: [] });
  expect(reasons(answer)).toEqual(['wrong_symbol', 'missing_day']);
  const one = bytes(
    JSON.stringify({ symbol: 'AAPL', bars: [alpacaBar(FRIDAY, 258.2)], next_page_token: null }),
  );
  expect(parseAlpaca(one, asked({ ...forFriday, symbols: ['MSFT'] })).kind).toBe('schema');
});

it.each([1e-320, 5e-324, 0.00009, 1.1e7, 1e300])('takes %j for no price', (close) => {
  const answer = parseAlpaca(bars([FRIDAY, close]), asked(forFriday));
  expect(answer).toMatchObject({ kind: 'schema', accepted: [], refused: [{ reason: 'out_of_range' }] });
});

it.each([
  ['{"bars":{}}x', 'schema'],
  ['{"bars":{}} {', 'schema'],
  ['{"bars":{"IWM":[nonsense', 'schema'],
  ['{"bars":{"IWM":[{"t":1}],}}', 'schema'],
  ['[[[[', 'schema'],
  ['[1,2', 'schema'],
  ['{', 'transient'],
  [' {"ba', 'transient'],
  ['{"bars":{"IWM":[{"t":"a \\', 'transient'],
  ['{"bars":{"IWM":[{"t":"a }]', 'transient'],
  ['{"bars":{"IWM":[{"t":"2026-01-30T05:00:00Z","c":258.', 'transient'],
  ['{"bars":null,"next_page_token":nu', 'transient'],
])('tells an answer that is cut short from another format: %s', (text, kind) => {
  expect(parseAlpaca(bytes(text), asked(forFriday))).toMatchObject({ kind, accepted: [] });
});

it('names the symbol that spoils a batch', () => {
  const body = bytes(JSON.stringify({ message: 'invalid symbol: BRK-B' }));
  const answer = parseAlpaca(body, asked({ status: 400, symbols: ['AAPL', 'BRK-B'] }));
  expect(answer).toMatchObject({ kind: 'unknown_symbol', refused: [{ instrument: 'BRK-B' }] });
});

it('counts a row that is there twice once, and none of two that contradict each other', () => {
  const twice = alpacaBars({ IWM: [alpacaBar(FRIDAY, 258.2), alpacaBar(FRIDAY, 258.2)] });
  expect(told(parseAlpaca(twice, asked(forFriday)))).toEqual(['IWM.close 2026-01-30 258.2']);
  const torn = alpacaBars({ IWM: [alpacaBar(FRIDAY, 258.2), alpacaBar(FRIDAY, 259.2)] });
  const answer = parseAlpaca(torn, asked(forFriday));
  expect(answer).toMatchObject({ kind: 'schema', accepted: [] });
  expect(reasons(answer)).toEqual(['duplicate', 'duplicate']);
});

describe('a jump in the ratio of a split', () => {
  const split = alpacaBars({
    AMZN: [
      alpacaBar('2022-06-02', 2510.22, { v: 1 }),
      alpacaBar('2022-06-03', 2447, { v: 2 }),
      alpacaBar('2022-06-06', 124.79, { v: 3 }),
      alpacaBar('2022-06-07', 123, { v: 4 }),
    ],
  });

  it('holds the row and all after it where no split is known', () => {
    const answer = parseAlpaca(split, asked({ symbols: ['AMZN'] }));
    expect(told(answer)).toEqual(['AMZN.close 2022-06-02 2510.22', 'AMZN.close 2022-06-03 2447']);
    expect(reasons(answer)).toEqual(['suspected_split', 'suspected_split']);
    expect(answer.kind).toBe('schema');
  });

  it('is explained by a split that is known, which is then told with it', () => {
    const splits = [{ instrument: 'AMZN', session: '2022-06-06', ratio: 20 }];
    const answer = parseAlpaca(split, asked({ symbols: ['AMZN'], splits }));
    expect(answer.kind).toBe('ok');
    expect(told(answer).slice(2)).toEqual([
      'AMZN.close 2022-06-06 124.79',
      'AMZN.split 2022-06-06 20',
      'AMZN.close 2022-06-07 123',
    ]);
  });
});

it('reads no property that JSON did not bring', () => {
  const body = bytes(
    '{"bars":{"__proto__":[{"t":"2026-01-30T05:00:00Z","c":1}],"constructor":[]},"next_page_token":null}',
  );
  expect(parseAlpaca(body, asked()).accepted).toEqual([]);
});
