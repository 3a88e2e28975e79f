import type { Alert } from '../../../shared/alerts/alert.ts';
import type { Instant } from '../../../shared/calendar/calendar.ts';
import { dayOf } from '../../../shared/calendar/date.ts';
import type {
  MemberList,
  ObservationSource,
  SourceRequest,
  SourceTerms,
} from '../../../shared/ports/source.ts';
import { layOutDays } from '../../../shared/series/days.ts';
import { growRows } from '../../../shared/series/rows.ts';
import { evaluateReleased } from '../../../shared/service/evaluate.ts';
import { ingestGaps, type IngestReport } from '../../../shared/service/ingest.ts';
import {
  at,
  calendar,
  market,
  openService,
  rememberingLoader,
  type Service,
  session,
  type Story,
} from '../world.ts';

/** One row as a fake provider says it. */
export interface Row {
  readonly series: string;
  readonly date: string;
  readonly value: number;
}

/** What a fake provider makes of what it knows: another list of rows, or an error. */
export type Manner = (rows: readonly Row[], request: SourceRequest) => readonly Row[];

/** A fake provider: knows a story, and says of it what is asked, in its own manner. */
export interface FakeProvider extends ObservationSource {
  readonly terms: SourceTerms;
  readonly asked: SourceRequest[];
}

const TERMS = { settleMinutes: 20, history: { first: null, sessions: 20, series: 2 } };

export function provider(
  name: string,
  rank: number,
  story: Story,
  manner: Manner = (rows) => rows,
  members: () => readonly MemberList[] = () => [],
): FakeProvider {
  const asked: SourceRequest[] = [];
  return {
    name,
    terms: { ...TERMS, rank },
    asked,
    async fetch(request) {
      asked.push(request);
      const rows = manner(saidOf(story, request), request);
      return {
        batches: [{ series: seriesOf(rows), memberships: [], source: name }],
        findings: [],
        members: members(),
      };
    },
    stored: async () => {},
  };
}

/** What a story has of what is asked, as known by then; splits and levels go along. */
function saidOf(story: Story, { needs, again = [], levels = [], last, now }: SourceRequest): readonly Row[] {
  const wanted = new Set(
    [...needs, ...again].flatMap((one) => one.series.map((id) => `${id} ${one.session}`)),
  );
  const known = new Map<string, Row>();
  for (const told of story) {
    const date = session(told.session);
    if (date > last || (told.known ?? 0) > now) continue;
    const asked = wanted.has(`${told.series} ${date}`) || levels.includes(told.series);
    const split = told.series.endsWith('.split') && wanted.has(`${told.series.slice(0, -6)}.close ${date}`);
    if (asked || split) known.set(`${told.series} ${date}`, { series: told.series, date, value: told.value });
  }
  return [...known.values()];
}

function seriesOf(rows: readonly Row[]) {
  return [...Map.groupBy(rows, ({ series }) => series)].map(([id, own]) => {
    const grown = growRows();
    for (const { date, value } of own) grown.append(dayOf(date), value, Number.NaN);
    const dot = id.lastIndexOf('.');
    return { instrument: id.slice(0, dot), field: id.slice(dot + 1), rows: grown };
  });
}

const load = rememberingLoader();

/** The runs of an evening, and of the morning after. */
const RUNS = ['17:20', '18:30', '20:20', '24:20', '32:30'];

/** One run of ingest with sources, at an instant. */
export async function ingestAt(
  service: Service,
  sources: readonly ObservationSource[],
  now: Instant,
  of = market,
): Promise<IngestReport> {
  service.now = now;
  const { records, observations } = service;
  return await ingestGaps({
    records,
    observations,
    sources,
    market: of,
    calendar,
    load,
    clock: () => service.now,
  });
}

/** Every run of the evening of a session, each followed by an evaluation. */
export async function evening(
  service: Service,
  sources: readonly ObservationSource[],
  number: number,
  runs = RUNS,
): Promise<readonly IngestReport[]> {
  const reports: IngestReport[] = [];
  for (const time of runs) {
    reports.push(await ingestAt(service, sources, at(number, time)));
    const { records, alerts, observations } = service;
    await evaluateReleased({
      records,
      alerts,
      observations,
      market,
      calendar,
      load,
      clock: () => service.now,
    });
  }
  return reports;
}

/** Everything stored of a series: value in force by date. */
export async function storedOf(service: Service, series: readonly string[]): Promise<Record<string, number>> {
  const { series: found } = await service.observations.load({
    series: series.map((id) => ({ id, from: '1990-01-01' })),
  });
  const stored: Record<string, number> = {};
  for (const { instrument, field, rows } of found) {
    for (let index = 0; index < rows.length; index += 1) {
      const date = layOutDays(calendar).date(rows.day(index));
      stored[`${instrument}.${field} ${date}`] = rows.value(index);
    }
  }
  return stored;
}

/** Alerts but for who the data is from and when it was told: what a subscriber would call the same alert. */
export function essence(alerts: readonly Alert[]): readonly unknown[] {
  return alerts.map(({ id, session: of, kind, value, precedent, margin }) => ({
    id,
    of,
    kind,
    value,
    precedent,
    margin,
  }));
}

export { at, calendar, market, openService, session };
export type { Service, Story };
