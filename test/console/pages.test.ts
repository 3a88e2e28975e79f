import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { consolePages } from '../../local/front/pages.ts';
import { site } from '../../local/status/site.ts';
import { failure, success } from '../../shared/result.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidemark-front-'));
mkdirSync(join(folder, 'assets'));
writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Tidemark</title>');
writeFileSync(join(folder, 'assets/main-abc.js'), 'let a = 1;');
writeFileSync(join(folder, 'secret.txt'), 'nobody reads this');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pages = consolePages({ built: async () => success(folder) });
const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  pages.request(path, { method, headers: { host: '127.0.0.1:8731', ...headers } });

describe('the console on this machine', () => {
  it('answers every address of a page with its one page, never kept', async () => {
    for (const path of ['/', '/alerts', '/alerts/a%2Fb', '/rules/new']) {
      const answer = await get(path);
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-cache']);
      expect(await answer.text()).toContain('<title>Tidemark</title>');
    }
  });

  it('gives its files for good, by their names, and no other file', async () => {
    const answer = await get('/assets/main-abc.js');
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(answer.headers.get('cache-control')).toContain('immutable');
    for (const name of ['other.js', '..%2Fsecret.txt', '%2e%2e%2fsecret.txt', '..%2f..%2fetc%2fpasswd']) {
      expect([name, (await get(`/assets/${name}`)).status]).toEqual([name, 404]);
    }
  });

  it('lets nothing run that is not its own, and asks nobody to sign in', async () => {
    const policy = (await get('/')).headers.get('content-security-policy') ?? '';
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
      ]),
    );
    expect(policy).not.toContain('unsafe');
    expect(await (await get('/config.json')).json()).toEqual({ auth: 'none' });
  });

  it('answers to this machine alone, and is only read', async () => {
    expect((await get('/', { host: 'elsewhere.example' })).status).toBe(403);
    expect((await get('/', { origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await get('/', {}, 'POST')).status).toBe(405);
  });

  it('leads to the status page where it could not be built', async () => {
    const broken = consolePages({ built: async () => failure('no bundler') });
    const answer = await broken.request('/', { headers: { host: 'localhost' } });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/status']);
    const asset = await broken.request('/assets/main-abc.js', { headers: { host: 'localhost' } });
    expect(asset.status).toBe(404);
  });

  it('leaves the API and the status pages to those who serve them', async () => {
    const says = (name: string) => ({ fetch: () => new Response(name) });
    const all = site({ api: says('api'), status: says('status'), console: says('console') });
    const asked = async (path: string): Promise<string> =>
      await (await all.fetch(new Request(`http://127.0.0.1${path}`))).text();
    const paths = ['/api/today', '/status', '/status.json', '/status/outbox', '/', '/statuses', '/apis'];
    expect(await Promise.all(paths.map(asked))).toEqual([
      ...['api', 'status', 'status', 'status'],
      ...['console', 'console', 'console'],
    ]);
  });
});
