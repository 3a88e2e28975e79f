import { describe, expect, it } from 'vitest';
import { call } from '../context.ts';
import { SMALL_MARKET, smallFolder } from '../folder.ts';

describe('replay', () => {
  it('prints one line per alert, keys as documented', async () => {
    const called = await call(['replay', '--data', 'closes', '--json'], { folder: smallFolder() });
    expect(called.code).toBe(0);
    expect(called.json.map(({ kind, session }) => [kind, session])).toEqual([
      ['fired', '2026-01-07'],
      ['resolved', '2026-01-09'],
    ]);
    const [fired, resolved] = called.json;
    expect(Object.keys(fired ?? {})).toEqual([
      'id',
      'rule',
      'kind',
      'session',
      'episode',
      'value',
      'threshold',
      'precedent',
      'margin',
      'baseRate',
      'subject',
      'sms',
      'email',
    ]);
    expect(fired).toMatchObject({
      rule: 'ahead',
      value: 2,
      threshold: 2,
      precedent: { rank: 1, of: 1, atLeast: null, higher: null, dataSince: '2026-01-06' },
      margin: { value: 0.01, session: '2026-01-06' },
    });
    expect(Object.keys(fired?.['margin'] as object)).toEqual(['value', 'session']);
    expect(resolved).toMatchObject({ margin: null });
  });

  it('tells what the period asks for, from the same computation', async () => {
    const folder = smallFolder();
    const all = await call(['replay', '--data', 'closes', '--json'], { folder });
    const part = await call(['replay', '--data', 'closes', '--json', '--from', '2026-01-08'], { folder });
    expect(part.json).toEqual(all.json.slice(1));
  });

  it('prints each alert as a subscriber would get it', async () => {
    const folder = smallFolder();
    const short = await call(['replay', '--data', 'closes', '--to', '2026-01-08'], { folder });
    expect(short.out).toMatch(/^2026-01-07 {2}fired {2}ahead\nThe first fund is ahead/);
    expect(short.out).not.toContain('DEFINITION');
    expect(short.err).toBe('1 alert\n');
    const full = await call(['replay', '--data', 'closes', '--full'], { folder });
    expect(full.out).toContain('DEFINITION');
    expect(full.out).toContain('Information, not advice');
  });

  it('goes on with the good rules when one is broken, and names the broken one', async () => {
    const folder = smallFolder({
      'rules/bad.yaml': 'rules:\n  - id: bad\n    title: Bad\n    when: nope > 1\n',
    });
    const called = await call(['replay', '--data', 'closes', '--json'], { folder });
    expect(called.code).toBe(0);
    expect(called.json).toHaveLength(2);
    expect(called.err).toContain('rules/bad.yaml:4:');
  });

  it('takes the market beside the rules it is given', async () => {
    const market = `${SMALL_MARKET}universes:\n  OURS: { name: Ours, members: [AAA, BBB] }\n`;
    const rules = 'rules:\n  - id: mine\n    title: Mine\n    when: any(OURS, ret(member) > 50bp)\n';
    const folder = smallFolder({ 'own/mine.yaml': rules, 'own/market.yaml': market });
    const called = await call(['replay', '--data', 'closes', '--rules', 'own/mine.yaml', '--json'], {
      folder,
    });
    expect(called.json.map(({ rule }) => rule)).toContain('mine');
  });

  it('lets a file name rules of the files beside it, and tells only its own', async () => {
    const above = `rules:
  - id: above
    title: Above
    when: firing("ahead")
    evidence: [ahead]
`;
    const folder = smallFolder({ 'rules/above.yaml': above });
    const called = await call(['replay', '--data', 'closes', '--rules', 'rules/above.yaml', '--json'], {
      folder,
    });
    expect(called.err).toBe('');
    expect(called.json.map(({ rule, kind }) => [rule, kind])).toEqual([
      ['above', 'fired'],
      ['above', 'resolved'],
    ]);
    const states = await call(['states', '--data', 'closes', '--rules', 'rules/above.yaml', '--json'], {
      folder,
    });
    expect(new Set(states.json.map(({ rule }) => rule))).toEqual(new Set(['above']));
  });
});
