import { type AlertFrame, frameOf } from '../alerts/compose.ts';
import type { Calendar, Instant, Session } from '../calendar/calendar.ts';
import { inParallel } from '../in-parallel.ts';
import type { Written } from '../ports/records.ts';
import { inDependencyOrder } from '../rules/load.ts';
import type { Rule } from '../rules/rule.ts';
import type { Archive } from '../series/archive.ts';
import { snapshotOf } from '../series/snapshot-of.ts';
import { openContext } from '../workflows/evaluation-context.ts';
import { openEpisode } from '../workflows/recorded.ts';
import { decideRule, type RuleGround, type SessionGround } from './decide.ts';
import type { Stored } from './json-record.ts';
import { ruleStateName } from './names.ts';
import { type PuttingRun, putPending, writeState } from './put-alerts.ts';
import { textOf } from './report.ts';
import type { RuleDefinition } from './rule-book.ts';
import { newRuleState, readRuleState, type RuleState } from './rule-state.ts';
import type { Silence } from './silences.ts';

/** What a session is evaluated with. */
export interface SessionRun extends PuttingRun {
  readonly ground: PuttingRun['ground'] & {
    readonly calendar: Calendar;
    readonly open?: typeof openContext;
  };
  readonly now: Instant;
  readonly rules: ReadonlyMap<string, Rule>;
  readonly frames: Map<string, AlertFrame>;
  readonly silences: readonly Silence[];
}

/** One session and the rules that are to be evaluated on it. */
export interface DueSession {
  readonly session: Session;
  readonly due: readonly RuleDefinition[];
  readonly archive: Archive;
}

/** What was decided for a rule and is to take the place of what was read. */
interface Decided {
  readonly before: Stored<RuleState>;
  readonly after: RuleState;
}

/** Writes at once: a partition takes a thousand units a second, and other runs write as well. */
const WRITES_AT_ONCE = 4;

/**
 * Evaluates rules on one session: all are decided, in dependency order, then stored, a few at once, each by a conditional
 * write of its own; whatever goes wrong with one stops it and those that need it, and is told.
 */
export async function runSession(run: SessionRun, at: DueSession): Promise<void> {
  const ground = openSession(run, at.archive, at.session);
  const byId = new Map(at.due.map((definition) => [definition.id, definition]));
  const decided = inDependencyOrder([...run.rules.values()]).flatMap((rule) => {
    const definition = byId.get(rule.id);
    return definition === undefined ? [] : (decidedOf(run, ground, { rule, definition }) ?? []);
  });
  // What came of the writes is told in the order of the rules, however they overtook each other.
  const outcomes = await inParallel(decided, WRITES_AT_ONCE, (one) => write(run, one));
  for (const outcome of outcomes) await settle(run, outcome);
}

function openSession(run: SessionRun, archive: Archive, session: Session): SessionGround {
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

/** Decides one rule; null where it cannot be decided, which stops it for this run and is told. */
function decidedOf(
  run: SessionRun,
  ground: SessionGround,
  { rule, definition }: { readonly rule: Rule; readonly definition: RuleDefinition },
): Decided | null {
  const needed = rule.dependsOn.find((id) => run.stopped.get(id)?.by === 'rule');
  if (needed !== undefined) return stop(run, rule.id, ground.session, `needs ${needed}`);
  const before = run.states.get(rule.id) ?? {
    name: ruleStateName(rule.id),
    value: newRuleState(rule.id),
    revision: 0,
  };
  try {
    const frame = run.frames.get(rule.id) ?? frameOf(rule, ground.archive);
    run.frames.set(rule.id, frame);
    const after = nothingStored(ground)
      ? { ...before.value, evaluated: ground.session }
      : decideRule({ rule, frame, definition, state: before.value } satisfies RuleGround, ground);
    return { before, after };
  } catch (error) {
    return stop(run, rule.id, ground.session, textOf(error));
  }
}

/** Before the first stored value there is nothing to say. */
function nothingStored({ index, archive }: SessionGround): boolean {
  return index < 0 || archive.filled.length === 0;
}

function stop(run: SessionRun, id: string, session: Session, reason: string): null {
  run.stopped.set(id, { by: 'rule', reason });
  run.protocol.find('rule failed', id, `not evaluated on ${session}: ${reason}`);
  run.protocol.count('failedRules');
  return null;
}

/** What came of a write: that it was written or not, or why the store failed. */
interface Outcome extends Decided {
  readonly written: Written | { readonly failed: string };
}

async function write(run: SessionRun, decided: Decided): Promise<Outcome> {
  try {
    return { ...decided, written: await writeState(run, decided.before, decided.after) };
  } catch (error) {
    return { ...decided, written: { failed: textOf(error) } };
  }
}

async function settle(run: SessionRun, outcome: Outcome): Promise<void> {
  const { protocol } = run;
  const { after, written } = outcome;
  if (written === 'conflict') return await takeOver(run, after);
  if (written !== 'written') return leave(run, after, written.failed);
  protocol.count('evaluations');
  const kinds = after.pending.map(({ alert }) => alert.kind);
  const what = kinds.length === 0 ? silentBecause(after) : kinds.join(', ');
  protocol.decide('evaluated', `${after.id} ${after.evaluated ?? ''}`, what);
  if (after.pending.length > 0) await putPending(run, after.id);
}

/** Somebody else decided it: what they stored holds, and this run goes on from there. */
async function takeOver(run: SessionRun, after: RuleState): Promise<void> {
  const { id, evaluated } = after;
  try {
    run.states.set(id, await readRuleState(run.ground.records, id));
  } catch (error) {
    return leave(run, after, textOf(error));
  }
  run.protocol.decide('evaluated elsewhere', `${id} ${evaluated ?? ''}`, 'another run was first');
  // It may have been this run, by a write whose answer was lost: then nobody else is at its alerts.
  await putPending(run, id);
}

function leave(run: SessionRun, { id, evaluated }: RuleState, why: string): void {
  run.stopped.set(id, { by: 'store', reason: why });
  run.protocol.find('store failed', id, `${evaluated ?? ''} is left to the next run: ${why}`);
}

function silentBecause({ recorded }: RuleState): string {
  const open = openEpisode(recorded);
  if (recorded.blind) return 'nothing to say: no data';
  return open === null
    ? 'nothing to say: not firing'
    : `nothing to say: firing since ${open.start}, nothing new`;
}
