import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseMarket } from '../../shared/series/parse-market.ts';
import { marketOf } from './ground.ts';

/** Problems as `line:column code`. */
function problems(text: string): string[] {
  const parsed = parseMarket(text, 'market.yaml');
  return parsed.ok ? [] : parsed.errors.map(({ line, column, code }) => `${line}:${column} ${code}`);
}

describe('a market file', () => {
  it('gives a priced instrument its undeclared fields', () => {
    const { instruments } = marketOf('instruments: { IWM: { name: A fund, stands_for: an index }, SPY: }');
    const price = { kind: 'price', unit: 'price', staleAfter: null };
    expect(instruments.get('IWM')).toEqual({
      id: 'IWM',
      name: 'A fund',
      standsFor: 'an index',
      fields: new Map<string, unknown>([
        ['close', price],
        ['volume', { ...price, unit: 'number' }],
        ['split', { ...price, unit: 'number' }],
        ['total_return', price],
      ]),
    });
    expect([instruments.get('SPY')?.name, instruments.get('SPY')?.standsFor]).toEqual(['SPY', null]);
  });

  it('gives an instrument of other fields just these', () => {
    const { instruments } = marketOf(
      'instruments: { S: { fields: { pe: { kind: level, unit: multiple, stale_after: 95 }, cut: { kind: event, unit: bp } } } }',
    );
    expect([...(instruments.get('S')?.fields ?? [])]).toEqual([
      ['pe', { kind: 'level', unit: 'multiple', staleAfter: 95 }],
      ['cut', { kind: 'event', unit: 'bp', staleAfter: null }],
    ]);
  });

  it('prices an instrument that declares a close beside other fields, or is a member of a universe', () => {
    const { instruments } = marketOf(`
instruments: { A: { fields: { close: , eps: { kind: level } } }, B: { fields: { eps: { kind: level } } } }
universes: { U: { members: [B, "BRK.B", TRUE, 2330] } }`);
    const names = ['A', 'B', 'BRK.B', 'TRUE', '2330'];
    expect(names.map((name) => instruments.get(name)?.fields.get('close')?.unit)).toEqual(
      names.map(() => 'price'),
    );
    expect(instruments.get('B')?.fields.get('eps')?.kind).toBe('level');
  });

  it('reads universes, portfolios, moves and closures', () => {
    const read = marketOf(`
universes: { U: { name: Us, members: [A, B] }, D: { members: dated, coverage: 90% }, E: { members: dated, coverage: 0.5 } }
portfolios: { P: { as_of: 2025-12-31, holdings: { A: 100, B: 0.5 } } }
moves: [{ instrument: A, session: 2000-09-29 }]
closures: [2025-01-09]`);
    expect(read.universes).toEqual(
      new Map([
        ['U', { id: 'U', name: 'Us', members: ['A', 'B'], coverage: 0.95 }],
        ['D', { id: 'D', name: 'D', members: null, coverage: 0.9 }],
        ['E', { id: 'E', name: 'E', members: null, coverage: 0.5 }],
      ]),
    );
    expect([...(read.portfolios.get('P')?.holdings ?? [])]).toEqual([
      ['A', 100],
      ['B', 0.5],
    ]);
    expect([read.portfolios.get('P')?.asOf, read.moves, read.closures]).toEqual([
      '2025-12-31',
      [{ instrument: 'A', session: '2000-09-29' }],
      ['2025-01-09'],
    ]);
  });

  it('tells all problems at once, each with its place', () => {
    expect(
      problems(`instruments:
  A: { nam: x }
  B: { fields: { pe: { kind: levl, unit: x, stale_after: 1.5 }, date: {}, close: { kind: level } } }
  A: {}
  member: {}
universes:
  B: { members: dated }
  U: { members: datd, coverage: 95 }
  V: {}
  W: { members: [U, P, X, X] }
portfolios:
  P: { as_of: 2025-02-30, holdings: { U: 1, X: -1, Y: } }
moves: [{ instrument: A }, { instrument: W, session: 2020-01-02 }]
closures: [2025-13-01]
extra: 1
`),
    ).toEqual([
      '2:8 unknown-key',
      '3:30 bad-value',
      '3:42 bad-value',
      '3:58 bad-value',
      '3:65 bad-name',
      '3:90 bad-value',
      '4:3 duplicate-key',
      '5:3 name-taken',
      '7:3 name-taken',
      '8:17 wrong-type',
      '8:33 bad-value',
      '9:3 missing-key',
      '10:18 no-instrument',
      '10:21 no-instrument',
      '10:27 duplicate-member',
      '12:15 bad-date',
      '12:39 no-instrument',
      '12:48 bad-value',
      '12:52 missing-key',
      '13:9 missing-key',
      '13:42 no-instrument',
      '14:12 bad-date',
      '15:1 unknown-key',
    ]);
  });

  it('refuses a move on a date without a session', () => {
    const moves = (date: string): string[] => problems(`moves: [{ instrument: A, session: ${date} }]`);
    expect([moves('2000-09-30'), moves('1979-12-31'), moves('2000-09-29')]).toEqual([
      ['1:35 no-session'],
      ['1:35 no-session'],
      [],
    ]);
    expect(problems('moves: [{ instrument: A, session: 2000-09-29 }]\nclosures: [2000-09-29]')).toEqual([
      '1:35 no-session',
    ]);
  });

  it('refuses names that hold what nobody can see', () => {
    const found = problems(`instruments:
  A: { name: "Acme\u202E", stands_for: "the\u200B index" }
  "B\u2066": {}
universes: { U: { name: "\uFEFFAll", members: [A] } }
`);
    expect(found).toEqual(['2:14 unseen', '2:35 unseen', '3:3 bad-name', '4:25 unseen']);
  });

  it('refuses anchors, aliases, tags, a second document and a file without content', () => {
    expect(problems('closures: &a [2025-01-09]\nmoves: *a')).toEqual(['1:11 anchor', '2:8 alias']);
    expect(problems('closures: !!seq [2025-01-09]')).toEqual(['1:11 tag']);
    expect(problems('closures: !x [2025-01-09]')).toEqual(['1:11 tag']);
    expect(problems('closures: &a\n  - 2025-01-09')).toEqual(['1:11 anchor']);
    expect(problems('closures: []\n---\nmoves: []')).toEqual(['2:1 yaml-syntax']);
    expect(problems('# nothing\n')).toEqual(['1:1 empty-file']);
    expect(problems('- a list')).toEqual(['1:1 wrong-type']);
    expect(problems('instruments: {')).toHaveLength(1);
  });

  it('answers a hostile file instead of hanging or crashing', () => {
    const bomb = ['a: &a [x]', 'b: &b [*a, *a]', 'c: [*b, *b]'].join('\n');
    expect(problems(bomb)).toContain('2:8 alias');
    expect(problems('['.repeat(3_000)).length).toBeGreaterThan(0);
    expect(problems('{a: '.repeat(3_000)).length).toBeGreaterThan(0);
    expect(problems(' '.repeat(1_000_001))).toEqual(['1:1 too-long']);
    expect(problems('instruments: { __proto__: {}, constructor: {} }')).toEqual([]);
  });

  it('ships with no problem', () => {
    const shipped = marketOf(readFileSync(new URL('../../rules/market.yaml', import.meta.url), 'utf8'));
    expect([...shipped.universes.keys()]).toEqual(['MAG7', 'SP500_MEMBERS']);
    expect(shipped.instruments.get('FOMC')?.fields.get('change_bp')).toEqual({
      kind: 'event',
      unit: 'bp',
      staleAfter: null,
    });
  });
});
