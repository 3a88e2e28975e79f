import { strToU8 } from 'fflate';
import { ssgaHoldings, ssgaPage } from './fund-bodies.ts';

// Bodies in the shapes providers were recorded to send, with figures that were really published.

const json = (value: unknown): Uint8Array => strToU8(JSON.stringify(value));

export const bytes = strToU8;

export type Bar = Readonly<Record<string, unknown>>;

const ZONE = new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', timeZoneName: 'short' });

/** Midnight in New York of a date, as Alpaca stamps a daily bar: five hours behind in winter, four in summer. */
export function alpacaStamp(session: string): string {
  const summer = ZONE.format(new Date(`${session}T12:00:00Z`)).endsWith('EDT');
  return `${session}T0${summer ? 4 : 5}:00:00Z`;
}

export function alpacaBar(session: string, close: unknown, more: Bar = {}): Bar {
  return { t: alpacaStamp(session), o: 10, h: 12, l: 9, c: close, v: 1_000_000, n: 5000, vw: 11.5, ...more };
}

export function alpacaBars(
  bars: Readonly<Record<string, readonly Bar[]>> | null,
  next: string | null = null,
) {
  return json({ bars, next_page_token: next });
}

export const alpacaRecorded = json({
  bars: {
    AAPL: [
      {
        t: '2022-02-01T05:00:00Z',
        o: 174,
        h: 174.84,
        l: 172.31,
        c: 174.61,
        v: 85998033,
        n: 732412,
        vw: 173.703516,
      },
      {
        t: '2022-02-02T05:00:00Z',
        o: 174.64,
        h: 175.88,
        l: 173.33,
        c: 175.84,
        v: 84817432,
        n: 675034,
        vw: 174.941288,
      },
    ],
  },
  next_page_token: 'QUFQTHxEfDIwMjItMDItMDJUMDU6MDA6MDAuMDAwMDAwMDAwWg==',
});

export function tiingoRow(session: string, close: unknown, more: Bar = {}): Bar {
  const row = { date: `${session}T00:00:00.000Z`, close, high: 12, low: 9, open: 10, volume: 1_000_000 };
  return {
    ...row,
    adjClose: typeof close === 'number' ? close * 0.99 : close,
    divCash: 0,
    splitFactor: 1,
    ...more,
  };
}

export function tiingoRows(rows: readonly Bar[]) {
  return json(rows);
}

export const tiingoRecorded = json([
  {
    date: '2018-04-12T00:00:00+00:00',
    adjClose: 1037.29,
    adjVolume: 1644794,
    close: 1037.29,
    divCash: 0,
    high: 1044.65,
    low: 1026.05,
    open: 1031.47,
    splitFactor: 1,
    volume: 1644794,
  },
]);

export const tiingoTable = bytes(
  [
    'date,close,high,low,open,volume,adjClose,adjHigh,adjLow,adjOpen,adjVolume,divCash,splitFactor',
    '2018-01-05,1110.29,1113.58,1101.8,1103.45,1493389,1110.29,1113.58,1101.8,1103.45,1493389,0.0,1.0',
    '2018-01-08,1114.21,1119.16,1110.0,1111.0,1148958,1114.21,1119.16,1110.0,1111.0,1148958,0.0,1.0',
    '',
  ].join('\n'),
);

export function massiveRow(symbol: string, t: number, close: unknown, more: Bar = {}): Bar {
  return { T: symbol, c: close, h: 12, l: 9, n: 74, o: 10, t, v: 4369.5, vw: 11, ...more };
}

export function massiveGrouped(results: readonly Bar[] | undefined, more: Bar = {}) {
  const count = results?.length ?? 0;
  const body = {
    adjusted: false,
    queryCount: count,
    resultsCount: count,
    status: 'OK',
    request_id: 'r',
    results,
  };
  return json({ ...body, ...more });
}

/** 14 October 2020 at 16:00 in New York. */
export const MASSIVE_CLOSE = 1602705600000;

export const massiveRecorded = massiveGrouped([
  massiveRow('KIMpL', MASSIVE_CLOSE, 25.9102, { v: 4369 }),
  massiveRow('TANH', MASSIVE_CLOSE, 23.4, { v: 25933.6 }),
  massiveRow('VSAT', MASSIVE_CLOSE, 34.24, { v: 312583 }),
]);

export const massiveRange = json({
  ticker: 'AAPL',
  adjusted: false,
  queryCount: 2,
  resultsCount: 2,
  status: 'OK',
  request_id: 'r',
  results: [
    { t: 1112331600000, o: 1.5, h: 1.5, l: 1.4, c: 1.4604, v: 1000 },
    { t: 1112587200000, o: 1.4, h: 1.5, l: 1.4, c: 1.4675, v: 1200 },
  ],
});

export interface Chart {
  readonly symbol?: string;
  readonly timestamp?: readonly unknown[];
  readonly close: readonly unknown[];
  readonly volume?: readonly unknown[];
  readonly meta?: Bar;
  readonly events?: Bar;
}

export function yahooChart({ symbol = 'QQQ', timestamp, close, volume, meta, events }: Chart): Uint8Array {
  const head = {
    currency: 'USD',
    symbol,
    gmtoffset: -18000,
    exchangeTimezoneName: 'America/New_York',
    priceHint: 2,
  };
  const quote = [{ close, volume: volume ?? close.map((_, index) => 30_000_000 + index), open: close }];
  const indicators = { quote, adjclose: [{ adjclose: close.map(() => 1.25) }] };
  const result = { meta: { ...head, dataGranularity: '1d', ...meta }, timestamp, events, indicators };
  return json({ chart: { result: [result], error: null } });
}

export const yahooRecorded = yahooChart({ timestamp: [1577975400], close: [216.16000366210938] });

export function fredAnswer(observations: readonly Bar[], more: Bar = {}) {
  return json({
    realtime_start: '2026-09-18',
    realtime_end: '2026-09-18',
    units: 'lin',
    output_type: 1,
    file_type: 'json',
    count: observations.length,
    offset: 0,
    limit: 10,
    observations,
    ...more,
  });
}

export const fredRecorded = fredAnswer([
  { realtime_start: '2026-09-18', realtime_end: '2026-09-18', date: '2026-09-18', value: '4.00' },
]);

export const fredgraphRecorded = bytes(
  'observation_date,DFEDTARU,DFEDTARL\n2026-09-16,3.75,3.50\n2026-09-17,4.00,3.75\n',
);

export function nyFedRates(...rates: readonly Bar[]) {
  return json({ refRates: rates });
}

export const nyFedRecorded = nyFedRates({
  effectiveDate: '2026-08-05',
  type: 'EFFR',
  percentRate: 3.63,
  targetRateFrom: 3.5,
  targetRateTo: 3.75,
  volumeInBillions: 114,
  revisionIndicator: '',
});

export const WALL = bytes(
  '<!DOCTYPE html><html><head><title>Just a moment...</title></head><body></body></html>',
);

/** What each provider was recorded to send when all was well. */
export const RECORDED = {
  alpaca: { batch: alpacaRecorded },
  tiingo: { rows: tiingoRecorded, table: tiingoTable },
  massive: { grouped: massiveRecorded, range: massiveRange },
  fred: { observations: fredRecorded },
  fredgraph: { table: fredgraphRecorded },
  nyfed: { rates: nyFedRecorded },
  ssga: { holdings: ssgaHoldings(), page: ssgaPage() },
  yahoo: { chart: yahooRecorded },
} as const;
