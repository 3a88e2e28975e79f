import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { VERB_NOTES } from '../../cli/verb-notes.ts';
import { call } from './context.ts';
import { calendar, closesFrom, folderWith } from './folder.ts';

const RULES = `rules:
  - id: small-cap-streak
    title: Small caps are beating large caps
    when: streak(ret(IWM) > ret(SPY)) >= 7
    outcome: [ret(IWM)]
`;

const TESTS = `tests:
  - name: seven sessions ahead fire
    rule: small-cap-streak
    from: 2026-01-02
    series: { IWM: 100 +1%x9, SPY: 50x9 }
    expect:
      - session: 2026-01-13
        alerts: [{ kind: fired, value: 7 }]
`;

/** A folder in which everything that the examples name is there. */
function exampleFolder(): string {
  // IWM stands still to the end of 2025, then rises on seven sessions, to 12 January.
  const level = calendar.range('2025-10-01', '2025-12-31').map(() => 100);
  return folderWith({
    'rules/market.yaml': 'instruments:\n  IWM: { name: Small }\n  SPY: { name: Large }\n',
    'rules/small-caps.yaml': RULES,
    'rules/small-caps.test.yaml': TESTS,
    'closes/IWM.csv': closesFrom('2025-10-01', [...level, 101, 102, 103, 104, 105, 106, 107]),
    'closes/SPY.csv': closesFrom('2025-10-01', [...level, ...level.slice(0, 7)]),
    'expressions.txt': 'ret(IWM)\nstreak(ret(IWM) > ret(SPY))\n',
  });
}

/** The words of an example as a shell would read them, and the file it reads from. */
function shellWords(example: string): { argv: string[]; from: string | undefined } {
  const [command = '', from] = example.split(' < ');
  const words = command.match(/"[^"]*"|\S+/g) ?? [];
  return { argv: words.map((word) => word.replaceAll('"', '')), from };
}

const EXAMPLES = Object.values(VERB_NOTES).flatMap(({ examples }): readonly string[] => examples);

describe('every example in help', () => {
  it.each(EXAMPLES)('runs: %s', async (example) => {
    const folder = exampleFolder();
    const { argv, from } = shellWords(example);
    const input = from === undefined ? [] : [readFileSync(join(folder, from))];
    const called = await call(argv, { folder, input });
    expect(called).toMatchObject({ code: 0 });
    // Rules without findings are silent with --json.
    if (argv[0] !== 'check') expect(called.out).not.toBe('');
    if (argv.includes('--json')) expect(() => called.json).not.toThrow();
  });

  it.each(Object.keys(VERB_NOTES))('is shown by %s --help', async (verb) => {
    const called = await call([verb, '--help'], { folder: exampleFolder() });
    expect(called.code).toBe(0);
    for (const example of VERB_NOTES[verb as keyof typeof VERB_NOTES].examples) {
      expect(called.out).toContain(`$ tidemark ${example}`);
    }
  });
});
