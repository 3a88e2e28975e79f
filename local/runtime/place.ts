import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { lockFolder } from '../folder-lock.ts';
import { EARLIER_LOG, LOG } from './log.ts';

/** Where a data directory keeps what. */
export interface Place {
  readonly folder: string;
  /** Messages, one file for each recipient of each. */
  readonly outbox: string;
  readonly subscriptions: string;
}

/** The places of a data directory, which need not exist yet. */
export function placeIn(folder: string): Place {
  return { folder, outbox: join(folder, 'outbox'), subscriptions: join(folder, 'subscriptions') };
}

/** What a data directory holds of the service; anything else in it is not ours to remove. */
const OWN = ['table', 'outbox', 'subscriptions', 'sample', LOG, EARLIER_LOG, 'socket', 'socket.private'];

/** Empties a data directory of everything the service keeps. Throws a `FolderInUseError` while somebody uses it. */
export function resetPlace(folder: string): void {
  const lock = lockFolder(folder);
  try {
    for (const name of OWN) rmSync(join(folder, name), { recursive: true, force: true });
  } finally {
    lock.release();
  }
}
