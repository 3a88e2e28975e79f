import { join } from 'node:path';
import { readOutboxLog } from '../../adapters/outbox/delivery.ts';
import type { Holding } from '../../local/runtime/holding.ts';
import type { LocalStore } from '../../local/runtime/local-store.ts';
import type { Standing } from '../../local/start/banner.ts';
import type { Instant } from '../../shared/calendar/calendar.ts';
import { readProgress } from '../../shared/service/progress.ts';
import { listRules } from '../../shared/service/rule-book.ts';
import { allAlerts } from '../service/alerts.ts';
import { flagOf } from '../service/hold.ts';

/** How a store on this machine stands. */
export async function standingOf(
  store: LocalStore,
  at: {
    readonly holding: Holding;
    readonly next: Instant | null;
    readonly place: string;
    readonly address: string | null;
  },
): Promise<Standing> {
  const { observations, records, alerts, place } = store;
  const stored = await observations.catalog();
  const last = stored.reduce((latest, { last: one }) => (one > latest ? one : latest), '');
  const progress = await readProgress(records);
  const rules = (await listRules(records)).filter(({ state }) => state === 'enabled');
  return {
    dataAsOf: last === '' ? null : last,
    evaluated: progress === null || progress.evaluated === progress.history ? null : progress.evaluated,
    rules: rules.length,
    alerts: (await allAlerts(alerts, {})).length,
    published: (await readOutboxLog(place.outbox)).length,
    standsAt: at.holding.kind === 'sample' ? at.holding.now : null,
    next: at.next,
    address: at.address,
    relay: await store.relayName(),
    outbox: join(at.place, 'outbox'),
    flag: flagOf(at.place),
  };
}
