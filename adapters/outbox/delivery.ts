import { createHash } from 'node:crypto';
import { promises } from 'node:fs';
import { join } from 'node:path';
import type { Instant } from '../../shared/calendar/calendar.ts';
import type {
  MailingPublisher,
  Publication,
  Published,
  Publisher,
  Subscription,
  Subscriptions,
} from '../../shared/ports/delivery.ts';
import type { Compose } from '../../shared/ports/mail.ts';
import { keptSubscriptions, recipientsOf } from '../subscriptions/kept-subscriptions.ts';
import { fileShelf } from './file-shelf.ts';
import { confirmationLetter, confirmationName, htmlLetterOf, type Letter, letterOf } from './letter.ts';
import { relayAll } from './relay-letters.ts';
import type { Relay } from './smtp-relay.ts';
import { appendPrivate, namesIn, readIfThere, writePrivate } from './private-files.ts';

/** Where the outbox lies, and its clock. */
export interface OutboxPlace {
  /** Messages, one file for each recipient of each, and the log of publishes. */
  readonly folder: string;
  /** Subscription records. */
  readonly subscriptions: string;
  readonly now: () => Instant;
  /** Where e-mails go out as well; null or absent: nothing leaves the machine. Asked before every message. */
  readonly relay?: () => Promise<Relay | null>;
}

/** One publish in the outbox's log; it counts recipients and names none. */
export interface OutboxPublish {
  readonly at: Instant;
  readonly key: string;
  readonly publishId: string;
  /** From 1; more says that an earlier publish of the same key was not recorded as done. */
  readonly attempt: number;
  readonly recipients: number;
}

/** The name of the log of publishes, a line of JSON for each. */
export const OUTBOX_LOG = 'publishes.jsonl';

/** Subscriptions and a publisher on this machine: messages become files, and e-mails go out as well where there is a relay. */
export function outboxDelivery(place: OutboxPlace): {
  readonly publisher: MailingPublisher;
  readonly subscriptions: Subscriptions;
} {
  const subscriptions = keptSubscriptions({
    shelf: fileShelf(place.subscriptions),
    now: place.now,
    askToConfirm: (record) => askToConfirm(place, confirmationLetter(record, place.now())),
    settled: (id) => promises.rm(join(place.folder, confirmationName(id)), { force: true }),
  });
  const publisherWith = (compose: Compose | null): Publisher => ({
    publish: (publication) => publishInto({ place, subscriptions, compose }, publication),
  });
  return { subscriptions, publisher: { ...publisherWith(null), composing: publisherWith } };
}

interface Outbox {
  readonly place: OutboxPlace;
  readonly subscriptions: Subscriptions;
  /** Null where nobody composes HTML: then everybody gets the text. */
  readonly compose: Compose | null;
}

/** One letter for each recipient; what is HTML is composed once for all of them. */
async function lettersOf(
  publication: Publication,
  recipients: readonly Subscription[],
  { place, compose }: Omit<Outbox, 'subscriptions'>,
): Promise<readonly Letter[]> {
  const now = place.now();
  const wantsHtml = recipients.some(({ format }) => format === 'html');
  const mailing = wantsHtml && compose !== null ? await compose(publication.key) : null;
  const letters: Letter[] = [];
  for (const recipient of recipients) {
    const html = recipient.format === 'html' && mailing !== null;
    const letter = html
      ? await htmlLetterOf(publication, { recipient, mailing, now })
      : letterOf(publication, recipient, now);
    letters.push(letter);
  }
  return letters;
}

/**
 * A second publish of a key writes no second file, since the first message is the same, but is a line of its own in the
 * log: counted as DESIGN section 6 counts it.
 */
async function publishInto(
  { place, subscriptions, compose }: Outbox,
  publication: Publication,
): Promise<Published> {
  const publishId = `outbox-${createHash('sha256').update(publication.key).digest('hex').slice(0, 16)}`;
  try {
    const recipients = await recipientsOf(subscriptions, publication.attributes);
    const there = new Set(await namesIn(place.folder));
    const letters = await lettersOf(publication, recipients, { place, compose });
    for (const letter of letters) if (!there.has(letter.name)) await post(place, letter);
    const relay = (await place.relay?.()) ?? null;
    const relayed = relay === null ? null : await relayAll(place, relay, letters);
    if (relayed !== null) return relayed;
    await log(place, { key: publication.key, publishId, recipients: recipients.length });
    return { kind: 'published', publishId };
  } catch (error) {
    return { kind: 'retryable', error: `the outbox cannot be written (${codeOf(error)})` };
  }
}

/** What becomes of the confirmation is seen in the outbox: who is not asked does not confirm, and is asked again. */
async function askToConfirm(place: OutboxPlace, letter: Letter): Promise<void> {
  await post(place, letter);
  const relay = (await place.relay?.()) ?? null;
  if (relay !== null) await relayAll(place, relay, [letter]);
}

/** The mail itself last: that it is there says that all of it is. */
async function post(place: OutboxPlace, { name, text, page }: Letter): Promise<void> {
  if (page !== undefined) await writePrivate(join(place.folder, name.replace(/\.eml$/, '.html')), page);
  await writePrivate(join(place.folder, name), text);
}

async function log(place: OutboxPlace, publish: Omit<OutboxPublish, 'at' | 'attempt'>): Promise<void> {
  const earlier = (await readOutboxLog(place.folder)).filter(({ key }) => key === publish.key).length;
  const line: OutboxPublish = { at: place.now(), ...publish, attempt: earlier + 1 };
  await appendPrivate(join(place.folder, OUTBOX_LOG), JSON.stringify(line));
}

/** Every publish of an outbox, oldest first; a line that a crash cut short is left out. */
export async function readOutboxLog(folder: string): Promise<readonly OutboxPublish[]> {
  const text = (await readIfThere(join(folder, OUTBOX_LOG))) ?? '';
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as OutboxPublish];
    } catch {
      return [];
    }
  });
}

/** The system's code alone: a whole message would name a file, and with it whose. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}
