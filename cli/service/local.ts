import { FolderInUseError } from '../../local/folder-lock.ts';
import { type LocalStore, useLocalStore } from '../../local/runtime/local-store.ts';
import type { Context } from '../context.ts';
import { refuse } from '../exit.ts';
import { relayOf } from './relay.ts';

/** Uses a data directory for one piece of work, and lets it go whatever happens. One that stays in use is told. */
export async function withLocalStore<Result>(
  context: Context,
  folder: string,
  work: (store: LocalStore) => Promise<Result>,
): Promise<Result> {
  const store = await opened(context, folder);
  try {
    return await work(store);
  } finally {
    await store.end();
  }
}

async function opened(context: Context, folder: string): Promise<LocalStore> {
  const relay = relayOf(context);
  return await orRefuseLater(() => useLocalStore(folder, context.clock, relay));
}

/** Does what needs a data directory for itself; that somebody else has it is wrong usage. */
export function orRefuse<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    return told(error);
  }
}

/** As `orRefuse`, of work that takes its time. */
export async function orRefuseLater<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    return told(error);
  }
}

function told(error: unknown): never {
  if (error instanceof FolderInUseError) return refuse(`${error.message}.`);
  throw error;
}
