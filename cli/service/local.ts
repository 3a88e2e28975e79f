import { FolderInUseError } from '../../local/folder-lock.ts';
import { type LocalStore, useLocalStore } from '../../local/runtime/local-store.ts';
import type { Context } from '../context.ts';
import { refuse } from '../exit.ts';

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

async function opened({ clock }: Context, folder: string): Promise<LocalStore> {
  try {
    return await useLocalStore(folder, clock);
  } catch (error) {
    if (error instanceof FolderInUseError) return refuse(`${error.message}.`);
    throw error;
  }
}
