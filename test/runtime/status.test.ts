import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readMarket } from '../../cli/load/market.ts';
import { clockOf } from '../../cli/service/clock.ts';
import { openLocalStore } from '../../local/runtime/local-store.ts';
import { EARLIER_LOG, LOG, logIn, readLog } from '../../local/runtime/log.ts';
import { listen } from '../../local/status/listen.ts';
import { statusPages } from '../../local/status/pages.ts';
import { statusPage } from '../../local/status/status-page.ts';
import { createHealth } from '../../shared/workbench/health.ts';
import { createReadings } from '../../local/status/readings.ts';
import { createLibrary } from '../../shared/workbench/library.ts';
import { readStatus, type Status } from '../../local/status/status.ts';
import { contextWith } from '../cli/context.ts';
import { folderWith } from '../cli/folder.ts';
import { BEFORE, FIRED, livedService, well } from '../cli/service.ts';

const STREAK = 'Small <b>caps</b> & "large" ones';
const RULES = `rules:
  - { id: small-cap-streak, title: '${STREAK}', when: 'streak(ret(IWM) > ret(SPY)) >= 7' }
  - { id: small-cap-surge, title: Small caps surge, when: 'ytd(IWM) >= 50%', expect: { never-true: not yet } }
`;

/** Uses the pages of a service that has lived through January, and lets it go. */
async function withPages(
  use: (pages: ReturnType<typeof statusPages>, status: Status) => Promise<void>,
): Promise<void> {
  const folder = await livedService({ 'rules/small-caps.yaml': RULES });
  await well(['subscribe', '--email', 'other@example.com'], folder);
  await well(['silence', 'small-cap-surge', '--until', '2026-02-06', '--why', 'known'], folder);
  const ground = readMarket(contextWith({ folder }), {});
  if (!ground.ok) throw new Error('the market has problems');
  const store = await openLocalStore(join(folder, '.tidemark'), () => FIRED, 'private');
  try {
    const holding = { kind: 'own' } as const;
    const clock = clockOf(holding, () => FIRED);
    const readings = createReadings(createLibrary({ ...store, ...ground.value, clock }));
    const health = createHealth({ ...store, ...ground.value, clock });
    const statusAt = (at: () => number) =>
      readStatus({
        ...{
          store,
          holding,
          calendar: ground.value.calendar,
          clock: at,
          readings,
          health,
          version: '0',
          address: () => null,
          next: () => FIRED + 1,
        },
      });
    const trouble = (text: string): never => {
      throw new Error(text);
    };
    const status = () => statusAt(clock);
    const late = statusPage(await statusAt(() => FIRED + 86_400_000));
    expect(String(await late)).toContain('The newest data is of 12 Jan 2026, and 13 Jan 2026 is over');
    await use(statusPages({ status, outbox: store.place.outbox, sample: null, trouble }), await status());
  } finally {
    await store.end();
  }
}

const get = (pages: ReturnType<typeof statusPages>, path: string, headers: Record<string, string> = {}) =>
  pages.request(`http://127.0.0.1:8731${path}`, { headers: { host: '127.0.0.1:8731', ...headers } });

