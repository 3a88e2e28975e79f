import { ssgaHoldings, ssgaPage } from './fund-bodies.ts';
import type { Replica, World } from './world.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const files = new Map<string, Uint8Array>();

/** The session before the last finished one: files are a day or more behind. */
function asOf({ calendar, clock }: World): readonly [day: string, month: string, year: string] {
  const last = calendar.lastFinished(clock()) ?? calendar.first;
  const [year = '', month = '', day = ''] = (calendar.previous(last) ?? last).split('-');
  return [day, MONTHS[Number(month) - 1] ?? '', year];
}

export const ssga: Replica = ({ path, header }, world) => {
  if (!header('user-agent').startsWith('Mozilla/'))
    return { status: 403, body: '<html><body>Denied</body></html>' };
  const [day, month, year] = asOf(world);
  const file = /holdings-daily-us-en-(spy|spsm)\.xlsx$/.exec(path)?.[1]?.toUpperCase();
  if (file !== undefined) {
    const name = `${file} ${day}-${month}-${year}`;
    const body =
      files.get(name) ??
      ssgaHoldings({ ticker: file, asOf: `${day}-${month}-${year}`, lines: file === 'SPY' ? 504 : 605 });
    files.set(name, body);
    return { status: 200, body, headers: { 'content-type': 'application/octet-stream' } };
  }
  const ticker = path.endsWith('-spy') ? 'SPY' : path.endsWith('-spsm') ? 'SPSM' : undefined;
  if (ticker === undefined)
    return { status: 404, body: '<!doctype html><html><body>Not found</body></html>' };
  const title = `Index Characteristics <span class="date">as of ${month} ${day} ${year}</span>`;
  const body = ssgaPage({ ticker, title, value: world.multiples[ticker].toFixed(2) });
  return { status: 200, body, headers: { 'content-type': 'text/html;charset=utf-8' } };
};
