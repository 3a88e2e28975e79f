import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { apiWorld, problemIn } from './world.ts';

describe('docs/api.md', () => {
  it('names every code of a problem that there is', () => {
    const folder = new URL('../../../lambdas/api/', import.meta.url);
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    const codes = sources.flatMap((file) =>
      [...readFileSync(new URL(file, folder), 'utf8').matchAll(/\bcode: '([a-z-]+)'/g)].map(
        ([, code]) => code,
      ),
    );
    const text = readFileSync(new URL('../../../docs/api.md', import.meta.url), 'utf8');
    const cells = text.split('\n').map((line) => (/^\| \d{3}/.test(line) ? (line.split('|')[2] ?? '') : ''));
    const told = cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code));
    expect(new Set(told)).toEqual(new Set(codes));
  });
});

describe('a call that goes wrong', () => {
  it('is answered with a problem of a stable code, whatever went wrong', async () => {
    const { ask } = await apiWorld();
    const cases = [
      [await ask('GET', '/api/nothing'), 404, 'no-route'],
      [await ask('GET', '/api/alerts/none'), 404, 'not-found'],
      [await ask('PATCH', '/api/rules/ahead'), 405, 'method'],
      [await ask('DELETE', '/api/silences/x%401'), 403, 'forbidden'],
      [await ask('POST', '/api/subscriptions', { body: '{' }), 400, 'malformed'],
      [
        await ask('POST', '/api/subscriptions', { headers: { 'content-type': 'application/json' } }),
        400,
        'malformed',
      ],
      [
        await ask('POST', '/api/subscriptions', { body: '{}', headers: { 'content-type': 'text/plain' } }),
        415,
        'media-type',
      ],
      [await ask('POST', '/api/subscriptions', { body: `"${'x'.repeat(70_000)}"` }), 413, 'too-large'],
      [await ask('GET', '/api/series/nothing.close'), 404, 'not-found'],
      [await ask('GET', '/api/replay/2026-01-04'), 404, 'not-found'],
      [await ask('GET', '/api/replay/2027-01-04'), 404, 'not-found'],
    ] as const;
    for (const [came, status, code] of cases) {
      const problem = problemIn(came);
      expect([problem.status, problem.code]).toEqual([status, code]);
      expect(problem.type).toBe(`https://tidemark.invalid/problems/${code}`);
      expect(problem.title).not.toBe('');
      expect(problem.detail).not.toBe('');
      expect(came.headers.get('cache-control')).toBe('no-store');
      expect(came.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it('loses no key of what is sent, whatever it is called', async () => {
    const { ask } = await apiWorld();
    const draft = (lint: string) =>
      `{"draft":{"id":"a","title":"A","when":"ret(A) > 0","expect":{"${lint}":"why"}}}`;
    const preview = async (lint: string) =>
      await ask('POST', '/api/preview', { as: 'ed:editor', body: draft(lint) });
    expect(problemIn(await preview('__proto__')).errors).toEqual([
      { field: 'body.draft.expect.__proto__', message: 'is not known here' },
    ]);
    for (const code of ['constructor', 'toString']) {
      expect(await preview(code)).toMatchObject({
        status: 200,
        body: { findings: [{ code: 'unknown-lint' }] },
      });
    }
    expect(problemIn(await ask('GET', '/api/alerts?__proto__=x')).errors).toEqual([
      { field: 'query.__proto__', message: 'is not known here' },
    ]);
  });

  it('answers a span of alerts that no year can fit at once, and names a date that is none', async () => {
    const { ask } = await apiWorld();
    for (const span of [
      'from=2026-01-20&to=2026-01-10',
      'from=0001-01-01&to=0002-01-01',
      'from=9998-01-01&to=9999-12-31',
    ]) {
      const came = await ask('GET', `/api/alerts?${span}`);
      expect([span, came.status, came.body]).toEqual([span, 200, { alerts: [], cursor: null }]);
    }
    const all = await ask('GET', '/api/alerts');
    expect((await ask('GET', '/api/alerts?from=0001-01-01&to=9999-12-31')).body).toEqual(all.body);
    for (const path of ['/api/alerts', '/api/series/IWM.close']) {
      for (const field of ['from', 'to']) {
        const problem = problemIn(await ask('GET', `${path}?${field}=2026-13-01`));
        expect([problem.status, problem.errors]).toEqual([
          400,
          [{ field: `query.${field}`, message: 'is no date' }],
        ]);
      }
    }
    const body = { series: 'IWM.close', date: '2026-02-30', value: 1, source: 'a report' };
    expect(problemIn(await ask('POST', '/api/observations', { body, as: 'op:operator' })).errors).toEqual([
      { field: 'body.date', message: 'is no date' },
    ]);
  });

  it('names every field that is wrong at once, of body and query', async () => {
    const { ask } = await apiWorld();
    const wrong = { channel: 'fax', address: '', rules: [], severity: 'notice', form: 'single', more: 1 };
    const problem = problemIn(await ask('POST', '/api/subscriptions?x=1', { body: wrong }));
    expect(problem.code).toBe('invalid');
    expect(problem.errors?.map(({ field }) => field).toSorted()).toEqual([
      ...['body.address', 'body.channel', 'body.more', 'body.rules', 'query.x'],
    ]);
    const query = problemIn(await ask('GET', '/api/alerts?limit=201&kind=none&from=yesterday&from=today'));
    expect(query.errors?.map(({ field }) => field).toSorted()).toEqual([
      ...['query.from', 'query.from', 'query.kind', 'query.limit'],
    ]);
  });

  it('says which methods a path has', async () => {
    const { ask } = await apiWorld();
    const came = await ask('PATCH', '/api/subscriptions');
    expect(came.headers.get('allow')).toBe('GET, POST');
    expect((await ask('HEAD', '/api/me')).status).toBe(200);
  });

  it('is logged once where nobody expected it, without addresses, and says nothing of it to the caller', async () => {
    const failing = await apiWorld({
      providers: async () => {
        throw new Error('no answer for jane@example.com or +12025550123');
      },
    });
    const problem = problemIn(await failing.ask('GET', '/api/data'));
    expect([problem.status, problem.code]).toEqual([500, 'unexpected']);
    expect(JSON.stringify(problem)).not.toMatch(/answer for|example/);
    expect([...failing.told.figures]).toEqual([['failedCalls', 1]]);
    expect(failing.told.warnings).toEqual(['call failed | data | no answer for … or …']);
  });

  it('leaves one line in the log that names the route, the status and no user', async () => {
    const { ask, told } = await apiWorld();
    await ask('GET', '/api/me', { as: 'jane-doe:editor' });
    await ask('GET', '/api/nothing');
    expect(told.lines[0]).toMatch(/^call \| me \| 200 in 0 ms by [0-9a-f]{8}$/);
    expect(told.lines[1]).toMatch(/^call \| none \| 404 in 0 ms by [0-9a-f]{8}$/);
    expect(told.lines.join()).not.toContain('jane');
    expect([...told.figures]).toEqual([]);
  });

  it('reads an id of an alert whether its slashes come encoded or decoded', async () => {
    const { ask } = await apiWorld();
    const decoded = problemIn(await ask('GET', '/api/alerts/a/a@2026-01-02/fired/2026-01-02'));
    const encoded = problemIn(await ask('GET', '/api/alerts/a%2Fa%402026-01-02%2Ffired%2F2026-01-02'));
    expect(decoded.detail).toBe('no alert a/a@2026-01-02/fired/2026-01-02 is recorded');
    expect(encoded).toEqual(decoded);
    expect(problemIn(await ask('GET', `/api/series/${'x'.repeat(400)}`)).code).toBe('invalid');
    expect(problemIn(await ask('GET', '/api/series/a%00b')).code).toBe('invalid');
  });
});