describe('the status page', { timeout: 60_000 }, () => {
  it('says where every rule stands, what was sent, and who waits, and names nobody', async () => {
    await withPages(async (pages, status) => {
      expect(status.dataAsOf).toBe('2026-01-12');
      expect(status.readings.session).toBe('2026-01-12');
      expect(status.readings.rules).toMatchObject([
        { rule: 'small-cap-streak', state: 'firing', since: '2026-01-12', value: 7, threshold: 7 },
        { rule: 'small-cap-surge', state: 'inactive', value: 0.07, valueText: '+7.00%', reason: null },
      ]);
      expect(status.data).toMatchObject({
        session: '2026-01-12',
        inputs: [
          { input: 'IWM.close', status: 'fresh', asOf: '2026-01-12', coverage: null },
          { input: 'SPY.close', status: 'fresh', asOf: '2026-01-12', coverage: null },
        ],
        counts: { fresh: 2, stale: 0, missing: 0, held: 0, heldValues: 0 },
      });
      expect(status.alerts).toMatchObject([{ kind: 'fired', delivery: { kind: 'sent' } }]);
      expect(status.runs.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['ingest', 'deliver']));
      expect(status.deliveries).toMatchObject({ published: 2, second: 0, failed: 0, relay: null });
      expect(status.subscriptions.map((one) => one.status).toSorted()).toEqual(['confirmed', 'pending']);
      expect(await (await get(pages, '/status.json')).json()).toEqual(JSON.parse(JSON.stringify(status)));
      const page = await (await get(pages, '/status')).text();
      for (const text of [
        '12 Jan 2026',
        '7 sessions',
        'pending',
        'nothing leaves this machine',
        'known',
        'Data, on 12 Jan 2026',
        'IWM.close',
      ]) {
        expect(page).toContain(text);
      }
      expect(page).toContain('Small &lt;b&gt;caps&lt;/b&gt; &amp; &quot;large&quot; ones');
      expect(page).not.toMatch(/The newest data|<b>|<script|other@|name@example/);
    });
  });

  it('shows the outbox with each message as it would arrive, addresses masked, and no other file', async () => {
    await withPages(async (pages) => {
      const list = await (await get(pages, '/status/outbox')).text();
      const [path = ''] = /\/status\/outbox\/small-cap-streak[^"]*\.eml/.exec(list) ?? [];
      const message = await (await get(pages, path)).text();
      expect(message).toMatch(/To: n…@example\.com[^]*Definition/i);
      expect(list + message).not.toMatch(/name@example|other@example/);
      for (const other of ['publishes.jsonl', '..%2Flog.jsonl', '..%2Fsubscriptions%2Fx.eml', 'none.eml']) {
        expect((await get(pages, `/status/outbox/${other}`)).status).toBe(404);
      }
    });
  });

  it('answers to this machine alone, lets nothing but its own style run, and is only read', async () => {
    const never = async (): Promise<never> => {
      throw new Error('nobody asked');
    };
    const told: string[] = [];
    const pages = statusPages({
      ...{ status: never, outbox: '', sample: null, trouble: (text) => void told.push(text) },
    });
    for (const host of ['evil.example', '127.0.0.1.evil.example', '10.0.0.1:8731', 'localhost.:8731', '']) {
      expect([host, (await get(pages, '/', { host })).status]).toEqual([host, 403]);
    }
    for (const origin of ['http://evil.example', 'null', 'https://127.0.0.1:8731', 'http://127.0.0.1:1']) {
      expect((await get(pages, '/', { origin })).status).toBe(403);
    }
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const host = 'localhost:8731';
      const answer = await pages.request('http://localhost:8731/', { method, headers: { host } });
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    }
    expect(told).toEqual([]);
    const broken = await get(pages, '/status');
    expect([broken.status, told]).toEqual([500, ['a page could not be made: nobody asked']]);
    const policy = broken.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+';/);
    expect(policy).not.toMatch(/unsafe|script-src|\*/);
  });

  it('takes the next free port where one is in use', async () => {
    const pages = { fetch: () => new Response('x') };
    const first = await listen(pages, 0);
    const port = Number(first?.address.split(':').at(-1));
    const second = await listen(pages, port);
    try {
      expect(first?.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      expect(Number(second?.address.split(':').at(-1))).toBeGreaterThan(port);
    } finally {
      await first?.end();
      await second?.end();
    }
  });
});

describe('the log', () => {
  it('begins anew at its largest size and keeps the one before, and is read newest first', () => {
    const folder = join(folderWith({}), 'place');
    mkdirSync(folder);
    const warned: string[] = [];
    const log = logIn(
      folder,
      () => BEFORE,
      (text) => void warned.push(text),
      400,
    );
    for (let index = 0; index < 20; index += 1)
      log.line('info', { what: 'x', subject: `${index}`, why: 'y' });
    log.line('warn', { what: 'a', subject: 'b', why: 'c' });
    expect(warned).toEqual(['a: b: c']);
    for (const name of [LOG, EARLIER_LOG]) {
      expect(readFileSync(join(folder, name)).length).toBeLessThan(600);
    }
    expect(readLog(folder, 2).map(({ subject }) => subject)).toEqual(['b', '19']);
    writeFileSync(join(folder, LOG), '{"at":"cut\n{"what":"w"}\n');
    expect(readLog(folder, 1)).toEqual([{ what: 'w' }]);
  });
});
