import { readdirSync, readFileSync } from 'node:fs';
import { createMemoryObservations } from '../../adapters/memory/observations.ts';
import { createMemoryRecords } from '../../adapters/memory/records.ts';
import { sampleBatch } from '../../local/runtime/sample-start.ts';
import { generateSample, SAMPLE_SEED } from '../../local/sample/sample.ts';
import { createCalendar } from '../../shared/calendar/xnys.ts';
import type { RuleFile } from '../../shared/rules/load.ts';
import { parseMarket } from '../../shared/series/parse-market.ts';
import { deployRules } from '../../shared/service/edit-rules.ts';
import { createLibrary } from '../../shared/workbench/library.ts';

/** The rules that ship. */
export function shippedRules(): readonly RuleFile[] {
  return readdirSync('rules')
    .filter((name) => /^[a-z-]+\.yaml$/.test(name) && name !== 'market.yaml')
    .map((file) => ({ file, text: readFileSync(`rules/${file}`, 'utf8') }));
}

/** A library of the sample with the rules that ship. */
export async function sampleLibrary() {
  const parsed = parseMarket(readFileSync('rules/market.yaml', 'utf8'), 'market.yaml');
  if (!parsed.ok) throw new Error('the market has errors');
  const market = parsed.value;
  const calendar = createCalendar(market.closures);
  const now = calendar.close('2026-01-21') + 3_600_000;
  const [records, observations] = [createMemoryRecords(), createMemoryObservations()];
  await observations.record(sampleBatch(generateSample(SAMPLE_SEED, calendar), market, 'test'), now);
  await deployRules({ records, market, calendar, now }, shippedRules());
  const ground = { observations, records, market, calendar, clock: () => now };
  return { ...ground, library: createLibrary(ground) };
}
