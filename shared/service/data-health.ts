import { seriesOf } from '../acceptance/candidate.ts';
import type { InputFreshness } from '../alerts/alert.ts';
import { figureExpressions } from '../alerts/figures.ts';
import { freshness, inputsOf } from '../alerts/inputs.ts';
import type { Calendar, Instant, Session } from '../calendar/calendar.ts';
import type { ObservationStore } from '../ports/observations.ts';
import type { RecordStore } from '../ports/records.ts';
import type { Market } from '../series/market.ts';
import { snapshotOf } from '../series/snapshot-of.ts';
import { dataStanding } from './data-standing.ts';
import { sourceName } from '../acceptance/source-name.ts';
import { type HeldValue, listHeld } from './held.ts';
import { membersEver, openArchive, readMarket, type StoredMarket } from './open-archive.ts';
import { type Origins, readOrigins } from './provenance.ts';
import { listRules, loadDefinitions, type RuleLoader } from './rule-book.ts';

/** What looking at the data stands on. */
export interface HealthGround {
  readonly records: RecordStore;
  readonly observations: ObservationStore;
  readonly market: Market;
  readonly calendar: Calendar;
  readonly now: Instant;
  readonly load?: RuleLoader;
}

/** One input of the enabled rules on the last finished session. */
export interface InputHealth extends InputFreshness {
  /** Who said the value in force; null where nobody remembers, and for a universe. */
  readonly source: string | null;
  /** Whether another provider says something slightly different. */
  readonly settled: 'settled' | 'provisional';
  /** Of a universe: the share of members that must have a value, 0..1; null for a series. */
  readonly needed: number | null;
  /** One sentence for a reader. */
  readonly finding: string;
}

/** Where the data stands. */
export interface DataHealth {
  /** The last finished session; null before the first. */
  readonly session: Session | null;
  /** Every series and universe that enabled rules read, by name. */
  readonly inputs: readonly InputHealth[];
  /** Values that wait, the oldest first. */
  readonly held: readonly { readonly value: HeldValue; readonly ageMs: number }[];
  /** Inputs by status, and `held` values: for metrics. */
  readonly counts: Readonly<Record<InputFreshness['status'] | 'heldValues', number>>;
}

/** Sessions that are loaded: a level older than its latest year is stale by any rule. */
const LOADED = 420;

/** Looks at every input of the enabled rules as of now: fresh, carried, stale, missing or held, and from whom. */
export async function dataHealth(ground: HealthGround): Promise<DataHealth> {
  const { records, observations, calendar, now } = ground;
  const session = calendar.lastFinished(now) ?? null;
  const waiting = (await listHeld(records)).filter(({ state }) => state === 'held');
  const held = waiting
    .map((value) => ({ value, ageMs: now - value.candidate.firstSeen }))
    .toSorted((a, b) => b.ageMs - a.ageMs || (a.value.id < b.value.id ? -1 : 1));
  const stored = await readMarket(observations, ground.market);
  const inputs = session === null ? [] : await inputsOn(ground, stored, session, waiting);
  const counts = { fresh: 0, carried: 0, stale: 0, missing: 0, held: 0, heldValues: held.length };
  for (const { status } of inputs) counts[status] += 1;
  return { session, inputs, held, counts };
}

async function inputsOn(
  { records, observations, calendar, now, load }: HealthGround,
  stored: StoredMarket,
  session: Session,
  waiting: readonly HeldValue[],
): Promise<readonly InputHealth[]> {
  const enabled = (await listRules(records)).filter(({ state }) => state === 'enabled');
  const { rules } = loadDefinitions(enabled, stored.market, load);
  const inputs = inputsOf(
    rules.flatMap((rule) => [rule.when.expression, rule.resolveWhen.expression, ...figureExpressions(rule)]),
    stored.market,
  );
  const members = inputs.universes.flatMap(({ universe, fields }) =>
    membersEver(universe, stored).flatMap((member) => fields.map((field) => `${member}.${field}`)),
  );
  const from = calendar.sessions[Math.max(calendar.onOrBefore(session) - LOADED, 0)] ?? calendar.first;
  const series = [...new Set([...inputs.series, ...members])].toSorted();
  const said = await dataStanding(records);
  const archive = await openArchive(observations, stored, { series, from, calendar, now, ...said });
  const origin = archive.filled[0] ?? calendar.onOrBefore(session);
  const index = calendar.onOrBefore(session) - origin;
  const snapshot = snapshotOf(archive, Number.POSITIVE_INFINITY, index + 1);
  const origins = await readOrigins(records);
  return freshness(inputs, archive, snapshot, index).map((one) => {
    return healthOf(one, { stored, origins, session, waiting });
  });
}

interface Look {
  readonly stored: StoredMarket;
  readonly origins: Origins;
  readonly session: Session;
  readonly waiting: readonly HeldValue[];
}

function healthOf(one: InputFreshness, { stored, origins, session, waiting }: Look): InputHealth {
  const { input, asOf, coverage } = one;
  if (coverage !== null) {
    const needed = stored.market.universes.get(input)?.coverage ?? 0.95;
    const back = waiting.filter(
      ({ candidate }) =>
        candidate.date === session && membersEver(input, stored).includes(candidate.instrument),
    ).length;
    const finding = coverageText(one, { needed, back, session });
    return { ...one, source: null, settled: 'settled', needed, finding };
  }
  const source = asOf === null ? null : origins.sourceOf(input, asOf);
  const provisional = asOf !== null && origins.isProvisional(input, asOf);
  const own = waiting.filter(
    ({ candidate }) => seriesOf(candidate) === input && candidate.date > (asOf ?? ''),
  );
  return {
    ...one,
    source,
    settled: provisional ? 'provisional' : 'settled',
    needed: null,
    finding: seriesText(one, source, own),
  };
}

function coverageText(
  { coverage, status }: InputFreshness,
  { needed, back, session }: { readonly needed: number; readonly back: number; readonly session: Session },
): string {
  const { have, of } = coverage ?? { have: 0, of: 0 };
  const held = back === 0 ? '' : `, ${back} held back`;
  const said = `${have} of ${of} members have a value on ${session}${held}`;
  if (status === 'fresh') return said;
  if (of === 0) return `nobody belongs to it on ${session}, so nothing is said about it`;
  return `${said}: fewer than ${Number((needed * 100).toFixed(6))}%, so nothing is said about it`;
}

function seriesText(
  { asOf, status }: InputFreshness,
  source: string | null,
  own: readonly HeldValue[],
): string {
  const from = source === null ? '' : ` from ${sourceName(source)}`;
  const last = asOf === null ? 'no value yet' : `value of ${asOf}${from}`;
  const [first] = own;
  if (status === 'held' && first !== undefined) return `${last}; ${first.id} is held: ${first.reason}`;
  return status === 'stale' ? `${last}, too old to use` : status === 'missing' ? `missing; ${last}` : last;
}
