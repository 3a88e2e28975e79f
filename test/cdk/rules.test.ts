import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkedRules, readRulesFolder } from '../../cdk/rules.ts';

const SHIPPED = fileURLToPath(new URL('../../rules', import.meta.url));
const MARKET = 'instruments:\n  A: { name: A }\nclosures: [2027-03-05]\n';

describe('the rules of a deployment', () => {
  it('are every rules file of the folder, the market and its closures, without the rule tests', () => {
    const { market, rules } = readRulesFolder(SHIPPED);
    expect(market.file).toBe('rules/market.yaml');
    expect(rules.map(({ file }) => file)).toContain('rules/small-caps.yaml');
    expect(rules.some(({ file }) => file.includes('test') || file.includes('market'))).toBe(false);
    expect(checkedRules({ market, rules }).ok).toBe(true);
    const closing = checkedRules({ market: { file: 'rules/market.yaml', text: MARKET }, rules: [] });
    expect(closing).toMatchObject({ ok: true, value: { market: { closures: ['2027-03-05'] } } });
  });

  it('stop the deployment with the checker’s words where one is broken', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tidemark-rules-'));
    writeFileSync(join(folder, 'market.yaml'), MARKET);
    writeFileSync(
      join(folder, 'mine.yaml'),
      'rules:\n  - id: one\n    title: One\n    when: strek(ret(A) > 0) >= 2\n',
    );
    const checked = checkedRules(readRulesFolder(folder));
    rmSync(folder, { recursive: true });
    if (checked.ok) throw new Error('expected errors');
    expect(checked.errors).toHaveLength(1);
    expect(checked.errors[0]).toMatch(/^rules\/mine\.yaml:4:11: .*strek.*streak.*\[[a-z-]+\]$/);
  });

  it('stop it where the market is broken', () => {
    const market = { file: 'rules/market.yaml', text: 'instrument: {}\n' };
    expect(checkedRules({ market, rules: [] })).toMatchObject({
      ok: false,
      errors: [expect.stringContaining('rules/market.yaml:1:1')],
    });
  });
});
