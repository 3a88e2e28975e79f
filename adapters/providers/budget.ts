import type { Instant } from '../../shared/calendar/calendar.ts';
import { dayOf } from '../../shared/calendar/date.ts';
import { newYorkClock } from '../../shared/calendar/new-york-time.ts';
import type { RecordStore } from '../../shared/ports/records.ts';
import { changeJson } from '../../shared/service/json-record.ts';
import type { Access } from './access.ts';
import type { AnswerKind, ProviderAnswer, ProviderName } from './answer.ts';
import { newYorkDate } from './new-york-date.ts';

type Window = 'minute' | 'hour' | 'day' | 'month';

/** Requests a provider's free plan allows in a window, or that courtesy does where it says nothing. */
const LIMITS: Readonly<Record<ProviderName, Partial<Readonly<Record<Window, number>>>>> = {
  alpaca: { minute: 180 },
  tiingo: { hour: 50, day: 1000 },
  massive: { minute: 5 },
  fred: { minute: 100 },
  fredgraph: { minute: 10, day: 200 },
  nyfed: { minute: 10, day: 200 },
  ssga: { minute: 10, day: 100 },
  yahoo: { minute: 10, hour: 30 },
};

/** Quotas of one provider and key, as they are kept across cold starts. */
interface Spent {
  readonly windows: Partial<Readonly<Record<Window, { readonly start: Instant; readonly used: number }>>>;
  /** Set where the provider itself said no for longer: nothing is sent before. */
  readonly closed?: { readonly until: Instant; readonly kind: AnswerKind };
  /** Answers in a row that were in another format, and gave nothing. */
  readonly strange?: number;
}

/** Leave to send one request, or until when there is none and what that amounts to. */
export type Leave =
  | { readonly kind: 'granted' }
  | { readonly kind: 'refused'; readonly until: Instant; readonly as: AnswerKind };

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MINUTES = 1440;
const WALL_HOURS = 6;
const KEY_HOURS = 24;
/** After so many answers in a row in another format the provider rests until the next evening: its pages have changed. */
const MOST_STRANGE = 5;
/** Minutes after midnight in New York: the first run of an evening comes soon after. */
const EVENING = 17 * 60;

/** Counts one request against the provider's quotas, if they still allow it. */
export async function takeLeave(records: RecordStore, access: Access, now: Instant): Promise<Leave> {
  let leave: Leave = { kind: 'granted' };
  await changeJson<Spent>(records, budgetName(access), (before) => {
    const spent = before ?? { windows: {} };
    leave = leaveOf(spent, access.provider, now);
    return leave.kind === 'granted' ? spend(spent, access.provider, now) : null;
  });
  return leave;
}

/** Keeps what an answer says of later ones: a wall, a wrong key, a quota used up for long, a format nobody here reads. */
export async function noteAnswer(
  records: RecordStore,
  access: Access,
  answer: ProviderAnswer,
  now: Instant,
): Promise<void> {
  const isStrange = answer.kind === 'schema' && answer.accepted.length === 0;
  await changeJson<Spent>(records, budgetName(access), (before) => {
    const earlier = before?.strange ?? 0;
    const strange = isStrange ? earlier + 1 : 0;
    const until = strange >= MOST_STRANGE ? nextEvening(now) : closedUntil(answer, now);
    if (until === null && strange === earlier) return null;
    const closed = until === null ? {} : { closed: { until, kind: answer.kind } };
    return { windows: before?.windows ?? {}, ...closed, strange };
  });
}

function nextEvening(now: Instant): Instant {
  const date = newYorkDate(now) ?? '1980-01-01';
  const evenings = [0, 1].map((days) => newYorkClock(Number(date.slice(0, 4)))(dayOf(date) + days, EVENING));
  return evenings.find((evening) => evening > now) ?? now;
}

function budgetName({ provider, account }: Access): string {
  return `budget/${provider}/${account}`;
}

function leaveOf({ windows, closed }: Spent, provider: ProviderName, now: Instant): Leave {
  if (closed !== undefined && now < closed.until)
    return { kind: 'refused', until: closed.until, as: closed.kind };
  for (const [window, limit] of Object.entries(LIMITS[provider]) as [Window, number][]) {
    const { start, end } = windowAt(window, now);
    const used = windows[window]?.start === start ? windows[window].used : 0;
    const as = window === 'minute' || window === 'hour' ? 'rate_minute' : (`rate_${window}` as const);
    if (used >= limit) return { kind: 'refused', until: end, as };
  }
  return { kind: 'granted' };
}

function spend({ windows, strange = 0 }: Spent, provider: ProviderName, now: Instant): Spent {
  const counted = (Object.keys(LIMITS[provider]) as Window[]).map((window) => {
    const { start } = windowAt(window, now);
    const used = windows[window]?.start === start ? windows[window].used : 0;
    return [window, { start, used: used + 1 }] as const;
  });
  return { windows: Object.fromEntries(counted), ...(strange === 0 ? {} : { strange }) };
}

/** The window an instant lies in; days and months begin at midnight in New York. */
function windowAt(window: Window, now: Instant): { readonly start: Instant; readonly end: Instant } {
  if (window === 'minute' || window === 'hour') {
    const length = window === 'minute' ? MINUTE_MS : HOUR_MS;
    const start = Math.floor(now / length) * length;
    return { start, end: start + length };
  }
  const date = newYorkDate(now) ?? '1980-01-01';
  if (window === 'day') return { start: midnight(date, 0), end: midnight(date, DAY_MINUTES) };
  const [year = 1980, month = 1] = date.split('-').map(Number);
  const following = month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`;
  return { start: midnight(`${date.slice(0, 8)}01`, 0), end: midnight(following, 0) };
}

function midnight(date: string, minute: number): Instant {
  return newYorkClock(Number(date.slice(0, 4)))(dayOf(date), minute);
}

function closedUntil({ kind, retryAt }: ProviderAnswer, now: Instant): Instant | null {
  switch (kind) {
    case 'auth':
      return now + KEY_HOURS * HOUR_MS;
    case 'blocked':
      return now + WALL_HOURS * HOUR_MS;
    case 'rate_day':
      return retryAt ?? windowAt('day', now).end;
    case 'rate_month':
      return retryAt ?? windowAt('month', now).end;
    case 'rate_minute':
    case 'transient':
      // Whoever asks next, in this run or another, keeps to what was said.
      return retryAt ?? null;
    default:
      return null;
  }
}
