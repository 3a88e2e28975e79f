import type { Session } from '../../shared/calendar/calendar.ts';
import type { AlertRecord, AlertStore } from '../../shared/ports/records.ts';

/** Earlier than any session, and later than any. */
const EVER = { from: '1980-01-01', to: '2099-12-31' } as const;
const PAGE = 200;

/** Which alerts are wanted; what is absent is not asked about. */
export interface AlertFilter {
  readonly from?: Session;
  readonly to?: Session;
  readonly keep?: (record: AlertRecord) => boolean;
  readonly limit?: number;
}

/** Alerts of a period that are wanted, newest session first, as many as the limit allows. */
export async function allAlerts(store: AlertStore, filter: AlertFilter): Promise<readonly AlertRecord[]> {
  const { from = EVER.from, to = EVER.to, keep = () => true, limit = Number.POSITIVE_INFINITY } = filter;
  const found: AlertRecord[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<AlertStore['page']>> = await store.page({ from, to, limit: PAGE, cursor });
    found.push(...page.records.filter(keep));
    cursor = page.cursor;
  } while (cursor !== null && found.length < limit);
  return found.slice(0, limit);
}
