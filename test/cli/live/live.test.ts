import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROVIDER_VARIABLES } from '../../../adapters/providers/access.ts';
import { run } from '../../../cli/run.ts';
import { openLocalStore } from '../../../local/runtime/local-store.ts';
import { layOutDays } from '../../../shared/series/days.ts';
import { instantOn } from '../../../shared/service/progress.ts';
import { type Replicas, startReplicas } from '../../replicas/server.ts';
import { smallWorld } from '../../replicas/small-world.ts';
import { KEYS } from '../../replicas/world.ts';
import { collectingOutput, contextWith } from '../context.ts';
import { folderWith } from '../folder.ts';

const MARKET = `instruments:
  IWM: { name: small }
  SPY: { name: large }
  AMZN: { name: splits on a Wednesday }
  FED: { name: rate, fields: { target_upper: { kind: level, unit: percent, stale_after: 400 } } }
universes:
  SP500_MEMBERS: { name: members, members: dated }
`;
const RULES = `rules:
  - id: lead
    when: ret(IWM) > -100%
    outcome: [ret(IWM)]
  - id: easy
    when: change(FED.target_upper) < 0
`;
const FRIDAY = instantOn('2026-01-23', 20 * 60);
const { fredKey, massiveKey, tiingoToken, yahooAccepted } = PROVIDER_VARIABLES;

let now = FRIDAY;
const world = smallWorld(() => now);
const { calendar } = world;
let replicas: Replicas;

beforeAll(async () => {
  replicas = await startReplicas(world);
});
afterAll(() => replicas.end());

/** The environment of somebody with one free key. */
function oneKey(): Record<string, string | undefined> {
  const without = [fredKey, massiveKey, tiingoToken, yahooAccepted].map((name) => [name, undefined] as const);
  return { ...replicas.environment, ...Object.fromEntries(without) };
}

