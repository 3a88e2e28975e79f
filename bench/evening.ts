/**
 * One evening on the embedded store, steps one after another: `node bench/evening.ts [SERIES] [RULES] [SESSIONS] [READERS]`,
 * by default 600 series of 25 years, 1,000 rules and nobody who reads. Prints time, the largest memory so far, and
 * DynamoDB's calls and units by step; with `--json` one object a step.
 *
 * The history is stored first, in a process that lives on: memory is the process's, and cannot be lower than what that took.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createDynamoAlerts } from '../adapters/dynamodb/alerts.ts';
import { createDynamoObservations } from '../adapters/dynamodb/observations.ts';
import { createDynamoRecords } from '../adapters/dynamodb/records.ts';
import { memoryDelivery } from '../adapters/memory/delivery.ts';
import { startEmbeddedDynamoDb } from '../local/embedded-dynamodb.ts';
import { dayOf } from '../shared/calendar/date.ts';
import { createCalendar } from '../shared/calendar/xnys.ts';
import type { ObservationBatch } from '../shared/ports/observations.ts';
import { withUndeclared } from '../shared/series/declare.ts';
import { emptyMarket } from '../shared/series/parse-market.ts';
import { growRows } from '../shared/series/rows.ts';
import { deliverDue } from '../shared/service/deliver.ts';
import { deployRules } from '../shared/service/edit-rules.ts';
import { evaluateReleased } from '../shared/service/evaluate.ts';
import { ingestGaps } from '../shared/service/ingest.ts';
import { instantOn } from '../shared/service/progress.ts';
import { countUnits } from '../test/support/count-units.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false } },
});
const [seriesCount = 600, ruleCount = 1000, sessionCount = 6299, readerCount = 0] = positionals.map(Number);
const [FIRST, BEFORE, EVENING] = ['2001-01-02', '2026-01-20', '2026-01-21'] as const;
const EVENING_MINUTE = 17 * 60 + 20;

const calendar = createCalendar([]);
const history = calendar.range(FIRST, BEFORE).slice(-sessionCount);
const symbols = Array.from({ length: seriesCount }, (_, index) => `S${index}`);
const market = withUndeclared(emptyMarket(), symbols);

let state = 20_260_121;
const uniform = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647 - 0.5;

const levels = new Map(symbols.map((symbol) => [symbol, 100]));
/** Closes in cents of some sessions, for every symbol. */
function closesOn(sessions: readonly string[]): ObservationBatch {
  const series = symbols.map((instrument) => {
    const rows = growRows();
    for (const session of sessions) {
      const level = Math.max(1, (levels.get(instrument) ?? 100) * (1 + 0.02 * uniform()));
      levels.set(instrument, level);
      rows.append(dayOf(session), Math.round(level * 100) / 100, Number.NaN);
    }
    return { instrument, field: 'close', rows };
  });
  return { series, memberships: [], source: 'bench' };
}

/** Rules of four kinds over all symbols, as different as people's are. */
function ruleText(index: number): string {
  const [a, b] = [symbols[index % symbols.length], symbols[(index * 7 + 1) % symbols.length]];
  const n = 20 + (index % 200);
  const when = [
    `streak(ret(${a}) > ret(${b})) >= ${3 + (index % 5)}`,
    `sma(${a}, ${n}) > sma(${a}, ${n + 50})`,
    `correlation(ret(${a}), ret(${b}), ${n}) < -10%`,
    `zscore(${a} / ${b}, ${n}) > 2`,
  ][index % 4];
  return `  - { id: rule-${index}, title: Rule ${index}, when: '${when}', outcome: [ret(${a})] }`;
}
// A file takes a million characters.
const RULES_PER_FILE = 1000;
const rules = Array.from({ length: Math.ceil(ruleCount / RULES_PER_FILE) }, (_, file) => {
  const first = file * RULES_PER_FILE;
  const count = Math.min(RULES_PER_FILE, ruleCount - first);
  const texts = Array.from({ length: count }, (__, index) => ruleText(first + index));
  return { file: `rules-${file}.yaml`, text: `rules:\n${texts.join('\n')}\n` };
});

