import { KEYS, type Replica, replyJson, splitAfter, volumeOf } from './world.ts';

const YEARS = 2 * 365 * 86_400_000;
const NEW_YORK = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' });

/** The whole market of one session, after midnight, for two years back; one ticker is there twice. */
export const massive: Replica = ({ path, query, header }, world) => {
  const refused = (status: number, message: string) =>
    replyJson({ status: status === 403 ? 'NOT_AUTHORIZED' : 'ERROR', request_id: 'r', message }, status);
  if (header('authorization') !== `Bearer ${KEYS.massive}`) {
    return replyJson({ status: 'ERROR', request_id: 'r', error: 'Unknown API Key' }, 401);
  }
  const session = /^\/v2\/aggs\/grouped\/locale\/us\/market\/stocks\/(\d{4}-\d{2}-\d{2})$/.exec(path)?.[1];
  if (session === undefined) return refused(404, 'not found');
  if (session >= NEW_YORK.format(world.clock())) {
    return refused(
      403,
      "Attempted to request today's data before end of day. Please upgrade your plan at https://massive.com/pricing",
    );
  }
  if (Date.parse(session) < world.clock() - YEARS) {
    return refused(
      403,
      'You are not entitled to this data. Please upgrade your plan at https://massive.com/pricing',
    );
  }
  const open = world.calendar.ordinal(session) !== undefined;
  const adjusted = query.get('adjusted') !== 'false';
  const t = open ? world.calendar.close(session) : 0;
  const results = world.symbols.flatMap((symbol) => {
    const close = open ? world.close(symbol, session) : undefined;
    if (close === undefined) return [];
    const c = adjusted ? close / splitAfter(world, symbol, session) : close;
    return [{ T: symbol, c, h: c, l: c, o: c, n: 7, t, v: volumeOf(session) + 0.5, vw: c }];
  });
  const [first] = results;
  const twice =
    first === undefined
      ? []
      : [
          { ...first, c: first.c * 1.01, v: 3 },
          { ...first, T: 'ABCpD', c: null },
        ];
  const rows = [...results, ...twice];
  const counts = { queryCount: rows.length, resultsCount: rows.length };
  return replyJson({
    adjusted,
    ...counts,
    status: 'OK',
    request_id: 'r',
    ...(open ? { results: rows } : {}),
  });
};
