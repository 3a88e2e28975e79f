import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { liveThroughSample } from '../../../local/runtime/sample-start.ts';
import { openLocalStore } from '../../../local/runtime/local-store.ts';
import { localService } from '../../../local/runtime/service.ts';
import { createRuntime } from '../../../local/runtime/runtime.ts';
import { localApi } from '../../../local/api/api.ts';
import { readMarket } from '../../../cli/load/market.ts';
import { defaultRules, ruleFiles } from '../../../cli/load/paths.ts';
import { generateSample, SAMPLE_SEED } from '../../../local/sample/sample.ts';
import { sampleNote } from '../../../local/sample/folder.ts';
import { createHealth } from '../../../shared/workbench/health.ts';
import { contextWith } from '../../cli/context.ts';

/** The sessions that the service lives through: the streak fires on the last but two. */
const LIVED = ['2026-01-09', '2026-01-12'] as const;

/** The API on this machine over a store that has lived through some evenings of the sample, as a first start leaves it. */
export async function sampleWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-api-'));
  const context = contextWith({ folder });
  const market = readMarket(context, {});
  if (!market.ok) throw new Error('the market has problems');
  const ground = market.value;
  const store = await openLocalStore(folder, context.clock, 'private');
  const troubles: string[] = [];
  const note = sampleNote(SAMPLE_SEED);
  const rules = ruleFiles(context, [defaultRules(context)]);
  const parts = {
    ...ground,
    rules: () => rules,
    instruments: { line: () => {}, figure: () => {} },
    owner: 'test',
    style: { sample: note },
  };
  const sample = generateSample(SAMPLE_SEED, ground.calendar);
  const holding = await liveThroughSample({ store, sample, note, sessions: LIVED, parts });
  const clock = (): number => (holding.kind === 'sample' ? holding.now : 0);
  const trouble = (text: string): void => void troubles.push(text);
  const { observations, records, alerts, publisher } = store;
  const ports = { observations, records, alerts, publisher, sources: [], upkeep: async () => {} };
  const service = localService({ ...parts, ...ports, clock });
  const runtime = createRuntime({ service, clock, schedules: 'rest', trouble });
  const health = createHealth({ ...store, ...ground, clock });
  const serving = { store, holding, ...ground, clock, ticks: () => 0, runtime, health, trouble };
  const api = localApi({ ...serving, version: '0.0.0-test' });
  return {
    ...{ api, store, ground, rules, troubles, note, clock },
    async end() {
      await store.end();
      rmSync(folder, { recursive: true });
    },
  };
}
