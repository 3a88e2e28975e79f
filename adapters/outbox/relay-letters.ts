import { join } from 'node:path';
import type { Instant } from '../../shared/calendar/calendar.ts';
import type { Published } from '../../shared/ports/delivery.ts';
import type { Letter } from './letter.ts';
import { appendPrivate, readIfThere } from './private-files.ts';
import type { Mail, Relay, Relayed } from './smtp-relay.ts';

/** What a mail server made of one e-mail for good; the name names a subscription, and nobody. */
interface MailLine {
  readonly at: Instant;
  readonly name: string;
  readonly outcome: 'accepted' | 'refused';
  /** Why it was refused; empty where it was not. */
  readonly error: string;
}

/** The name of the log of what went out, a line of JSON for each e-mail that is settled. */
const MAIL_LOG = 'mail.jsonl';

/** A run that has taken this long leaves the rest to the next one: its lease is about to end. */
const LONGEST_MS = 40_000;

/**
 * Hands over each e-mail among letters that was not handed over before. Null once every one is settled, so that the
 * publish may be recorded; else why it may not. One that the server refuses for good is settled too: it stops no other.
 */
export async function relayAll(
  { folder, now }: { readonly folder: string; readonly now: () => Instant },
  relay: Relay,
  letters: readonly Letter[],
): Promise<Exclude<Published, { kind: 'published' }> | null> {
  const path = join(folder, MAIL_LOG);
  const settled = new Map((await readMailLog(folder)).map((line) => [line.name, line]));
  const begun = now();
  const refused: Relayed[] = [];
  let later: Exclude<Published, { kind: 'published' }> | null = null;
  const mails = letters.map(({ mail }) => mail).filter((mail) => mail !== null);
  for (const mail of mails) {
    const before = settled.get(mail.name);
    if (before === undefined && now() - begun > LONGEST_MS) {
      return later ?? { kind: 'retryable', error: 'the mail server takes too long for all of them' };
    }
    const relayed = before === undefined ? await relay.send(mail) : outcomeOf(before);
    if (relayed.kind === 'retryable') {
      // A mailbox that is full for now holds up no other.
      later ??= { kind: 'retryable', error: relayed.error };
      continue;
    }
    if (relayed.kind === 'permanent') refused.push(relayed);
    if (before === undefined) await appendPrivate(path, JSON.stringify(lineOf(mail, relayed, now())));
  }
  if (later !== null) return later;
  const [first] = refused;
  const none = first?.kind === 'permanent' && refused.length === letters.length;
  return none ? { kind: 'permanent', error: first.error } : null;
}

function outcomeOf({ outcome, error }: MailLine): Relayed {
  return outcome === 'accepted' ? { kind: 'accepted' } : { kind: 'permanent', error };
}

function lineOf({ name }: Mail, relayed: Relayed, at: Instant): MailLine {
  return relayed.kind === 'accepted'
    ? { at, name, outcome: 'accepted', error: '' }
    : { at, name, outcome: 'refused', error: relayed.error };
}

/** What went out of an outbox or was refused, oldest first; a line that a crash cut short is left out. */
export async function readMailLog(folder: string): Promise<readonly MailLine[]> {
  const text = (await readIfThere(join(folder, MAIL_LOG))) ?? '';
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as MailLine];
    } catch {
      return [];
    }
  });
}
