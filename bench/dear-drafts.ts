/**
 * What drafts of every costly kind are estimated at, and what their preview takes, over 500 made-up members with 25 years
 * each: the dearest that is accepted must answer in about a second. `node bench/dear-drafts.ts`.
 */
import { readFileSync } from 'node:fs';
import { createMemoryObservations } from '../adapters/memory/observations.ts';
import { createMemoryRecords } from '../adapters/memory/records.ts';
import { dayOf } from '../shared/calendar/date.ts';
import { createCalendar } from '../shared/calendar/xnys.ts';
import { parseMarket } from '../shared/series/parse-market.ts';
import { growRows } from '../shared/series/rows.ts';
import { BUDGET, costOf } from '../shared/workbench/cost.ts';
import { createLibrary } from '../shared/workbench/library.ts';
import { groundOf, openDrafts, previewDraft } from '../shared/workbench/preview.ts';
import { readDraft } from '../shared/workbench/read-draft.ts';

const MEMBERS = 500;
const now = Date.now();

async function openLibrary() {
  const parsed = parseMarket(readFileSync('rules/market.yaml', 'utf8'), 'market.yaml');
  if (!parsed.ok) throw new Error('the market has errors');
  const market = parsed.value;
  const calendar = createCalendar(market.closures);
  const sessions = calendar.range('2001-01-02', '2026-01-21');
  const members = Array.from({ length: MEMBERS }, (_, index) => `M${index}`);
  let seed = 1;
  const series = ['IWM', 'SPY', ...members].map((instrument) => {
    const rows = growRows();
    let close = 100;
    for (const session of sessions) {
      seed = (seed * 16_807) % 2_147_483_647;
      close *= 1 + (seed / 2_147_483_647 - 0.5) * 0.03;
      rows.append(dayOf(session), close, Number.NaN);
    }
    return { instrument, field: 'close', rows };
  });
  const memberships = members.map((instrument) => {
    return { universe: 'SP500_MEMBERS', instrument, from: '2001-01-02', to: null };
  });
  const [records, observations] = [createMemoryRecords(), createMemoryObservations()];
  await observations.record({ series, memberships, source: 'bench' }, now);
  return createLibrary({ observations, records, market, calendar, clock: () => now });
}

const repeated = (times: number, part: (n: number) => string, by = ' + '): string =>
  Array.from({ length: times }, (_, n) => part(n)).join(by);

const CONDITIONS: readonly string[] = [
  'share(SP500_MEMBERS, ytd(member) > 0) >= 60%',
  'share(SP500_MEMBERS, member > sma(member, 200)) >= 60%',
  'share(SP500_MEMBERS, percentrank(member, 252) > 90%) >= 60%',
  'share(SP500_MEMBERS, percentrank(member) > 90%) >= 60%',
  'mean(SP500_MEMBERS, correlation(ret(member), ret(SPY), 63)) >= 60%',
  'median(SP500_MEMBERS, volatility(member, 63)) >= 60%',
  'mean(SP500_MEMBERS, zscore(member, 63)) >= 1',
  'count(SP500_MEMBERS, rising(member, 20)) >= 3',
  'count(SP500_MEMBERS, member > median(member, 20)) >= 3',
  'top(SP500_MEMBERS, 10, ret(member)) >= 3%',
  'median(SP500_MEMBERS, drawdown(member)) <= -30%',
  `mean(SP500_MEMBERS, ${repeated(8, (n) => `ret(member, ${n + 1})`)}) >= 3%`,
  `${repeated(60, (n) => `median(IWM, ${n * 80 + 20})`)} > 1`,
  `${repeated(100, (n) => `percentrank(IWM, ${n * 40 + 20})`)} > 1`,
  `${repeated(90, (n) => `correlation(IWM, SPY, ${n * 40 + 20})`)} > 1`,
  `votes(${repeated(60, (n) => `ret(IWM, ${n + 1}) > 0`, ', ')}) >= 3`,
];

const library = await openLibrary();
for (const when of CONDITIONS) {
  const draft = { id: 'bench', title: 'bench', when };
  // Reading and laying out what it reads is not what is measured.
  const shelf = await library.openFor((one) => [readDraft(draft, groundOf(one)).rule ?? []].flat());
  for (const id of shelf.archive.series.keys()) shelf.context.snapshot.canonical(id);
  const { rule } = readDraft(draft, groundOf(shelf));
  if (rule === null) throw new Error(when);
  const begun = performance.now();
  await openDrafts(library, []);
  const opened = performance.now();
  const { course } = await previewDraft({ library, subscriptions: async () => [], style: {} }, draft);
  const took = performance.now() - opened - (opened - begun);
  const share = costOf(rule, shelf.context.snapshot).total / BUDGET;
  const told = course === null ? 'refused' : `${took.toFixed(0)} ms`;
  process.stdout.write(
    `${(share * 100).toFixed(0).padStart(4)}% of the budget  ${told.padStart(8)}  ${when.slice(0, 70)}\n`,
  );
}
