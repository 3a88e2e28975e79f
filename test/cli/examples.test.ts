import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { VERB_NOTES } from '../../cli/verb-notes.ts';
import { call } from './context.ts';
import { FIRED, livedService, serviceFolder } from './service.ts';

const TESTS = `tests:
  - name: seven sessions ahead fire
    rule: small-cap-streak
    from: 2026-01-02
    series: { IWM: 100 +1%x9, SPY: 50x9 }
    expect:
      - session: 2026-01-13
        alerts: [{ kind: fired, value: 7 }]
`;

/** What the examples name, beside closes and rules. */
const FILES = {
  'rules/small-caps.test.yaml': TESTS,
  'expressions.txt': 'ret(IWM)\nstreak(ret(IWM) > ret(SPY))\n',
  'answer.json': '{"bars":{},"next_page_token":null}',
  'refused.json': '{"status":"ERROR","error":"Unknown API Key"}',
  'holdings.xlsx': 'a spreadsheet that never arrived',
};

/** Verbs that act on a service, whose examples need one that has lived. */
const SERVICE: ReadonlySet<string> = new Set([
  ...['ingest', 'evaluate', 'deliver', 'observe', 'accept', 'rules', 'subscribe', 'confirm', 'unsubscribe'],
  ...['subscriptions', 'silence', 'held', 'alerts', 'doctor'],
]);

/** A token and an id can only be made up in an example: what they name is not there. */
const MADE_UP = /^(confirm|silence --remove|held accept) /;

/** The words of an example as a shell would read them, and the file it reads from. */
function shellWords(example: string): { argv: string[]; from: string | undefined } {
  const [command = '', from] = example.split(' < ');
  const words = command.match(/"[^"]*"|'[^']*'|\S+/g) ?? [];
  return { argv: words.map((word) => word.replaceAll(/["']/g, '')), from };
}

const EXAMPLES = Object.values(VERB_NOTES).flatMap(({ examples }): readonly string[] => examples);
const ON_A_STACK = EXAMPLES.filter((example) => example.includes('--stack'));
const HERE = EXAMPLES.filter((example) => !ON_A_STACK.includes(example));

describe('every example in help', () => {
  it.each(HERE)('runs: %s', { timeout: 60_000 }, async (example) => {
    const { argv, from } = shellWords(example);
    const service = SERVICE.has(argv[0] ?? '');
    const folder = service ? await livedService(FILES) : serviceFolder(FILES);
    const input = from === undefined ? [] : [readFileSync(join(folder, from))];
    const called = await call(argv, { folder, input, ...(service ? { now: FIRED } : {}) });
    expect(called).toMatchObject({ code: MADE_UP.test(example) ? 3 : 0 });
    // Rules without findings are silent with --json.
    if (argv[0] !== 'check' && called.code === 0) expect(called.out).not.toBe('');
    if (argv.includes('--json')) expect(() => called.json).not.toThrow();
  });

  it('names a stack only where the same verb also acts on this machine', () => {
    const both = new Set([...SERVICE, 'import']);
    for (const example of ON_A_STACK) expect(both).toContain(example.split(' ')[0]);
  });

  it.each(Object.keys(VERB_NOTES))('is shown by %s --help', async (verb) => {
    const called = await call([verb, '--help'], { folder: serviceFolder() });
    expect(called.code).toBe(0);
    for (const example of VERB_NOTES[verb as keyof typeof VERB_NOTES].examples) {
      expect(called.out).toContain(`$ tidemark ${example}`);
    }
  });
});