const folder = mkdtempSync(join(tmpdir(), 'tidemark-evening-'));
const database = await startEmbeddedDynamoDb(folder);
const units = countUnits(database.client);
const observations = createDynamoObservations(database);
const records = createDynamoRecords(database);
const alerts = createDynamoAlerts(database);
let now = instantOn(BEFORE, EVENING_MINUTE);
const clock = (): number => now;

const cells = (...texts: readonly string[]): string =>
  texts.map((text, index) => (index === 0 ? text.padEnd(30) : text.padStart(12))).join('');
const grouped = (value: number): string => Math.round(value).toLocaleString('en-US');

/** Does one step and prints what it took. */
async function step<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const start = performance.now();
  const result = await work();
  const seconds = (performance.now() - start) / 1000;
  const { calls, read, written } = units.take();
  const memory = process.resourceUsage().maxRSS / 1024;
  if (options.json) {
    console.log(JSON.stringify({ step: name, seconds, memory: Math.round(memory), calls, read, written }));
    return result;
  }
  console.log(
    cells(name, seconds.toFixed(2), grouped(memory), grouped(calls), grouped(read), grouped(written)),
  );
  return result;
}

/** For people only. */
const say = (line: string): void => {
  if (!options.json) console.log(line);
};

say(
  `${grouped(seriesCount)} series of ${grouped(history.length)} sessions, ${grouped(ruleCount)} rules, ${grouped(readerCount)} readers`,
);
say(cells('', 'seconds', 'MB', 'calls', 'read units', 'write units'));
await step('(history, once)', async () => {
  // In portions, as a person would import it: all at once would only measure the memory of the batch.
  for (let start = 0; start < history.length; start += 1000) {
    await observations.record(closesOn(history.slice(start, start + 1000)), now);
  }
});
const deployed = await step('(rules, once)', () => deployRules({ records, market, calendar, now }, rules));
if (deployed.kind === 'refused') throw new Error(deployed.findings[0]?.message);
await step('(packs, once)', async () => {
  // As the runs of some evenings do: a few blocks each, once nobody has written for a while.
  for (let block = 0; block < seriesCount; block += 64) {
    now += 20 * 60_000;
    await observations.keepUp(now);
  }
});

now = instantOn(EVENING, EVENING_MINUTE);
const evening = closesOn([EVENING]);
const source = {
  name: 'bench',
  fetch: async () => ({ batches: [evening], findings: [] }),
  stored: async () => {},
};
await step('ingest', async () => {
  await observations.keepUp(now);
  await ingestGaps({ records, observations, sources: [source], market, calendar, clock });
});
const evaluated = await step('evaluate', () =>
  evaluateReleased({ records, alerts, observations, market, calendar, clock }),
);
const { publisher, published, subscriptions } = memoryDelivery(clock);
for (let reader = 0; reader < readerCount; reader++) {
  // Of ten readers nine want one rule in a hundred each.
  const wanted = reader % 10 === 0 ? ['*'] : [`rule-${reader % 100}*`];
  const asked = await subscriptions.subscribe({
    ...{ channel: 'email', address: `reader-${reader}@example.com`, rules: wanted },
    ...{ severity: 'info', form: 'single' },
  });
  if (asked.kind !== 'refused') await subscriptions.confirm(asked.subscription.id);
}
await step('deliver', () =>
  deliverDue({
    ...{ records, alerts, publisher, calendar, clock, owner: 'bench', lease: 3_600_000 },
    pace: async () => {},
  }),
);
await step('ingest again', () => ingestGaps({ records, observations, sources: [], market, calendar, clock }));
await step('evaluate again', () =>
  evaluateReleased({ records, alerts, observations, market, calendar, clock }),
);
say(
  `${grouped(evaluated.counts['evaluations'] ?? 0)} evaluations, ` +
    `${grouped(evaluated.decisions.filter(({ what }) => what === 'alert').length)} alerts, ` +
    `${grouped(published.length)} publishes to ${grouped(published.reduce((sum, { recipients }) => sum + recipients.length, 0))} readers`,
);
await database.end();
rmSync(folder, { recursive: true });
