import { promises } from 'node:fs';
import { join } from 'node:path';
import { maskAddress } from '../../shared/subscriptions/address.ts';
import { plainPart } from './mime.ts';
import { namesIn, readIfThere } from './private-files.ts';

/** A message of the outbox as it may be shown: whom it is for is masked. */
export interface OutboxMessage {
  /** The name of its file. */
  readonly name: string;
  readonly channel: 'email' | 'sms';
  readonly to: string;
  /** As its header says; empty where there is none. */
  readonly date: string;
  /** The subject of an e-mail, the text of an SMS. */
  readonly subject: string;
  /** The whole file, headers first. */
  readonly text: string;
}

/** Some messages of an outbox, newest first, and how many there are. */
export interface OutboxPage {
  readonly messages: readonly OutboxMessage[];
  readonly total: number;
}

const MESSAGE = /\.(eml|txt)$/;

/** The newest messages of an outbox; none where there is no outbox. */
export async function listOutbox(folder: string, limit: number): Promise<OutboxPage> {
  const names = (await namesIn(folder)).filter((name) => MESSAGE.test(name));
  const dated = await Promise.all(names.map(async (name) => ({ name, at: await writtenAt(folder, name) })));
  const newest = dated.toSorted((a, b) => b.at - a.at || (a.name < b.name ? -1 : 1)).slice(0, limit);
  const messages = await Promise.all(newest.map(({ name }) => readMessage(folder, name)));
  return { messages: messages.filter((message) => message !== null), total: names.length };
}

/** One message by the name of its file; null where the outbox holds none of that name. */
export async function readOutboxMessage(folder: string, name: string): Promise<OutboxMessage | null> {
  // Only what the folder itself lists is read, so that no name leads out of it.
  if (!MESSAGE.test(name) || !(await namesIn(folder)).includes(name)) return null;
  return await readMessage(folder, name);
}

async function readMessage(folder: string, name: string): Promise<OutboxMessage | null> {
  const text = await readIfThere(join(folder, name));
  if (text === null) return null;
  const channel = name.endsWith('.txt') ? 'sms' : 'email';
  const end = text.indexOf('\n\n');
  const [head, body] = end < 0 ? [text, ''] : [text.slice(0, end), text.slice(end + 2)];
  const header = (label: string): string => new RegExp(`^${label}: (.*)$`, 'm').exec(head)?.[1] ?? '';
  const to = maskAddress(channel, header('To'));
  const masked = head.replace(/^To: .*$/m, () => `To: ${to}`);
  return {
    ...{ name, channel, to, date: header('Date') },
    subject: channel === 'sms' ? body.trim() : header('Subject'),
    text: `${masked}\n\n${plainPart(head, body)}`,
  };
}

async function writtenAt(folder: string, name: string): Promise<number> {
  try {
    return (await promises.stat(join(folder, name))).mtimeMs;
  } catch {
    // It was removed meanwhile.
    return 0;
  }
}
