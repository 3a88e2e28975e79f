import { KEYS, type Replica, replyJson, type World } from './world.ts';

const DAY = 86_400_000;

/** Every day up to today; today's row comes at eight in the morning, taken here as 13:00 UTC. */
function days({ clock }: World, from: string): readonly string[] {
  const last = Math.floor((clock() - 13 * 3_600_000) / DAY);
  const first = Math.floor(Date.parse(from) / DAY);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
    new Date((first + index) * DAY).toISOString().slice(0, 10),
  );
}

function boundOf(world: World, series: string, date: string): string {
  const [lower, upper] = world.target(date);
  return (series === 'DFEDTARU' ? upper : lower).toFixed(2);
}

export const fred: Replica = ({ path, query }, world) => {
  if (path !== '/fred/series/observations') return { status: 404, body: 'Not found' };
  const refused = (words: string) =>
    replyJson({ error_code: 400, error_message: `Bad Request.  ${words}` }, 400);
  const key = query.get('api_key');
  if (key === null) return refused('Variable api_key is not set.');
  // The real one does not echo the key; this one does, as another provider is known to.
  if (key !== KEYS.fred) return refused(`The value for variable api_key is not registered: ${key}.`);
  const series = query.get('series_id') ?? '';
  if (!['DFEDTARU', 'DFEDTARL'].includes(series)) return refused('The series does not exist.');
  const observations = days(world, query.get('observation_start') ?? '').map((date) => ({
    realtime_start: date,
    realtime_end: date,
    date,
    value: boundOf(world, series, date),
  }));
  return replyJson({
    units: 'lin',
    output_type: 1,
    file_type: 'json',
    count: observations.length,
    observations,
  });
};

export const fredgraph: Replica = ({ path, query }, world) => {
  if (path !== '/graph/fredgraph.csv') return { status: 404, body: '<html><body>Not found</body></html>' };
  const series = (query.get('id') ?? '').split(',');
  const lines = days(world, query.get('cosd') ?? '').map(
    (date) => `${date},${series.map((name) => boundOf(world, name, date)).join(',')}`,
  );
  const body = [`observation_date,${series.join(',')}`, ...lines, ''].join('\n');
  return { status: 200, body, headers: { 'content-type': 'application/csv' } };
};

export const nyfed: Replica = ({ path, query }, world) => {
  if (path !== '/api/rates/unsecured/effr/search.json') return { status: 404, body: 'Not found' };
  const from = query.get('startDate') ?? '';
  const to = query.get('endDate') ?? '';
  const rates = days(world, from)
    .filter((date) => date <= to && world.calendar.ordinal(date) !== undefined)
    // A day's rate is out on the next.
    .slice(0, -1)
    .map((effectiveDate) => {
      const [targetRateFrom, targetRateTo] = world.target(effectiveDate);
      return {
        effectiveDate,
        type: 'EFFR',
        percentRate: targetRateFrom + 0.13,
        targetRateFrom,
        targetRateTo,
      };
    });
  return replyJson({ refRates: rates.toReversed() });
};
