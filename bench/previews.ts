/**
 * What the preview of each shipped rule takes through the API's handler, over the embedded table: the first time, and
 * warm, as an editor asks again and again with another threshold. `node bench/previews.ts [FOLDER]`: a folder of CSV
 * files; without one the sample.
 */
import { readFileSync } from 'node:fs';
import { folderSource } from '../adapters/csv/folder-source.ts';
import { createDynamoAlerts } from '../adapters/dynamodb/alerts.ts';
import { createDynamoObservations } from '../adapters/dynamodb/observations.ts';
import { createDynamoRecords } from '../adapters/dynamodb/records.ts';
import { memoryDelivery } from '../adapters/memory/delivery.ts';
import { previewRule } from '../lambdas/api/rules/preview.ts';
import type { ApiGround } from '../lambdas/api/ground.ts';
import { startEmbeddedDynamoDb } from '../local/embedded-dynamodb.ts';
import { ensureTable } from '../local/embedded-table.ts';
import { ruleFiles } from './data/rule-files.ts';
import { sampleBatch } from '../local/runtime/sample-start.ts';
import { generateSample, SAMPLE_SEED } from '../local/sample/sample.ts';
import { createCalendar } from '../shared/calendar/xnys.ts';
import type { Draft } from '../shared/api/rules.ts';
import { parseMarket } from '../shared/series/parse-market.ts';
import { layOutDays } from '../shared/series/days.ts';
import { loadRuleFiles } from '../shared/rules/load.ts';
import { deployRules } from '../shared/service/edit-rules.ts';
import { listRules } from '../shared/service/rule-book.ts';
import { draftOf } from '../shared/workbench/draft-text.ts';
import { median } from './rounds.ts';

const ROUNDS = 9;

async function openGround(
  folder: string | undefined,
): Promise<ApiGround & { readonly end: () => Promise<void> }> {
  const parsed = parseMarket(readFileSync('rules/market.yaml', 'utf8'), 'market.yaml');
  if (!parsed.ok) throw new Error('the market has errors');
  const market = parsed.value;
  const calendar = createCalendar(market.closures);
  const embedded = await startEmbeddedDynamoDb(null);
  await ensureTable(embedded.client, 'previews');
  const connection = { client: embedded.client, table: 'previews' };
  const [records, observations] = [createDynamoRecords(connection), createDynamoObservations(connection)];
  const now = Date.now();
  const batches =
    folder === undefined
      ? [sampleBatch(generateSample(SAMPLE_SEED, calendar), market, 'bench')]
      : (
          await folderSource(folder, market, layOutDays(calendar)).fetch({
            needs: [],
            last: calendar.last,
            now,
          })
        ).batches;
  for (const batch of batches) await observations.record(batch, now);
  const clock = (): number => now;
  const stores = { records, observations, market, calendar, clock };
  await deployRules({ ...stores, now }, ruleFiles());
  const delivery = memoryDelivery(clock);
  return {
    ...stores,
    alerts: createDynamoAlerts(connection),
    subscriptions: delivery.subscriptions,
    ticks: () => performance.now(),
    load: loadRuleFiles,
    ...{ where: 'local', version: 'bench', htmlMail: false, sample: null, outbox: null, runNow: null },
    next: () => null,
    health: () => Promise.reject(new Error('no preview asks for it')),
    providers: async () => [],
    instruments: { line: () => {}, figure: () => {} },
    end: () => embedded.end(),
  };
}

async function took(ground: ApiGround, draft: Draft): Promise<number> {
  const caller = { user: 'bench', role: 'editor' } as const;
  const call = {
    params: {},
    query: undefined as never,
    body: { draft },
    caller,
    ground,
    now: ground.clock(),
  };
  const begun = performance.now();
  const answer = await previewRule(call);
  const ms = performance.now() - begun;
  if (!answer.ok || answer.value.course === null) {
    throw new Error(`${draft.id}: ${JSON.stringify(answer.ok ? answer.value.findings : answer.errors)}`);
  }
  return ms;
}

/** The same draft with another threshold at the end of its condition, so that the verdicts are not there already. */
function edited(draft: Draft, round: number): Draft {
  return {
    ...draft,
    when: draft.when.replace(/[\d.]+(?=%?$)/, (digits) => String(Number(digits) + (round + 1) / 1000)),
  };
}

const ground = await openGround(process.argv[2]);
const begun = performance.now();
for (const { id, text } of await listRules(ground.records)) {
  const draft = draftOf(text);
  if (draft === null) throw new Error(`${id} is no draft`);
  const first = await took(ground, draft);
  const warm: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) warm.push(await took(ground, edited(draft, round)));
  const [mid, most] = [median(warm), Math.max(...warm)];
  process.stdout.write(
    `${id.padEnd(32)} first ${first.toFixed(1).padStart(8)} ms   warm ${mid.toFixed(1).padStart(6)} ms, at most ${most.toFixed(1)} ms\n`,
  );
}
process.stdout.write(`all: ${(performance.now() - begun).toFixed(0)} ms\n`);
await ground.end();
