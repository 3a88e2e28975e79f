import { KEYS, priceNow, type Replica, replyJson, sessionsBegun, volumeOf } from './world.ts';

const RELEASE = 90 * 60_000;

/** Rows as traded with the split that begins on them; the day's row from half past five on. */
export const tiingo: Replica = ({ path, query, header }, world) => {
  if (header('authorization') !== `Token ${KEYS.tiingo}`) return replyJson({ detail: 'Invalid token.' }, 401);
  const ticker = /^\/tiingo\/daily\/([^/]+)\/prices$/.exec(path)?.[1] ?? '';
  const symbol = ticker.replace('-', '.');
  if (!world.symbols.includes(symbol) || ticker.includes('.')) {
    return replyJson({ detail: `Error: Ticker '${ticker}' not found` }, 404);
  }
  const { calendar, clock, splits } = world;
  const rows = sessionsBegun(world, query.get('startDate') ?? '', query.get('endDate') ?? '')
    .filter((session) => clock() >= calendar.close(session) + RELEASE)
    .flatMap((session) => {
      const close = priceNow(world, symbol, session);
      if (close === undefined) return [];
      const split = splits.find((one) => one.symbol === symbol && one.session === session);
      const prices = { close, high: close, low: close, open: close, volume: volumeOf(session) };
      const adjusted = { adjClose: close * 0.97, divCash: 0, splitFactor: split?.ratio ?? 1 };
      return [{ date: `${session}T00:00:00.000Z`, ...prices, ...adjusted }];
    });
  return replyJson(rows);
};
