import { describe, expect, it } from 'vitest';
import { call } from '../context.ts';
import { smallFolder } from '../folder.ts';

const tests = (kind: string): string => `tests:
  - name: two sessions ahead fire
    rule: ahead
    from: 2026-01-05
    series: { AAA: 100 +1%x3 -1%, BBB: 50x4 }
    expect:
      - session: 2026-01-07
        alerts: [{ kind: ${kind}, value: 2 }]
`;

describe('test', () => {
  it('prints a line for each test that holds and exits with 0', async () => {
    const folder = smallFolder({ 'rules/ahead.test.yaml': tests('fired') });
    const called = await call(['test', '--json'], { folder });
    expect(called.code).toBe(0);
    expect(called.json).toEqual([
      {
        file: 'rules/ahead.test.yaml',
        name: 'two sessions ahead fire',
        ok: true,
        session: null,
        expected: [],
        got: [],
      },
    ]);
  });

  it('shows what was expected and what came, and exits with 3', async () => {
    const folder = smallFolder({ 'rules/ahead.test.yaml': tests('resolved') });
    const called = await call(['test', 'rules/ahead.test.yaml', '--json'], { folder });
    expect(called.code).toBe(3);
    expect(called.json).toMatchObject([{ ok: false, session: '2026-01-07' }]);
    const text = await call(['test', 'rules'], { folder });
    expect(text.out).toContain('expected  ahead resolved, value 2');
    expect(text.out).toContain('got       ahead fired, value 2');
    expect(text.err).toBe('0 hold, 1 fail\n');
  });

  it('fails a file that cannot be read, with the place', async () => {
    const folder = smallFolder({ 'rules/ahead.test.yaml': 'tests: 3\n' });
    const called = await call(['test', '--json'], { folder });
    expect(called.code).toBe(3);
    expect(called.json).toMatchObject([{ ok: false, session: null }]);
    expect(called.out).toContain('rules/ahead.test.yaml:1:');
  });

  it('fails a file whose rules have errors', async () => {
    const folder = smallFolder({ 'rules/ahead.yaml': 'rules: 3\n', 'rules/ahead.test.yaml': tests('fired') });
    const called = await call(['test'], { folder });
    expect(called.code).toBe(3);
    expect(called.out).toContain('rules/ahead.yaml:1:');
  });

  it('refuses a path that is not there', async () => {
    expect((await call(['test', 'nope.test.yaml'], { folder: smallFolder() })).code).toBe(2);
  });
});
