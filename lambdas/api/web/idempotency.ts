import { createHash } from 'node:crypto';
import type { Instant } from '../../../shared/calendar/calendar.ts';
import type { RecordStore } from '../../../shared/ports/records.ts';
import { listJson, readJson, type Stored, writeJson } from '../../../shared/service/json-record.ts';
import { KEPT_ANSWERS } from '../../../shared/service/names.ts';
import { LIMITS } from '../limits.ts';
import type { Problem } from '../problem.ts';
import { type Finished, problemOf } from './answer.ts';

/** One write under a key of its caller's choosing. */
export interface KeyedWrite {
  readonly key: string;
  readonly user: string;
  /** Everything that makes two calls the same: route, path, query, body. */
  readonly request: readonly string[];
  readonly now: Instant;
}

/** What is kept of a keyed write; of the request a digest alone, since a body may name a recipient. */
interface Kept {
  readonly at: Instant;
  readonly request: string;
  /** Null while it is being done. */
  readonly answer: Finished | null;
}

/** Does keyed writes once. */
export type Once = (write: KeyedWrite, act: () => Promise<Finished>) => Promise<Finished>;

/** A write that is not done after so long has ended with its process. */
const ABANDONED_MS = 60_000;
/** So often what is too old is looked for, by a clock that only goes forward. */
const PRUNE_EVERY_MS = 3_600_000;

/**
 * Does a write once for each key: the same call again gets the kept answer, another call under the key and one that comes
 * while the first is being done are refused. What failed unexpectedly is not kept, and may be tried again.
 */
export function createOnce(records: RecordStore, ticks: () => number): Once {
  let pruned = Number.NEGATIVE_INFINITY;
  return async (write, act) => {
    if (!isKey(write.key)) return problemOf(NO_KEY);
    const name = `${KEPT_ANSWERS}${digest(write.user, write.key)}`;
    const request = digest(...write.request);
    const before = await readJson<Kept>(records, name);
    const standing = before === null ? null : standingAnswer(before.value, request, write.now);
    if (standing !== null) return standing;
    const claim: Kept = { at: write.now, request, answer: null };
    const claimed = await writeJson(records, name, claim, before?.revision ?? 0);
    if (claimed === 'conflict') return problemOf(UNDER_WAY, { 'Retry-After': '1' });
    if (ticks() - pruned > PRUNE_EVERY_MS) {
      pruned = ticks();
      await prune(records, write.now);
    }
    return await done(records, { name, value: claim, revision: (before?.revision ?? 0) + 1 }, act);
  };
}

/** Printable ASCII, as a header takes it. */
function isKey(key: string): boolean {
  return key.length <= LIMITS.keyCharacters && /^[\x21-\x7e]+$/.test(key);
}

/** What to answer by what is kept; null where the write is to be done. */
function standingAnswer({ at, request: kept, answer }: Kept, request: string, now: Instant): Finished | null {
  if (now - at >= LIMITS.keptFor) return null;
  if (kept !== request) return problemOf(OTHER_CALL);
  if (answer !== null) return { ...answer, headers: { ...answer.headers, 'Idempotent-Replayed': 'true' } };
  return now - at < ABANDONED_MS ? problemOf(UNDER_WAY, { 'Retry-After': '1' }) : null;
}

async function done(
  records: RecordStore,
  { name, value, revision }: Stored<Kept>,
  act: () => Promise<Finished>,
): Promise<Finished> {
  try {
    const answer = await act();
    await writeJson(records, name, { ...value, answer } satisfies Kept, revision);
    return answer;
  } catch (error) {
    await records.remove(name, revision);
    throw error;
  }
}

async function prune(records: RecordStore, now: Instant): Promise<void> {
  const old = (await listJson<Kept>(records, KEPT_ANSWERS)).filter(
    ({ value }) => now - value.at >= LIMITS.keptFor,
  );
  for (const { name, revision } of old) await records.remove(name, revision);
}

function digest(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

const NO_KEY: Problem = {
  ...{ status: 400, code: 'invalid', title: 'Some of what was sent is not valid' },
  detail: `Idempotency-Key has 1 to ${LIMITS.keyCharacters} printable characters without spaces`,
};
const OTHER_CALL: Problem = {
  ...{ status: 422, code: 'key-reused', title: 'The key belongs to another call' },
  detail: 'take a new Idempotency-Key for every call that differs',
};
const UNDER_WAY: Problem = {
  ...{ status: 409, code: 'under-way', title: 'The same call is being done' },
  detail: 'ask again in a second: its answer is kept',
};
