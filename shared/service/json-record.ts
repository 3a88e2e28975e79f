import type { RecordStore, Written } from '../ports/records.ts';

/** A named value as read: its revision is what a conditional write must find again. */
export interface Stored<Value> {
  readonly name: string;
  readonly value: Value;
  readonly revision: number;
}

/** How often a change is tried again after somebody else's before it is given up. */
const TRIES = 20;

/** Reads a named value; null where none is stored. The service wrote it itself, so its shape is taken as it is. */
export async function readJson<Value>(records: RecordStore, name: string): Promise<Stored<Value> | null> {
  const found = await records.read(name);
  return found === null ? null : { name, value: JSON.parse(found.value) as Value, revision: found.revision };
}

/** Reads every value whose name begins with a prefix, by name. */
export async function listJson<Value>(
  records: RecordStore,
  prefix: string,
): Promise<readonly Stored<Value>[]> {
  const found = await records.list(prefix);
  return found
    .map(({ name, value, revision }) => ({ name, value: JSON.parse(value) as Value, revision }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Writes a named value if the stored revision is the one expected; 0 where none may be stored yet. */
export async function writeJson(
  records: RecordStore,
  name: string,
  value: unknown,
  expected: number,
): Promise<Written> {
  return await records.write(name, JSON.stringify(value), expected);
}

/**
 * Changes a named value, again and again until nobody wrote in between. `change` gets what is stored (null: nothing) and
 * returns what to store, or null to leave it. Returns what is stored in the end. Throws where others never let it through.
 */
export async function changeJson<Value>(
  records: RecordStore,
  name: string,
  change: (before: Value | null) => Value | null,
): Promise<Value | null> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const before = await readJson<Value>(records, name);
    const after = change(before?.value ?? null);
    if (after === null) return before?.value ?? null;
    if ((await writeJson(records, name, after, before?.revision ?? 0)) === 'written') return after;
  }
  throw new Error(`${name} changed ${TRIES} times while it was written`);
}
