import { type AlertFrame, frameOf } from '../alerts/compose.ts';
import type { Style } from '../alerts/message/render.ts';
import type { Calendar, Instant, Session } from '../calendar/calendar.ts';
import type { ObservationStore } from '../ports/observations.ts';
import type { AlertStore, RecordStore } from '../ports/records.ts';
import { inDependencyOrder } from '../rules/load.ts';
import type { Rule } from '../rules/rule.ts';
import type { Archive } from '../series/archive.ts';
import type { Market } from '../series/market.ts';
import { snapshotOf } from '../series/snapshot-of.ts';
import { openContext } from '../workflows/evaluation-context.ts';
import { openEpisode } from '../workflows/recorded.ts';
import { decideRule, type RuleGround, type SessionGround } from './decide.ts';
import type { Stored } from './json-record.ts';
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
import { ruleStateName } from './names.ts';
import { listSilences, type Silence } from './silences.ts';

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
interface Run {
  readonly ground: EvaluateGround;
  readonly protocol: Protocol;
  readonly now: Instant;
  readonly stored: StoredMarket;
  readonly definitions: readonly RuleDefinition[];
  readonly rules: ReadonlyMap<string, Rule>;
  readonly frames: Map<string, AlertFrame>;
  readonly states: Map<string, Stored<RuleState>>;
  readonly silences: readonly Silence[];
  /** Rules that are through for this run. */
  readonly stopped: Map<string, Stopped>;
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
  const all = await listRules(records);
  const states = new Map(await listRuleStates(records));
  const silences = await listSilences(records);
  const stored = await readMarket(ground.observations, ground.market);
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

function stateOf(states: ReadonlyMap<string, Stored<RuleState>>, id: string): RuleState {
  return states.get(id)?.value ?? newRuleState(id);
}

function reportBroken(
  { stopped, protocol }: Run,
  wanted: readonly RuleDefinition[],
  { released }: Progress,
): void {
  for (const { id, state } of wanted) {
    const reason = stopped.get(id)?.reason;
    if (reason === undefined || state === 'disabled') continue;
    protocol.find('rule broken', id, `not evaluated up to ${released}: ${reason}`);
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
  const said = await dataStanding(records, sources);
  const want = { series, from: calendar.first, calendar, now: run.now, ...said };
  const archive = await openArchive(observations, run.stored, want);
  const before = calendar.previous(first) ?? '';
  for (const session of sessionsBetween(calendar, before, last)) {
    const due = wanted.filter((one) => isDue(run, one, session));
    if (due.length > 0) await evaluateSessionOf(run, { session, due, archive });
  }
}

function isDue(run: Run, definition: RuleDefinition, session: Session): boolean {
  if (run.stopped.has(definition.id)) return false;
  return nextSession(definition, stateOf(run.states, definition.id), run.ground.calendar) === session;
}

async function evaluateSessionOf(
  run: Run,
  at: { readonly session: Session; readonly due: readonly RuleDefinition[]; readonly archive: Archive },
): Promise<void> {
  const ground = openSession(run, at.archive, at.session);
  const byId = new Map(at.due.map((definition) => [definition.id, definition]));
  for (const rule of inDependencyOrder([...run.rules.values()])) {
    const definition = byId.get(rule.id);
    if (definition !== undefined) await evaluateRule(run, ground, { rule, definition });
  }
}

function openSession(run: Run, archive: Archive, session: Session): SessionGround {
  const { calendar, open = openContext } = run.ground;
  const index = (calendar.ordinal(session) ?? 0) - (archive.filled[0] ?? 0);
  const snapshot = snapshotOf(archive, calendar.close(session), index + 1);
  const last = calendar.lastFinished(run.now) ?? session;
  const positions = (one: Session): number | undefined => {
    const ordinal = calendar.covers(one) ? calendar.ordinal(one) : undefined;
    const at = ordinal === undefined ? -1 : ordinal - snapshot.origin;
    return at >= 0 && at <= index ? at : undefined;
  };
  return {
    session,
    index,
    sessions: calendar.sessions.slice(snapshot.origin, snapshot.origin + index + 1),
    indexOf: positions,
    archive,
    context: open(snapshot, { rules: run.rules, length: index + 1 }),
    rules: run.rules,
    states: new Map([...run.states].map(([id, { value }]) => [id, value])),
    behind: (calendar.ordinal(last) ?? 0) - (calendar.ordinal(session) ?? 0),
    silences: run.silences,
  };
}

/** Evaluates one rule; whatever goes wrong stops it for this run and is told. */
async function evaluateRule(
  run: Run,
  ground: SessionGround,
  { rule, definition }: { readonly rule: Rule; readonly definition: RuleDefinition },
): Promise<void> {
  const needed = rule.dependsOn.find((id) => run.stopped.get(id)?.by === 'rule');
  if (needed !== undefined) return stop(run, rule.id, ground.session, `needs ${needed}`);
  const before = run.states.get(rule.id) ?? {
    name: ruleStateName(rule.id),
    value: newRuleState(rule.id),
    revision: 0,
  };
  let after: RuleState;
  try {
    const frame = run.frames.get(rule.id) ?? frameOf(rule, ground.archive);
    run.frames.set(rule.id, frame);
    after = nothingStored(ground)
      ? { ...before.value, evaluated: ground.session }
      : decideRule({ rule, frame, definition, state: before.value } satisfies RuleGround, ground);
  } catch (error) {
    return stop(run, rule.id, ground.session, textOf(error));
  }
  try {
    await store(run, before, after);
  } catch (error) {
    run.stopped.set(rule.id, { by: 'store', reason: textOf(error) });
    run.protocol.find('store failed', rule.id, `${ground.session} is left to the next run: ${textOf(error)}`);
  }
}

/** Before the first stored value there is nothing to say. */
function nothingStored({ index, archive }: SessionGround): boolean {
  return index < 0 || archive.filled.length === 0;
}

function stop(run: Run, id: string, session: Session, reason: string): void {
  run.stopped.set(id, { by: 'rule', reason });
  run.protocol.find('rule failed', id, `not evaluated on ${session}: ${reason}`);
  run.protocol.count('failedRules');
}

async function store(run: Run, before: Stored<RuleState>, after: RuleState): Promise<void> {
  const { protocol } = run;
  const session = after.evaluated ?? '';
  const written = await writeState(run, before, after);
  if (written === 'written') {
    protocol.count('evaluations');
    const kinds = after.pending.map(({ alert }) => alert.kind);
    protocol.decide(
      'evaluated',
      `${after.id} ${session}`,
      kinds.length === 0 ? silentBecause(after) : kinds.join(', '),
    );
    if (after.pending.length > 0) await putPending(run, after.id);
    return;
  }
  // Somebody else decided it: what they stored holds, and this run goes on from there.
  run.states.set(after.id, await readRuleState(run.ground.records, after.id));
  protocol.decide('evaluated elsewhere', `${after.id} ${session}`, 'another run was first');
  // It may have been this run, by a write whose answer was lost: then nobody else is at its alerts.
  await putPending(run, after.id);
}

function silentBecause({ recorded }: RuleState): string {
  const open = openEpisode(recorded);
  if (recorded.blind) return 'nothing to say: no data';
  return open === null
    ? 'nothing to say: not firing'
    : `nothing to say: firing since ${open.start}, nothing new`;
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