interface Called {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Calls the command with a clock that goes on while it waits, and interrupts it once standard error says so. */
async function called(
  folder: string,
  argv: readonly string[],
  environment: Record<string, string | undefined>,
  interruptAt = (_err: string): boolean => false,
): Promise<Called> {
  const [out, err] = [collectingOutput(), collectingOutput()];
  let interrupt = (): void => {};
  const interrupted = new Promise<void>((resolve) => {
    interrupt = resolve;
  });
  const watched = {
    ...err,
    write: (text: string): void => {
      err.write(text);
      if (interruptAt(err.text())) interrupt();
    },
  };
  const pause = async (milliseconds: number, signal?: AbortSignal): Promise<void> => {
    // What waits for an interruption has to let others work meanwhile.
    if (signal?.aborted !== true) now += milliseconds < 5000 ? 0 : milliseconds;
    await new Promise((resolve) => {
      setTimeout(resolve, milliseconds === 5000 ? 2000 : 0);
    });
  };
  const context = contextWith({
    out,
    err: watched,
    folder,
    environment,
    now,
    clock: () => now,
    pause,
    interrupted: () => interrupted,
  });
  const code = await run(argv, context);
  return { code, out: out.text(), err: err.text() };
}

function place(): string {
  return folderWith({ 'rules/market.yaml': MARKET, 'rules/rules.yaml': RULES });
}

/** `date value` of every stored value of a series. */
async function stored(folder: string, id: string): Promise<readonly string[]> {
  const store = await openLocalStore(`${folder}/.tidemark`, () => now, 'private');
  try {
    const { series } = await store.observations.load({ series: [{ id, from: '1990-01-01' }] });
    const rows = series[0]?.rows;
    const days = layOutDays(calendar);
    return Array.from(
      { length: rows?.length ?? 0 },
      (_, at) => `${days.date(rows?.day(at) ?? 0)} ${rows?.value(at)}`,
    );
  } finally {
    await store.end();
  }
}

const LIVE = ['start', '--live', '--once'];

describe('the service on live data', { timeout: 60_000 }, () => {
  it('fills history with progress, goes on after an interruption in its middle, and then lives an evening', async () => {
    const folder = place();
    now = FRIDAY;
    const first = await called(folder, ['start', '--live', '--port', '0'], oneKey(), (err) =>
      /, 20(?:18|19|2\d)-/.test(err),
    );
    expect([first.code, first.err.split('\n')[0]]).toEqual([
      0,
      expect.stringMatching(/^history: 0 of \d+ steps, alpaca/),
    ]);
    expect(first.out).toMatch(/alpaca +on: closes/);
    expect(first.out).toContain(`off, needs ${tiingoToken}`);
    expect(first.out).toContain('Interrupted. Everything is kept');
    const half = (await stored(folder, 'IWM.close')).length;
    expect(half).toBeGreaterThan(0);
    const before = replicas.requests.length;

    const second = await called(folder, LIVE, oneKey());
    expect([second.code, second.err]).toEqual([0, expect.stringContaining('steps, complete')]);
    expect(second.err).not.toMatch(/^history: 0 of/);
    const closes = await stored(folder, 'IWM.close');
    expect(closes.length).toBeGreaterThan(half);
    const sessions = calendar.range('2016-01-04', '2026-01-23');
    expect(closes).toEqual(sessions.map((session) => `${session} ${world.close('IWM', session)}`));
    const again = replicas.requests.slice(before).filter(({ url }) => url.includes('2016-01-04'));
    expect(again.filter(({ provider }) => provider === 'alpaca')).toEqual([]);

    now = instantOn('2026-01-26', 18 * 60 + 30);
    const evening = await called(folder, LIVE, oneKey());
    expect([evening.code, evening.err]).toEqual([0, '']);
    expect(evening.out).toContain('evaluated up to 26 Jan 2026');
    expect((await stored(folder, 'IWM.close')).at(-1)).toBe(`2026-01-26 ${world.close('IWM', '2026-01-26')}`);
    expect((await stored(folder, 'FED.target_upper')).at(-1)).toMatch(/^2026-01-2\d 3\.75$/);
  });

  it('says at start who gives closes, and what accepting Yahoo means, and never says a key', async () => {
    now = FRIDAY;
    const keyless = Object.fromEntries(
      Object.entries(replicas.environment).filter(([name]) => name.endsWith('_URL')),
    );
    const none = await called(place(), LIVE, keyless);
    expect(none.code).toBe(0);
    expect(none.out.replaceAll('\n', ' ')).toContain(
      'Nobody gives closes: set APCA_API_KEY_ID and APCA_API_SECRET_KEY',
    );
    expect(none.out).toMatch(/fredgraph +on/);
    expect(none.out).not.toContain('publishes no terms');
    const all = await called(place(), LIVE, { ...keyless, [yahooAccepted]: 'yes' });
    expect(all.out.replaceAll('\n', ' ')).toContain('Yahoo, which publishes no terms for programs');
    for (const key of Object.values(KEYS)) expect(none.out + all.out + all.err).not.toContain(key);
  });
});

describe('doctor', { timeout: 60_000 }, () => {
  it('says who is configured and what they answer before there is anything, and begins nothing', async () => {
    const folder = place();
    now = FRIDAY;
    const none = await called(folder, ['doctor'], {});
    expect(none.code).toBe(3);
    expect(none.out).toMatch(/! +store +\.tidemark holds nothing yet/);
    expect(none.out).toContain('one free key is enough');
    expect(none.out).toContain(`off, needs ${tiingoToken}`);
    const asked = await called(folder, ['doctor', '--ask'], oneKey());
    expect(asked.out).toMatch(/ok +alpaca +on: .*; answered ok at 2026-01-24 01:00 UTC/);
    expect(existsSync(`${folder}/.tidemark`)).toBe(false);
    for (const key of Object.values(KEYS)) expect(asked.out + asked.err).not.toContain(key);
  });

  it('says of every provider whether it is on, and with --ask what it answers now, without any key', async () => {
    const folder = place();
    now = FRIDAY;
    await called(folder, ['ingest', '--json'], {});
    const off = await called(folder, ['doctor'], {});
    expect(off.out).toContain('one free key is enough');
    expect(off.out).toContain(`off, needs ${tiingoToken}`);
    const before = await called(folder, ['doctor'], oneKey());
    expect(before.out).toMatch(/ok +alpaca +on: .*; not asked yet/);
    replicas.fail('nyfed', 'wall');
    const asked = await called(folder, ['doctor', '--ask'], oneKey());
    replicas.fail('nyfed', null);
    expect(asked.out).toMatch(/ok +alpaca +on: .*; answered ok at 2026-01-24 01:00 UTC/);
    expect(asked.out).toMatch(/! +nyfed +on: .*; answered blocked at/);
    for (const key of Object.values(KEYS)) expect(asked.out + asked.err).not.toContain(key);
  });
});
