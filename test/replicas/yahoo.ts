import { yahooChart } from './bodies.ts';
import { priceNow, type Replica, replyJson, sessionsBegun, splitAfter, volumeOf } from './world.ts';

const day = (seconds: string | null): string => new Date(Number(seconds) * 1000).toISOString().slice(0, 10);

/** Charts on today's basis, the live row included; clients without a browser's name stay outside. */
export const yahoo: Replica = ({ path, query, header }, world) => {
  if (!header('user-agent').startsWith('Mozilla/')) return { status: 429, body: 'Too Many Requests' };
  const symbol = decodeURIComponent(/^\/v8\/finance\/chart\/([^/]+)$/.exec(path)?.[1] ?? '').replace(
    '-',
    '.',
  );
  if (!world.symbols.includes(symbol)) {
    const error = { code: 'Not Found', description: 'No data found, symbol may be delisted' };
    return replyJson({ chart: { result: null, error } }, 404);
  }
  const sessions = sessionsBegun(world, day(query.get('period1')), day(query.get('period2')));
  const { calendar, clock, splits } = world;
  const stamps = sessions.map((session) => calendar.open(session) / 1000);
  const events = splits
    .filter((split) => split.symbol === symbol && sessions.includes(split.session))
    .map(({ session, ratio }) => {
      const date = calendar.open(session) / 1000;
      return [date, { date, numerator: ratio, denominator: 1, splitRatio: `${ratio}:1` }];
    });
  const body = yahooChart({
    symbol: symbol.replace('.', '-'),
    timestamp: stamps.map((stamp, index) =>
      // The live row carries the time of the last trade.
      clock() < calendar.close(sessions[index] ?? '') ? Math.floor(clock() / 1000) : stamp,
    ),
    close: sessions.map((session) => {
      const price = priceNow(world, symbol, session);
      return price === undefined ? null : Math.fround(price / splitAfter(world, symbol, session));
    }),
    volume: sessions.map(volumeOf),
    ...(events.length === 0
      ? {}
      : { events: { splits: Object.fromEntries(events) as Record<string, unknown> } }),
  });
  return { status: 200, body, headers: { 'content-type': 'application/json;charset=utf-8' } };
};
