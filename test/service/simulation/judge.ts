import type { Instant } from '../../../shared/calendar/calendar.ts';
import { readPlan } from '../../../shared/service/delivery-plan.ts';
import { allAlerts, type Ports } from '../world.ts';
import type { Ledger } from './ledger.ts';
import type { Expected } from './simulate.ts';

/** What a schedule is judged by. */
export interface Case {
  readonly ledger: Ledger;
  readonly expected: Expected;
  readonly lease: number;
  readonly timeout: number;
}

/** What broke a promise of DESIGN section 6, and how many second publishes there were. */
export interface Verdict {
  readonly problems: readonly string[];
  readonly secondPublishes: number;
}

/** Judges how a schedule ended: nothing lost, nothing doubled, every second publish allowed and counted. */
export async function judge({ ledger, expected, lease, timeout }: Case): Promise<Verdict> {
  const problems: string[] = [];
  const { ports, made, decided, published } = ledger;
  const found = new Set((await allAlerts(ports.alerts)).map(({ id }) => id));
  for (const { id } of expected.alerts) if (!found.has(id)) problems.push(`lost: ${id}`);
  const wanted = new Set(expected.alerts.map(({ id }) => id));
  for (const id of found) if (!wanted.has(id)) problems.push(`never due: ${id}`);
  for (const [id, times] of made) if (times > 1) problems.push(`made ${times} times: ${id}`);
  for (const [key, times] of decided) if (times > 1) problems.push(`decided ${times} times: ${key}`);
  const attempts = new Map<string, number>();
  for (const id of found) problems.push(...(await judgeAlert(id, { ports, expected, published, attempts })));
  let secondPublishes = 0;
  for (const [key, times] of published) {
    secondPublishes += times.length - 1;
    problems.push(...judgePublishes(key, times, { attempts, lease, timeout }));
  }
  return { problems, secondPublishes };
}

interface AlertCase {
  readonly ports: Ports;
  readonly expected: Expected;
  readonly published: ReadonlyMap<string, readonly Instant[]>;
  readonly attempts: Map<string, number>;
}

async function judgeAlert(
  id: string,
  { ports, expected, published, attempts }: AlertCase,
): Promise<readonly string[]> {
  const record = await ports.alerts.get(id);
  if (record === null) return [`not to be read: ${id}`];
  const { delivery, alert } = record;
  const { plan } = await readPlan(ports.records, alert.session);
  for (const { key, state } of plan.batches) {
    if (state.kind !== 'sent') return [`digest left ${state.kind}: ${key}`];
    attempts.set(key, state.attempts);
  }
  const silenced = expected.silenced.has(id);
  if (silenced) return delivery.kind === 'withheld' ? [] : [`sent under a silence: ${id}`];
  if (delivery.kind === 'sent') {
    attempts.set(id, delivery.attempts);
    return published.has(id) ? [] : [`said to be sent and never published: ${id}`];
  }
  if (delivery.kind !== 'withheld') return [`left ${delivery.kind}: ${id}`];
  if (delivery.reason !== 'digest') return [`withheld for ${delivery.reason}: ${id}`];
  const batch = plan.batches.find(({ key }) => key === delivery.detail);
  const told = batch?.ids.includes(id) === true && published.has(batch.key);
  return told ? [] : [`said to be in a digest that was never published: ${id}`];
}

/** A key may be published again only under a later claim, which an unexpired lease never allows. */
function judgePublishes(
  key: string,
  times: readonly Instant[],
  rules: { readonly attempts: ReadonlyMap<string, number>; readonly lease: number; readonly timeout: number },
): readonly string[] {
  const problems: string[] = [];
  const counted = rules.attempts.get(key) ?? 0;
  if (times.length > counted) problems.push(`published ${times.length} times, counted ${counted}: ${key}`);
  for (const [index, time] of times.entries()) {
    const before = times[index - 1];
    if (before !== undefined && time - before <= rules.lease - rules.timeout) {
      problems.push(`published again under a running lease: ${key}`);
    }
  }
  return problems;
}
