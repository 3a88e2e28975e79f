import { QueryCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDynamoObservations } from '../../../adapters/dynamodb/observations.ts';
import type { Connection } from '../../../adapters/dynamodb/table.ts';
import { dayOf } from '../../../shared/calendar/date.ts';
import { batchOf, type Said, statements } from '../../support/observations.ts';
import { type RacingTable, racingTable, type Waiting } from '../../support/racing-table.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 11, 20, 22);
/** No function runs longer. */
const LONGEST = 15 * MINUTE;
/** Two blocks: the first ones, and those that come to lie behind 64 others. */
const OTHERS = Array.from({ length: 62 }, (_, index) => `O${index}.close`);
const IDS = ['A.close', 'B.close', 'Y.close', 'Z.close'];
const DATES = ['2023-12-29', '2024-01-02', '2024-12-31', '2025-01-02', '2025-06-30', '2026-12-18'];
const NEED = { series: [...IDS, ...OTHERS].map((id) => ({ id, from: '1990-01-01' })) };
const FIRST: readonly Said[] = [
  ['A.close', '2024-12-31', 1],
  ['A.close', '2025-01-02', 2],
  ['B.close', '2025-01-02', 3],
  ...OTHERS.map((id): Said => [id, '2025-01-02', 5]),
];
const RUNS = Number(process.env['RUNS'] ?? 80);

/** The same table to somebody who knows of no packs. */
function withoutPacks({ client, table }: Connection): Connection {
  const send = async (command: unknown): Promise<unknown> => {
    const answer = (await client.send(command as never)) as { Items?: Record<string, unknown>[] };
    if (!(command instanceof QueryCommand)) return answer;
    return { ...answer, Items: answer.Items?.map((item) => ({ ...item, packs: { S: '' } })) };
  };
  return { table, client: { send } };
}

async function read(connection: Connection): Promise<unknown[][]> {
  return statements(await createDynamoObservations(connection).load(NEED)) as unknown[][];
}

/** What is read says the same with packs and without. */
async function compare({ table }: Course): Promise<void> {
  expect(await read(table.alone())).toEqual(await read(withoutPacks(table.alone())));
}

/** What somebody sets out to do; `again` stores what was said before. */
interface Work {
  readonly kind: 'record' | 'again' | 'pack' | 'compact' | 'load';
  readonly late: number;
}

type Step =
  | (Work & { readonly said?: readonly Said[] })
  | { readonly kind: 'turns'; readonly which: number; readonly calls: number; readonly after: number }
  | { readonly kind: 'die'; readonly which: number; readonly effect: 'none' | 'made' }
  | { readonly kind: 'pause'; readonly minutes: number };

const said: fc.Arbitrary<Said> = fc
  .tuple(fc.constantFrom(...IDS), fc.constantFrom(...DATES), fc.nat(3))
  .map(([id, date, value]) => [id, date, value]);
const minutesLate = fc.nat(20);
const which = fc.nat(40);
const steps = fc.array(
  fc.oneof<fc.WeightedArbitrary<Step>[]>(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('record'),
        said: fc.array(said, { minLength: 1, maxLength: 3 }),
        late: minutesLate,
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constantFrom('again', 'pack', 'pack', 'compact', 'load'),
        late: minutesLate,
      }),
    },
    {
      weight: 16,
      arbitrary: fc.record({
        kind: fc.constant('turns'),
        which,
        calls: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constant(60)),
        after: fc.nat(1000),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('die'), which, effect: fc.constantFrom('none', 'made') }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('pause'), minutes: fc.constantFrom(1, 8, 16) }) },
  ),
  { minLength: 20, maxLength: 80, size: 'max' },
);

/** What happened in the course of some steps. */
interface Course {
  readonly table: RacingTable;
  /** Of recordings that are through: every load that begins afterwards has them. */
  readonly promised: Said[];
  readonly faults: string[];
  /** All that was ever set out to be recorded, the last one first. */
  readonly batches: (readonly Said[])[];
}

