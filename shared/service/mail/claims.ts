import type { Instant, Session } from '../../calendar/calendar.ts';
import type { RecordStore } from '../../ports/records.ts';
import { changeJson } from '../json-record.ts';
import { MAILS } from '../names.ts';

/** What became of one mail: what was published under a key, to one subscription. It names no address. */
export type MailState =
  | { readonly kind: 'claimed'; readonly owner: string; readonly until: Instant; readonly attempts: number }
  | { readonly kind: 'sent'; readonly at: Instant; readonly id: string; readonly attempts: number }
  | { readonly kind: 'refused'; readonly at: Instant; readonly error: string; readonly attempts: number };

/** One mail, by what decides that it is this one and no other. */
export interface MailName {
  readonly session: Session;
  /** The id of an alert, or of a digest. */
  readonly key: string;
  /** The id of the subscription. */
  readonly subscription: string;
}

/** A claim as it is asked for. */
export interface MailLease {
  readonly owner: string;
  readonly now: Instant;
  readonly until: Instant;
}

/** The name of a mail's record; those of a month lie side by side. */
export function mailName({ session, key, subscription }: MailName): string {
  return `${MAILS}${session}/${key}/${subscription}`;
}

/**
 * Claims a mail: which attempt this is, from 1; null where it is sent or refused already, `busy` where somebody else's claim
 * holds. Only a claim that ran out allows a second sending.
 */
export async function claimMail(
  records: RecordStore,
  name: MailName,
  { owner, now, until }: MailLease,
): Promise<number | 'busy' | null> {
  let claimed: number | 'busy' | null = null;
  await changeJson<MailState>(records, mailName(name), (before) => {
    claimed = null;
    if (before !== null && before.kind !== 'claimed') return null;
    if (before !== null && before.until >= now) {
      claimed = 'busy';
      return null;
    }
    const attempts = (before?.attempts ?? 0) + 1;
    claimed = attempts;
    return { kind: 'claimed', owner, until, attempts };
  });
  return claimed;
}

/** Ends an own claim; one that was lost meanwhile is left to whoever has it. A null outcome frees it for the next attempt. */
export async function settleMail(
  records: RecordStore,
  { name, owner }: { readonly name: MailName; readonly owner: string },
  outcome: MailState | null,
): Promise<void> {
  await changeJson<MailState>(records, mailName(name), (before) => {
    if (before?.kind !== 'claimed' || before.owner !== owner) return null;
    // Nothing went out: an attempt that never was does not count.
    return outcome ?? { ...before, until: 0, attempts: before.attempts - 1 };
  });
}

/** Forgets the mails of the month that ended three months ago: nothing can ask for them again. */
export async function forgetMails(records: RecordStore, now: Instant): Promise<number> {
  const today = new Date(now);
  const month = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 4, 1))
    .toISOString()
    .slice(0, 7);
  const old = await records.list(`${MAILS}${month}`);
  for (const { name, revision } of old) await records.remove(name, revision);
  return old.length;
}
