import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AlertKind } from '../../shared/alerts/alert.ts';
import { loadRuleFiles } from '../../shared/rules/load.ts';
import { withUndeclared } from '../../shared/series/declare.ts';
import { parseMarket } from '../../shared/series/parse-market.ts';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/rules.md', root), 'utf8');
const [rule = '', market = ''] = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, block = '']) => block);
const told = new Set(
  [...page.matchAll(/^\| (.*?) \|/gm)].flatMap(([, cell = '']) => cell.match(/\w+/g) ?? []),
);

describe('the page on rules', () => {
  it('tells every key of a rule', () => {
    const schema = JSON.parse(readFileSync(new URL('rules/rule.schema.json', root), 'utf8'));
    const keys = Object.keys(schema.properties.rules.items.properties);
    expect(keys.length).toBeGreaterThan(10);
    expect(keys.filter((key) => !told.has(key))).toEqual([]);
  });

  it('tells every kind of alert', () => {
    const kinds: Record<AlertKind, true> = {
      fired: true,
      updated: true,
      resolved: true,
      correction: true,
      blind: true,
      recovered: true,
      reminder: true,
    };
    expect(Object.keys(kinds).filter((kind) => !told.has(kind))).toEqual([]);
  });

  it('shows a rule and a market file without a mistake', () => {
    const parsed = parseMarket(market, 'market.yaml');
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    const full = withUndeclared(parsed.value, ['IWM', 'SPY']);
    expect(loadRuleFiles([{ file: 'rules.yaml', text: rule }], full)).toMatchObject({
      findings: [],
      rules: [{ id: 'small-cap-streak' }],
    });
  });
});