function begin(course: Course, { kind, late }: Work, clock: number): void {
  const { promised, batches } = course;
  course.table.start(async (connection, now) => {
    const at = now + clock * late * MINUTE;
    const store = createDynamoObservations(connection);
    if (kind === 'load') await compareLoad(course, connection);
    else if (kind === 'pack') await store.pack(at);
    else if (kind === 'compact') await store.compact(2026, Math.max(at, Date.UTC(2027, 0, 1)));
    else {
      const batch = batches[kind === 'again' ? late % batches.length : 0] ?? [];
      await store.record(batchOf(batch), at);
      promised.push(...batch);
    }
  });
}

async function compareLoad({ promised, faults }: Course, connection: Connection): Promise<void> {
  const wanted = promised.map(([id, date, value]) => [id, dayOf(date), value].join());
  const found = new Set((await read(connection)).map((one) => one.slice(0, 3).join()));
  faults.push(...wanted.filter((one) => !found.has(one)));
}

async function started(): Promise<Course> {
  const table = racingTable(START);
  const store = createDynamoObservations(table.alone());
  await store.record(batchOf(FIRST), START - 60 * MINUTE);
  await store.pack(START - 30 * MINUTE);
  return { table, promised: [...FIRST], faults: [], batches: [FIRST] };
}

/** Lets somebody make some calls in a row. */
async function take(
  table: RacingTable,
  { which: first, calls, after }: { which: number; calls: number; after: number },
  isOver: (call: Waiting) => boolean,
): Promise<void> {
  const there = await table.waiting();
  const picked = there[first % Math.max(there.length, 1)];
  for (let call = picked, made = 0; call !== undefined && made < calls; made += 1) {
    table.pass(after);
    if (isOver(call)) return call.die('none');
    call.answer();
    const own = (await table.waiting()).filter(({ worker }) => worker === picked?.worker);
    call = own[(first + made) % Math.max(own.length, 1)];
  }
}

/** Runs a course to its end. Where anybody dies, so does who has worked for as long as a function runs at most. */
async function run(
  all: readonly Step[],
  { dying, clock }: { dying: boolean; clock: number },
): Promise<Course> {
  const course = await started();
  const { table } = course;
  const isOver = ({ worker }: Waiting): boolean => dying && table.now() - worker.startedAt >= LONGEST;
  for (const one of all) {
    if (one.kind === 'pause') table.pass(one.minutes * MINUTE);
    else if (one.kind === 'turns') await take(table, one, isOver);
    else if (one.kind === 'die') {
      const waiting = dying ? await table.waiting() : [];
      waiting[one.which % Math.max(waiting.length, 1)]?.die(one.effect);
    } else {
      if (one.kind === 'record') course.batches.unshift(one.said ?? []);
      begin(course, one, clock);
    }
  }
  for (let [first] = await table.waiting(); first !== undefined; [first] = await table.waiting()) {
    if (isOver(first)) first.die('none');
    else first.answer();
  }
  return course;
}

/** At the end, and after whatever upkeep and repetition come later. */
async function judge(course: Course): Promise<void> {
  const { table, batches } = course;
  const store = createDynamoObservations(table.alone());
  await compare(course);
  for (const minutes of [0, 20, 40]) {
    await store.pack(table.now() + minutes * MINUTE);
    await compare(course);
  }
  for (const batch of batches) await store.record(batchOf(batch), table.now() + 60 * MINUTE);
  await compare(course);
}

describe('packs, whoever works on the table at once', () => {
  it('say what year items say, and all that is promised, whoever dies where', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const course = await run(all, { dying: true, clock: 0 });
        expect(course.faults).toEqual([]);
        await judge(course);
      }),
      { numRuns: RUNS },
    );
  });

  it.each([
    ['ahead', 1],
    ['behind', -1],
  ])('say what year items say once all are through, though clocks are %s', async (_, clock) => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => judge(await run(all, { dying: false, clock }))),
      { numRuns: RUNS },
    );
  });
});
