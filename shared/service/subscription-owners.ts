import type { RecordStore } from '../ports/records.ts';
import { listJson, readJson, writeJson } from './json-record.ts';
import { SUBSCRIPTION_OWNERS } from './names.ts';

/** Who made a subscription through the API; it names a user and never an address. */
interface Owner {
  readonly user: string;
}

/** Every owner by the id of the subscription. */
export async function listOwners(records: RecordStore): Promise<ReadonlyMap<string, string>> {
  const kept = await listJson<Owner>(records, SUBSCRIPTION_OWNERS);
  return new Map(kept.map(({ name, value }) => [name.slice(SUBSCRIPTION_OWNERS.length), value.user]));
}

/** Says who owns a subscription from now on, after `seen`; `conflict` where somebody else was faster. */
export async function keepOwner(
  records: RecordStore,
  id: string,
  { user, seen }: { readonly user: string; readonly seen: string | undefined },
): Promise<'written' | 'conflict'> {
  const name = `${SUBSCRIPTION_OWNERS}${id}`;
  const before = await readJson<Owner>(records, name);
  if (before?.value.user === user) return 'written';
  if (before?.value.user !== seen) return 'conflict';
  return await writeJson(records, name, { user } satisfies Owner, before?.revision ?? 0);
}

/** Nobody owns a subscription that has ended. */
export async function dropOwner(records: RecordStore, id: string): Promise<void> {
  const name = `${SUBSCRIPTION_OWNERS}${id}`;
  const before = await readJson<Owner>(records, name);
  if (before !== null) await records.remove(name, before.revision);
}
