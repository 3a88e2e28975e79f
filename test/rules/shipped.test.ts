import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../shared/calendar/xnys.ts';
import { loadRuleFiles } from '../../shared/rules/load.ts';
import { loadRuleTests } from '../../shared/rules/load-tests.ts';
import { runRuleTest } from '../../shared/rules/run-test.ts';
import { parseMarket } from '../../shared/series/parse-market.ts';
import { replay } from '../../shared/workflows/replay.ts';
import { states } from '../../shared/workflows/states.ts';

const FOLDER = new URL('../../rules/', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, FOLDER), 'utf8');
const files = readdirSync(FOLDER).filter((file) => file.endsWith('.yaml') && file !== 'market.yaml');
const ruleFiles = files.filter((file) => !file.endsWith('.test.yaml'));

const calendar = createCalendar([]);
const parsed = parseMarket(read('market.yaml'), 'market.yaml');
if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
const market = parsed.value;
const { rules, findings, places } = loadRuleFiles(
  ruleFiles.map((file) => ({ file, text: read(file) })),
  market,
);

describe('the rules that ship', () => {
  it('have no finding', () => {
    expect(findings).toEqual([]);
    expect(rules).toHaveLength(14);
  });

  it('have a title and a note each, and report a number', () => {
    for (const rule of rules) {
      expect(rule.title).not.toBe(rule.id);
      expect(rule.note).not.toBe('');
      expect(rule.measure, rule.id).not.toBeNull();
    }
  });

  it.each(ruleFiles)('of %s are tested, each of them, and the tests hold', (file) => {
    const own = new Set(rules.filter(({ id }) => places.get(id)?.file === file).map(({ id }) => id));
    const testFile = file.replace(/\.yaml$/, '.test.yaml');
    const loaded = loadRuleTests(read(testFile), testFile, calendar);
    expect(loaded.findings).toEqual([]);
    expect(new Set(loaded.tests.map(({ rule }) => rule))).toEqual(own);
    const ground = { market, calendar, rules, underTest: own, replay, states };
    const results = loaded.tests.flatMap((test) => runRuleTest(test, ground));
    expect(results.filter(({ ok }) => !ok)).toEqual([]);
  });
});
