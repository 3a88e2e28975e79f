import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchWriteItemCommand, QueryCommand, type WriteRequest } from '@aws-sdk/client-dynamodb';
import { readFolder } from '../../adapters/csv/read-folder.ts';
import { createDynamoAlerts } from '../../adapters/dynamodb/alerts.ts';
import { createDynamoObservations } from '../../adapters/dynamodb/observations.ts';
import { createDynamoRecords } from '../../adapters/dynamodb/records.ts';
import { type EmbeddedDynamoDb, startEmbeddedDynamoDb } from '../../local/embedded-dynamodb.ts';
import { writeSampleFolder } from '../../local/sample/folder.ts';
import { generateSample, SAMPLE_SEED } from '../../local/sample/sample.ts';
import { dayOf } from '../../shared/calendar/date.ts';
import { createCalendar } from '../../shared/calendar/xnys.ts';
import { layOutDays } from '../../shared/series/days.ts';
import { parseMarket } from '../../shared/series/parse-market.ts';
import { growRows, type SeriesRows } from '../../shared/series/rows.ts';
import { deployRules } from '../../shared/service/edit-rules.ts';
import { evaluateReleased } from '../../shared/service/evaluate.ts';
import { ingestGaps } from '../../shared/service/ingest.ts';
import { instantOn } from '../../shared/service/progress.ts';
import { EVENING } from './decide.ts';

export const RULES = new URL('../../rules/', import.meta.url);
export const MARKET = new URL('market.yaml', RULES);
/** Rules are saved on the first evening and evaluated on the second, so that what is measured is an evening like any other. */
const EVES = ['2026-01-16', '2026-01-20'] as const;

/** A store in which the shipped rules have an evening to be evaluated on. */
export interface StartStore {
  readonly endpoint: string;
  readonly now: number;
  /** How many values of how many series are stored. */
  readonly values: number;
  readonly series: number;
  /** Takes back what an evaluation wrote. */
  restore(): Promise<void>;
  end(): Promise<void>;
}

/**
 * Stores the sample that ships (the funds, shares and levels of 25 years, 500 members of two) twice: as the adapters keep
 * it, up to the evening on which its last session is ingested, and as one item for each series and date.
 */
export async function prepareStore(): Promise<StartStore> {
  const parsed = parseMarket(readFileSync(MARKET, 'utf8'), 'market.yaml');
  if (!parsed.ok) throw new Error(parsed.errors[0]?.message);
  const calendar = createCalendar(parsed.value.closures);
  const { market, series, memberships } = readSample(parsed.value, calendar);
  const database = await startEmbeddedDynamoDb(null);
  const observations = createDynamoObservations(database);
  const records = createDynamoRecords(database);
  const [saved] = EVES;
  const history = { series: portion(series, (day) => day <= dayOf(saved)), memberships, source: 'bench' };
  await observations.record(history, instantOn(saved, EVENING.minute));
  await deployRules({ records, market, calendar, now: instantOn(saved, EVENING.minute) }, ruleFiles());
  for (const session of [EVES[1], EVENING.session]) {
    const closes = {
      series: portion(series, (day) => day === dayOf(session)),
      memberships: [],
      source: 'bench',
    };
    const source = {
      name: 'bench',
      fetch: async () => ({ batches: [closes], findings: [] }),
      stored: async () => {},
    };
    const clock = (): number => instantOn(session, EVENING.minute);
    await ingestGaps({ records, observations, sources: [source], market, calendar, clock });
    await observations.keepUp(clock());
    const ground = { records, observations, alerts: createDynamoAlerts(database), market, calendar, clock };
    if (session !== EVENING.session) await evaluateReleased(ground);
  }
  const days = layOutDays(calendar);
  await putAll(
    database,
    plainItems(series, (day) => days.date(day)),
  );
  const recorded = await written(database);
  const { protocol, hostname, port } = (await database.client.config.endpoint?.()) ?? { port: 0 };
  return {
    endpoint: `${protocol}//${hostname}:${port}`,
    now: instantOn(EVENING.session, EVENING.minute),
    values: series.reduce((sum, { rows }) => sum + rows.length, 0),
    series: series.length,
    async restore() {
      const deletions = (await written(database)).map(({ pk, sk }) => ({
        DeleteRequest: { Key: { pk, sk } },
      }));
      await putAll(database, deletions as WriteRequest[]);
      await putAll(
        database,
        recorded.map((Item) => ({ PutRequest: { Item } })),
      );
    },
    end: () => database.end(),
  };
}

/** The sample that ships, as a folder of it is read. */
export function readSample(
  market: Parameters<typeof readFolder>[1],
  calendar: ReturnType<typeof createCalendar>,
) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-start-'));
  writeSampleFolder(folder, generateSample(SAMPLE_SEED, calendar), 'bench');
  const read = readFolder(folder, market, layOutDays(calendar));
  rmSync(folder, { recursive: true });
  if (!read.ok) throw new Error(read.errors[0]?.message);
  return read.value;
}

function ruleFiles() {
  const names = readdirSync(RULES).filter((name) => /^(?!market|.*\.test).*\.yaml$/.test(name));
  return names.map((file) => ({ file, text: readFileSync(new URL(file, RULES), 'utf8') }));
}

function portion(series: readonly SeriesRows[], isWanted: (day: number) => boolean): SeriesRows[] {
  return series.map(({ instrument, field, rows }) => {
    const kept = growRows();
    for (let index = 0; index < rows.length; index++) {
      if (isWanted(rows.day(index))) kept.append(rows.day(index), rows.value(index), rows.known(index));
    }
    return { instrument, field, rows: kept };
  });
}

function plainItems(series: readonly SeriesRows[], date: (day: number) => string): WriteRequest[] {
  return series.flatMap(({ instrument, field, rows }) =>
    Array.from({ length: rows.length }, (_, index) => ({
      PutRequest: {
        Item: {
          pk: { S: `PLAIN#${instrument}.${field}` },
          sk: { S: date(rows.day(index)) },
          value: { N: String(rows.value(index)) },
        },
      },
    })),
  );
}

const A_BATCH = 25;
const AT_ONCE = 8;

async function putAll({ client, table }: EmbeddedDynamoDb, requests: readonly WriteRequest[]): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < requests.length) {
      const batch = requests.slice(next, (next += A_BATCH));
      await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: batch } }));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** What an evaluation reads and writes besides observations: records, and alerts of the year. */
async function written({ client, table }: EmbeddedDynamoDb) {
  const found = [];
  for (const pk of ['RECORD', `ALERT#${EVENING.session.slice(0, 4)}`]) {
    const query = new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: pk } },
    });
    found.push(...((await client.send(query)).Items ?? []));
  }
  return found;
}
