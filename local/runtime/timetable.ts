import { Cron } from 'croner';
import type { Instant } from '../../shared/calendar/calendar.ts';

/** The zone of every schedule: sessions are New York's, and so are the hours. */
const ZONE = 'America/New_York';

/** When the service wakes: three times in the evening, once after midnight for what is still missing, and next morning. */
const WAKES = ['20 17 * * 1-5', '30 18 * * 1-5', '20 20 * * 1-5', '20 0 * * 2-6', '30 8 * * 2-6'] as const;

/** The first time after an instant at which the service wakes. */
export function nextWake(after: Instant): Instant {
  const times = WAKES.map((pattern) =>
    new Cron(pattern, { timezone: ZONE, paused: true }).nextRun(new Date(after)),
  );
  return Math.min(...times.map((time) => time?.getTime() ?? Number.POSITIVE_INFINITY));
}

/** An instant as people in New York write it: `Mon 12 Jan 2026, 17:20 New York`. */
export function newYorkText(instant: Instant): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: ZONE,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(instant));
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((one) => one.type === type)?.value ?? '';
  const day = `${part('weekday')} ${part('day')} ${part('month')} ${part('year')}`;
  return `${day}, ${part('hour')}:${part('minute')} New York`;
}
