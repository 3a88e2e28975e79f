import { frameOf } from '../../shared/alerts/compose.ts';
import { round12 } from '../../shared/alerts/round.ts';
import { measured } from '../../shared/alerts/message/numbers.ts';
import type { Calendar, Instant, Session } from '../../shared/calendar/calendar.ts';
import { NO_DATA } from '../../shared/expression/types.ts';
import type { ObservationStore } from '../../shared/ports/observations.ts';
import type { RecordStore } from '../../shared/ports/records.ts';
import { stateOf } from '../../shared/rules/lifecycle.ts';
import type { Rule } from '../../shared/rules/rule.ts';
import type { State } from '../../shared/rules/verdict.ts';
import type { Archive } from '../../shared/series/archive.ts';
import type { Market } from '../../shared/series/market.ts';
import { snapshotOf } from '../../shared/series/snapshot-of.ts';
import { openArchive, readMarket, seriesRead } from '../../shared/service/open-archive.ts';
import {
  listRules,
  loadDefinitions,
  reasonBroken,
  type RuleDefinition,
} from '../../shared/service/rule-book.ts';
import { openContext, type RuleView } from '../../shared/workflows/evaluation-context.ts';
import { storedInstruments } from '../../shared/service/stored-instruments.ts';
import { keptWhile } from '../../shared/workbench/kept-while.ts';

/** Where one rule stands on the last session with a stored value. */
export interface Reading {
  readonly rule: string;
  readonly title: string;
  /** `broken`: its text has errors, or a rule it needs has. */
  readonly state: State | 'broken' | 'disabled';
  /** Whether the rule has no data on the session; it then keeps the state it had. */
  readonly noData: boolean;
  /** The first session of that state running; null where there is none. */
  readonly since: Session | null;
  readonly value: number | null;
  readonly threshold: number | null;
  /** Value and threshold as messages print them; null without one. */
  readonly valueText: string | null;
  readonly thresholdText: string | null;
  /** What is broken; null where nothing is. */
  readonly reason: string | null;
}

/** Every saved rule on one session; the session is null where nothing is stored. */
export interface Readings {
  readonly session: Session | null;
  readonly rules: readonly Reading[];
}

/** What readings are taken from. */
export interface ReadingGround {
  readonly observations: ObservationStore;
  readonly records: RecordStore;
  readonly market: Market;
  readonly calendar: Calendar;
  readonly clock: () => Instant;
}

/**
 * Takes readings of all rules, again only where what is stored, a rule or the last finished session has changed: the
 * course of a rule runs over all history.
 */
export function createReadings(ground: ReadingGround): () => Promise<Readings> {
  const { observations, records, calendar, clock } = ground;
  const definitions = async () => (await listRules(records)).filter(({ state }) => state !== 'deleted');
  return keptWhile(
    async () => [
      calendar.lastFinished(clock()),
      await observations.changedAt(),
      await observations.catalog(),
      (await definitions()).map(({ id, version, state }) => [id, version, state]),
    ],
    async () => await take(ground, await definitions()),
  );
}

async function take(ground: ReadingGround, definitions: readonly RuleDefinition[]): Promise<Readings> {
  const { observations, calendar, clock } = ground;
  const market = await storedInstruments(observations, ground.market);
  const stored = await readMarket(observations, market);
  const enabled = definitions.filter(({ state }) => state === 'enabled');
  const { rules, findings } = loadDefinitions(enabled, stored.market);
  const series = seriesRead(rules, stored);
  const archive = await openArchive(observations, stored, {
    ...{ series, from: calendar.first, calendar, now: clock() },
  });
  const last = lastSession(archive, calendar.lastFinished(clock()));
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const read = last === null ? null : readerAt(archive, byId, last);
  return {
    session: last,
    rules: definitions.map(({ id, state }) => {
      const rule = byId.get(id);
      if (state !== 'enabled') return without(id, 'disabled', null);
      if (rule === undefined) return without(id, 'broken', reasonBroken(id, findings));
      return read === null ? { ...without(id, 'inactive', null), title: rule.title } : read(rule);
    }),
  };
}

/** The last session with a stored value that is over. */
function lastSession({ filled, calendar }: Archive, finished: Session | null | undefined): Session | null {
  const ordinal = filled.findLast((one) => (calendar.sessions[one] ?? '') <= (finished ?? ''));
  return ordinal === undefined ? null : (calendar.sessions[ordinal] ?? null);
}

function without(rule: string, state: Reading['state'], reason: string | null): Reading {
  return {
    ...{ rule, title: '', state, noData: false, since: null, reason },
    ...{ value: null, threshold: null, valueText: null, thresholdText: null },
  };
}

function readerAt(
  archive: Archive,
  rules: ReadonlyMap<string, Rule>,
  session: Session,
): (rule: Rule) => Reading {
  const snapshot = snapshotOf(archive, Number.POSITIVE_INFINITY);
  const index = snapshot.index(session) ?? 0;
  const context = openContext(snapshot, { rules, length: index + 1 });
  return (rule) => {
    const view = context.view(rule);
    const definition = { definition: frameOf(rule, archive).definition };
    const value = view.figures.value(index);
    const threshold = view.figures.threshold(index);
    return {
      rule: rule.id,
      title: rule.title,
      state: stateOf(view.course.states[index] ?? 0),
      noData: (view.verdicts.when[index] ?? NO_DATA) === NO_DATA,
      since: sinceAt(view, index, snapshot.sessions),
      value: round12(value),
      threshold: round12(threshold),
      valueText: rule.measure === null ? null : measured(definition, value),
      thresholdText: threshold === null ? null : measured(definition, threshold),
      reason: null,
    };
  };
}

/** The first session of the state that runs; null where it has been so since the data starts. */
function sinceAt({ course }: RuleView, index: number, sessions: readonly Session[]): Session | null {
  let first = index;
  while (first > 0 && course.states[first - 1] === course.states[index]) first -= 1;
  return first === 0 ? null : (sessions[first] ?? null);
}
