import type { Instant, Session } from '../../shared/calendar/calendar.ts';
import type { RecordStore } from '../../shared/ports/records.ts';
import { readJson, writeJson } from '../../shared/service/json-record.ts';

/** What a store on this machine holds: sample data, or somebody's own. The two never share one. */
export type Holding =
  | {
      readonly kind: 'sample';
      /** What every message says of it. */
      readonly note: string;
      readonly last: Session;
      /** Where its clock stands: the evening of its last session. */
      readonly now: Instant;
      /** Whether everything of its first start is stored and sent. */
      readonly whole: boolean;
    }
  | { readonly kind: 'own' };

const NAME = 'local/holding';

/** What a store holds; null where it is new. */
export async function readHolding(records: RecordStore): Promise<Holding | null> {
  return (await readJson<Holding>(records, NAME))?.value ?? null;
}

/** Says what a store holds from now on. */
export async function writeHolding(records: RecordStore, holding: Holding): Promise<void> {
  const before = await readJson<Holding>(records, NAME);
  await writeJson(records, NAME, holding, before?.revision ?? 0);
}

/** Says that a store holds somebody's own data, unless it holds the sample: then false, and nothing is written. */
export async function holdOwn(records: RecordStore): Promise<boolean> {
  const before = await readHolding(records);
  if (before === null) await writeHolding(records, { kind: 'own' });
  return before?.kind !== 'sample';
}
