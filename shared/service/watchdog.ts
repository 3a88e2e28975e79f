import type { Calendar, Instant, Session } from '../calendar/calendar.ts';
import type { AlertStore, RecordStore } from '../ports/records.ts';
import { listHeld } from './held.ts';
import { readPlan } from './delivery-plan.ts';
import { DEADLINE } from './deliver-run.ts';
import { daysToHorizon, instantOn, type MinuteOfDay, readProgress, sessionsBetween } from './progress.ts';
import { type Decision, openProtocol, type Protocol, type RunReport } from './report.ts';
import { listRules, type RuleDefinition } from './rule-book.ts';
import { listRuleStates } from './rule-state.ts';

/** What the watchdog stands on: the calendar and the stores, nothing that a schedule would have to leave behind. */
export interface WatchdogGround {
  readonly records: RecordStore;
  readonly alerts: AlertStore;
  readonly calendar: Calendar;
  readonly now: Instant;
  /** When a session should have been evaluated: 22:00 New York unless configured. */
  readonly deadlineMinute?: MinuteOfDay;
  /** What a look at the subscriptions found. */
  readonly subscriptions?: readonly Decision[];
}

/** What the watchdog found; `findings` are for the operator. */
export interface WatchdogReport extends RunReport {
  /** Sessions that should have been evaluated and were not, oldest first. */
  readonly overdue: readonly Session[];
}

const HOUR = 3_600_000;
const HORIZON_DAYS = 60;
const DELIVERY_SESSIONS = 5;
const SHOWN = 5;

/**
 * Looks for what should have happened and did not. Counts `overdue` on every day of the year: 0 where all is well, also
 * on days without a session, so that silence means that the watchdog itself does not run.
 */
export async function watchdog(ground: WatchdogGround): Promise<WatchdogReport> {
  const protocol = openProtocol('watchdog', ground.now);
  const rules = await listRules(ground.records);
  const overdue = await overdueSessions(ground, rules);
  protocol.count('overdue', overdue.length);
  const [first] = overdue;
  if (first === undefined) protocol.decide('in time', 'service', 'every session due is evaluated');
  else
    protocol.find(
      'session overdue',
      first,
      `${overdue.length} due and not evaluated, the last ${overdue.at(-1)}`,
    );
  await findFailingRules(ground, rules, protocol);
  await findStuckDeliveries(ground, protocol);
  await findHeld(ground, protocol);
  for (const { what, subject, why } of ground.subscriptions ?? []) protocol.find(what, subject, why);
  const days = daysToHorizon(ground.calendar, ground.now);
  protocol.count('daysToHorizon', days);
  if (days < HORIZON_DAYS) {
    protocol.find(
      'calendar ends',
      ground.calendar.last,
      `in ${days} days: a release with a longer calendar is needed`,
    );
  }
  return { ...protocol.report(), overdue };
}

/** Sessions whose deadline has passed and which are not evaluated, by the calendar and the rules' live sessions alone. */
async function overdueSessions(
  { records, calendar, now, deadlineMinute = DEADLINE }: WatchdogGround,
  rules: readonly RuleDefinition[],
): Promise<readonly Session[]> {
  const last = calendar.lastFinished(now);
  if (last === undefined) return [];
  const due = now >= instantOn(last, deadlineMinute) ? last : calendar.previous(last);
  const since = (await readProgress(records))?.evaluated ?? beforeFirstLive(calendar, rules);
  return due === undefined || since === null ? [] : sessionsBetween(calendar, since, due);
}

/** Where nothing was ever recorded, everything since the first rule went live is due; null where no rule is enabled. */
function beforeFirstLive(calendar: Calendar, rules: readonly RuleDefinition[]): Session | null {
  const live = rules.filter(({ state }) => state === 'enabled').map((rule) => rule.live);
  const first = live.toSorted()[0];
  return first === undefined ? null : (calendar.previous(first) ?? null);
}

async function findFailingRules(
  { records }: WatchdogGround,
  rules: readonly RuleDefinition[],
  protocol: Protocol,
): Promise<void> {
  const states = await listRuleStates(records);
  for (const { id, state } of rules) {
    const failure = states.get(id)?.value.failure ?? null;
    if (failure === null || state === 'deleted') continue;
    protocol.count('failingRules');
    protocol.find('rule failing', id, `not evaluated up to ${failure.session}: ${failure.reason}`);
  }
}

/** Values that wait for somebody. */
async function findHeld({ records, now }: WatchdogGround, protocol: Protocol): Promise<void> {
  const waiting = (await listHeld(records)).filter(({ state }) => state === 'held');
  protocol.count('heldValues', waiting.length);
  const [oldest] = waiting.toSorted((a, b) => a.candidate.firstSeen - b.candidate.firstSeen);
  if (oldest === undefined) return;
  const hours = Math.floor((now - oldest.candidate.firstSeen) / HOUR);
  const age = hours < 48 ? counted(hours, 'hour') : counted(Math.floor(hours / 24), 'day');
  protocol.find(
    'values held',
    oldest.id,
    `${waiting.length} held, the oldest for ${age}: tidemark held list`,
  );
}

function counted(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : `${noun}s`}`;
}

/** Alerts that wait for more than an hour, and publishes that ended for good. */
async function findStuckDeliveries(
  { alerts, records, calendar, now }: WatchdogGround,
  protocol: Protocol,
): Promise<void> {
  // Due within the hour: one that every attempt fails to send is always claimed for the next few minutes.
  const stuck = (await alerts.due(now + HOUR, 1000)).filter(({ createdAt }) => createdAt < now - HOUR);
  protocol.count('stuckAlerts', stuck.length);
  if (stuck.length > 0) {
    const ids = stuck.slice(0, SHOWN).map(({ alert }) => alert.id);
    protocol.find(
      'delivery stuck',
      ids[0] ?? '',
      `${stuck.length} unsent for more than an hour: ${ids.join(', ')}`,
    );
  }
  const last = calendar.lastFinished(now);
  if (last === undefined) return;
  const to = calendar.ordinal(last) ?? 0;
  const recent = calendar.sessions.slice(Math.max(to + 1 - DELIVERY_SESSIONS, 0), to + 1);
  const page = await alerts.page({ from: recent[0] ?? last, to: last, limit: 1000, cursor: null });
  for (const { alert, delivery } of page.records) {
    if (delivery.kind === 'failed') protocol.find('never sent', alert.id, delivery.error);
  }
  const made = new Map(page.records.map(({ alert, createdAt }) => [alert.id, createdAt]));
  for (const session of recent) await findStuckDigests(records, { session, made, now }, protocol);
}

/** Digests whose alerts were all made more than an hour ago, and publishes of digests that ended for good. */
async function findStuckDigests(
  records: RecordStore,
  at: {
    readonly session: Session;
    readonly made: ReadonlyMap<string, Instant>;
    readonly now: Instant;
  },
  protocol: Protocol,
): Promise<void> {
  const { plan } = await readPlan(records, at.session);
  for (const { key, ids, state } of plan.batches) {
    if (state.kind === 'failed') protocol.find('never sent', key, state.error);
    if (state.kind === 'sent' || state.kind === 'failed') continue;
    if (ids.some((id) => (at.made.get(id) ?? 0) >= at.now - HOUR)) continue;
    const attempts = state.kind === 'claimed' ? state.attempts : 0;
    protocol.count('stuckAlerts');
    protocol.find('delivery stuck', key, `claimed ${attempts} times and not sent for more than an hour`);
  }
}
