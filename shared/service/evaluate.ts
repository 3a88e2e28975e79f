import type { Style } from '../alerts/message/render.ts';
import type { Calendar, Instant, Session } from '../calendar/calendar.ts';
import type { ObservationStore } from '../ports/observations.ts';
import type { AlertStore, RecordStore } from '../ports/records.ts';
import type { Market } from '../series/market.ts';
import type { openContext } from '../workflows/evaluation-context.ts';
import { markEvaluated } from './mark-evaluated.ts';
import { dataStanding } from './data-standing.ts';
import { openArchive, readMarket, seriesRead, type StoredMarket } from './open-archive.ts';
import { type Progress, readProgress, sessionsBetween } from './progress.ts';
import { putPending, type Stopped, writeState } from './put-alerts.ts';
import { openProtocol, type Protocol, type RunReport, textOf } from './report.ts';
import {
  listRules,
  loadDefinitions,
  reasonBroken,
  type RuleDefinition,
  type RuleLoader,
} from './rule-book.ts';
import { listRuleStates, newRuleState, nextSession, readRuleState, type RuleState } from './rule-state.ts';
import { runSession, type SessionRun } from './run-session.ts';
import { listSilences } from './silences.ts';

/** What an evaluation stands on. */
export interface EvaluateGround {
  readonly records: RecordStore;
  readonly alerts: AlertStore;
  readonly observations: ObservationStore;
  readonly market: Market;
  readonly calendar: Calendar;
  readonly clock: () => Instant;
  /** How messages are marked; nothing by default. */
  readonly style?: Style;
  /** Who the stored values came from, in words that alerts repeat: `CSV files`; nothing by default. */
  readonly sources?: readonly string[];
  readonly load?: RuleLoader;
  readonly open?: typeof openContext;
}

/** Which rules a run is to evaluate: all of them, or a portion where a large set is spread over several runs. */
export type Portion = 'all' | ReadonlySet<string>;

/** A run while it goes on. */
interface Run extends SessionRun {
  readonly ground: EvaluateGround;
  readonly stored: StoredMarket;
  readonly definitions: readonly RuleDefinition[];
}

/**
 * Evaluates every rule on every released session it was not yet evaluated on, oldest first, each rule by itself: what one
 * conditional write says of a rule and a session holds, and every other run finds it done. A rule that is broken or
 * throws is reported and stops only those that need it; a store that fails stops the rule for this run, and the next one
 * goes on from there. Throws where the store cannot be read at all.
 */
export async function evaluateReleased(ground: EvaluateGround, portion: Portion = 'all'): Promise<RunReport> {
  const now = ground.clock();
  const protocol = openProtocol('evaluate', now);
  const progress = await readProgress(ground.records);
  if (progress === null) {
    protocol.decide('nothing', 'service', 'no rule was ever saved');
    return protocol.report();
  }
  const run = await openRun(ground, protocol, now);
  await putPending(run);
  const wanted = run.definitions.filter(({ id }) => portion === 'all' || portion.has(id));
  reportBroken(run, wanted, progress);
  const first = firstSession(run, wanted, progress);
  if (first !== null) await evaluateFrom(run, wanted, { first, last: progress.released });
  else
    protocol.decide('nothing', progress.released, 'every rule is evaluated up to the last released session');
  await recordFailures(run, progress);
  await markEvaluated(run, progress);
  return protocol.report();
}

async function openRun(ground: EvaluateGround, protocol: Protocol, now: Instant): Promise<Run> {
  const { records } = ground;
  // After how far the service has come, so that nothing read here is older than what was released by then.
  const [all, listed, silences, stored] = await Promise.all([
    listRules(records),
    listRuleStates(records),
    listSilences(records),
    readMarket(ground.observations, ground.market),
  ]);
  const states = new Map(listed);
  const definitions = all.filter((one) => isAlive(one, stateOf(states, one.id), ground.calendar));
  const loaded = loadDefinitions(definitions, stored.market, ground.load);
  const rules = new Map(loaded.rules.map((rule) => [rule.id, rule]));
  const broken = definitions.filter(({ id }) => !rules.has(id));
  const stopped = new Map(
    broken.map(({ id }): [string, Stopped] => [
      id,
      { by: 'rule', reason: reasonBroken(id, loaded.findings) },
    ]),
  );
  return {
    ground,
    protocol,
    now,
    stored,
    definitions,
    rules,
    frames: new Map(),
    states,
    silences,
    stopped,
  };
}

/** Whether anything is left to do for a rule: a deleted one is resolved first. */
function isAlive(definition: RuleDefinition, state: RuleState, calendar: Calendar): boolean {
  if (definition.state !== 'deleted' || state.pending.length > 0) return true;
  return nextSession(definition, state, calendar) !== null;
}

function stateOf(states: SessionRun['states'], id: string): RuleState {
  return states.get(id)?.value ?? newRuleState(id);
}

function reportBroken(
  { stopped, protocol }: Run,
  wanted: readonly RuleDefinition[],
  { released }: Progress,
): void {
  for (const { id, state } of wanted) {
    const found = stopped.get(id);
    // A store that failed at what another run left is told already, and is no fault of the rule.
    if (found?.by !== 'rule' || state === 'disabled') continue;
    protocol.find('rule broken', id, `not evaluated up to ${released}: ${found.reason}`);
    protocol.count('brokenRules');
  }
}

/** The oldest session that some rule is still to be evaluated on; null where there is none. */
function firstSession(run: Run, wanted: readonly RuleDefinition[], { released }: Progress): Session | null {
  const open = wanted
    .filter(({ id }) => !run.stopped.has(id))
    .flatMap((one) => nextSession(one, stateOf(run.states, one.id), run.ground.calendar) ?? [])
    .filter((session) => session <= released);
  return open.length === 0 ? null : open.reduce((a, b) => (a < b ? a : b));
}

async function evaluateFrom(
  run: Run,
  wanted: readonly RuleDefinition[],
  { first, last }: { readonly first: Session; readonly last: Session },
): Promise<void> {
  const { calendar, observations, records, sources } = run.ground;
  const series = seriesRead([...run.rules.values()], run.stored);
  const want = { series, from: calendar.first, calendar, now: run.now };
  const [values, said] = await Promise.all([
    openArchive(observations, run.stored, want),
    dataStanding(records, sources),
  ]);
  const archive = { ...values, ...said };
  const before = calendar.previous(first) ?? '';
  for (const session of sessionsBetween(calendar, before, last)) {
    const due = wanted.filter((one) => isDue(run, one, session));
    if (due.length > 0) await runSession(run, { session, due, archive });
  }
}

function isDue(run: Run, definition: RuleDefinition, session: Session): boolean {
  if (run.stopped.has(definition.id)) return false;
  return nextSession(definition, stateOf(run.states, definition.id), run.ground.calendar) === session;
}

/** Keeps with each stopped rule which session waits and why, so that no session waits for it. */
async function recordFailures(run: Run, { released }: Progress): Promise<void> {
  for (const definition of run.definitions) {
    const stopped = run.stopped.get(definition.id);
    if (stopped?.by !== 'rule') continue;
    const { reason } = stopped;
    const stored = run.states.get(definition.id) ?? (await readRuleState(run.ground.records, definition.id));
    const next = nextSession(definition, stored.value, run.ground.calendar);
    if (next === null || next > released || stored.value.failure?.session === released) continue;
    try {
      await writeState(run, stored, { ...stored.value, failure: { session: released, reason } });
    } catch (error) {
      run.protocol.find('store failed', definition.id, textOf(error));
    }
  }
}
