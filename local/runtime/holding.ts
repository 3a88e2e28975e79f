import type { Instant, Session } from '../../shared/calendar/calendar.ts';
import type { RecordStore } from '../../shared/ports/records.ts';
import { readJson, writeJson } from '../../shared/service/json-record.ts';
import { instantOn } from '../../shared/service/progress.ts';

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
  | {
      readonly kind: 'own';
      /** Whether providers are asked, also those that need no key. */
      readonly live?: true;
    };

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

/** Whether a store may hold what is about to come; what is new is said to hold it from now on. */
export type Held = 'held' | 'holds the other';

/** Says that a store holds somebody's own data, unless it holds the sample: then nothing is written. */
export async function holdOwn(records: RecordStore): Promise<Held> {
  const before = await readHolding(records);
  if (before === null) await writeHolding(records, { kind: 'own' });
  return before?.kind === 'sample' ? 'holds the other' : 'held';
}

/** Says that a store which holds somebody's own data is fed by providers from now on. */
export async function holdLive(records: RecordStore): Promise<Held> {
  const before = await readHolding(records);
  if (before?.kind === 'sample') return 'holds the other';
  if (before?.live !== true) await writeHolding(records, { kind: 'own', live: true });
  return 'held';
}

/** Says that a store holds the sample, its clock at the evening of the last session, unless it holds somebody's own data. */
export async function holdSample(
  records: RecordStore,
  { note, last }: { readonly note: string; readonly last: Session },
): Promise<Held> {
  const before = await readHolding(records);
  if (before === null) {
    await writeHolding(records, { kind: 'sample', note, last, now: eveningOf(last), whole: true });
  }
  return before?.kind === 'own' ? 'holds the other' : 'held';
}

/** 22:00 New York: by then a session is evaluated. */
const EVENING = 22 * 60;

/** The instant at which the sample's clock stands after a session. */
export function eveningOf(session: Session): Instant {
  return instantOn(session, EVENING);
}
