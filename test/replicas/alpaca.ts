import { alpacaStamp } from './bodies.ts';
import { KEYS, priceNow, type Replica, replyJson, sessionsBegun, splitAfter, volumeOf } from './world.ts';

const DELAY = 15 * 60_000;

/** Pages count points over all symbols, in the order of symbols: a page may end within one. */
export const alpaca: Replica = ({ path, query, header }, world) => {
  if (header('apca-api-key-id') !== KEYS.alpacaId || header('apca-api-secret-key') !== KEYS.alpacaSecret) {
    return replyJson({ message: 'forbidden.' }, 403);
  }
  if (path !== '/v2/stocks/bars') return replyJson({ message: 'endpoint not found.' }, 404);
  const symbols = (query.get('symbols') ?? '').split(',').toSorted((a, b) => (a < b ? -1 : 1));
  const bad = symbols.find((symbol) => !world.symbols.includes(symbol));
  if (bad !== undefined) return replyJson({ message: `invalid symbol: ${bad}` }, 400);
  const end = query.get('end') ?? '';
  const until = end.includes('T')
    ? Date.parse(end)
    : world.calendar.close(world.calendar.range('1990-01-02', end).at(-1) ?? '');
  if (until > world.clock() - DELAY) {
    return replyJson(
      { code: 42210000, message: 'subscription does not permit querying recent SIP data' },
      403,
    );
  }
  const split = query.get('adjustment') === 'split';
  // Another feed is no error: it answers with the prices of one exchange.
  const feed = query.get('feed') === 'sip' ? 1 : 0.997;
  const points = symbols.flatMap((symbol) =>
    sessionsBegun(world, query.get('start') ?? '', end.slice(0, 10)).flatMap((session) => {
      const price = priceNow(world, symbol, session);
      if (price === undefined) return [];
      const close =
        Math.round((price * feed * 10_000) / (split ? splitAfter(world, symbol, session) : 1)) / 10_000;
      const bar = {
        t: alpacaStamp(session),
        o: close,
        h: close,
        l: close,
        c: close,
        v: volumeOf(session),
        n: 5,
        vw: close,
      };
      return [{ symbol, bar }];
    }),
  );
  const limit = Number(query.get('limit') ?? 1000);
  const from = Number(
    Buffer.from(query.get('page_token') ?? '', 'base64')
      .toString()
      .split('|')
      .at(-1) || 0,
  );
  const page = points.slice(from, from + limit);
  const bars = Object.groupBy(page, ({ symbol }) => symbol);
  const more = from + limit < points.length;
  return replyJson({
    bars: Object.fromEntries(Object.entries(bars).map(([symbol, of]) => [symbol, of?.map(({ bar }) => bar)])),
    next_page_token: more ? Buffer.from(`${page.at(-1)?.symbol}|D|${from + limit}`).toString('base64') : null,
  });
};
