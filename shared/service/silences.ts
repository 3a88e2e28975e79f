import type { Alert } from '../alerts/alert.ts';
import type { Calendar, Instant, Session } from '../calendar/calendar.ts';
import type { RecordStore } from '../ports/records.ts';
import { patternNames } from '../subscriptions/pattern.ts';
import { changeJson, listJson, writeJson } from './json-record.ts';
import { silenceName, SILENCES } from './names.ts';

/** Evaluation of a rule goes on and sending stops, for alerts of sessions up to the last one. */
export interface Silence {
  readonly id: string;
  /** A rule id, or a prefix ending in `*`. */
  readonly rule: string;
  readonly why: string;
  readonly createdAt: Instant;
  /** The silence ends with the close of this session. */
  readonly last: Session;
  /** The session whose evaluation says that the rule still fires; the last one unless the silence was lifted. */
  readonly reminds: Session;
}

/** How asking for a silence ended. */
export type SilenceOutcome =
  | { readonly kind: 'silenced'; readonly silence: Silence }
  | { readonly kind: 'refused'; readonly reason: string };

/** What silences stand on. */
export interface SilenceGround {
  readonly records: RecordStore;
  readonly calendar: Calendar;
  readonly now: Instant;
}

/**
 * Silences a rule until a date: its last session is the last one on or before it, and must not have finished yet. Asked
 * for again with the same reason while it holds, the answer is the one that is there.
 */
export async function silence(
  { records, calendar, now }: SilenceGround,
  { rule, until, why }: { readonly rule: string; readonly until: string; readonly why: string },
): Promise<SilenceOutcome> {
  if (!calendar.covers(until)) {
    return { kind: 'refused', reason: `${until} is no date from ${calendar.first} to ${calendar.last}` };
  }
  const last = calendar.sessions[calendar.onOrBefore(until)];
  const finished = calendar.lastFinished(now) ?? '';
  if (last === undefined || last <= finished) {
    return { kind: 'refused', reason: `no session ends between now and ${until}` };
  }
  const standing = (await listSilences(records)).find(
    (one) => one.rule === rule && one.last === last && one.why === why,
  );
  if (standing !== undefined) return { kind: 'silenced', silence: standing };
  const made: Silence = { id: `${rule}@${now}`, rule, why, createdAt: now, last, reminds: last };
  const written = await writeJson(records, silenceName(made.id), made, 0);
  return written === 'written'
    ? { kind: 'silenced', silence: made }
    : { kind: 'refused', reason: `${rule} was silenced in the same instant` };
}

/** Every silence there was, ended ones included. */
export async function listSilences(records: RecordStore): Promise<readonly Silence[]> {
  return (await listJson<Silence>(records, SILENCES)).map(({ value }) => value);
}

/** Ends a silence now: alerts from the next session on are sent, and its evaluation says whether the rule still fires. */
export async function liftSilence(
  { records, calendar, now }: SilenceGround,
  id: string,
): Promise<'lifted' | 'ended' | 'unknown'> {
  const last = calendar.lastFinished(now) ?? calendar.first;
  const next = calendar.next(last);
  let outcome: 'lifted' | 'ended' | 'unknown' = 'unknown';
  await changeJson<Silence>(records, silenceName(id), (before) => {
    outcome = before === null ? 'unknown' : before.last <= last ? 'ended' : 'lifted';
    if (before === null || outcome === 'ended') return null;
    return { ...before, last, reminds: next ?? before.reminds };
  });
  return outcome;
}

/** The silence that keeps an alert from being sent; null where none does. Corrections ignore silences. */
export function silenceOf(
  alert: Pick<Alert, 'rule' | 'kind' | 'session'>,
  silences: readonly Silence[],
): Silence | null {
  if (alert.kind === 'correction') return null;
  // A reminder of one silence still waits for the end of another.
  const lasts = (one: Silence): boolean =>
    alert.kind === 'reminder' ? alert.session < one.last : alert.session <= one.last;
  return silences.find((one) => patternNames(one.rule, alert.rule) && lasts(one)) ?? null;
}

/** Whether evaluating a session after another ends a silence of the rule while no other one goes on. */
export function silenceEnds(
  rule: string,
  silences: readonly Silence[],
  { after, session }: { readonly after: Session | null; readonly session: Session },
): boolean {
  const own = silences.filter((one) => patternNames(one.rule, rule));
  const ends = own.some(
    ({ reminds }) => reminds <= session && (after === null ? reminds === session : reminds > after),
  );
  return ends && !own.some(({ last }) => last > session);
}
