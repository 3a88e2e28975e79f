import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryRecords } from '../../../adapters/memory/records.ts';
import { readAccess } from '../../../adapters/providers/access.ts';
import { type ProviderName, refusedAnswer } from '../../../adapters/providers/answer.ts';
import { answerOf } from '../../../adapters/providers/sources/batch.ts';
import { gather } from '../../../adapters/providers/sources/price-leg.ts';
import { providerSources } from '../../../adapters/providers/sources/sources.ts';
import type { SessionNeed } from '../../../shared/ports/source.ts';
import { parseMarket } from '../../../shared/series/parse-market.ts';
import { askProviders, providersOf } from '../../../shared/service/ask-providers.ts';
import { openProtocol } from '../../../shared/service/report.ts';
import type { Fault } from '../../replicas/faults.ts';
import { type Replicas, startReplicas } from '../../replicas/server.ts';
import { smallWorld } from '../../replicas/small-world.ts';
import type { World } from '../../replicas/world.ts';

/** Friday 30 January 2026, 18:45 in New York: everybody but Massive has the day's closes. */
const EVENING = Date.UTC(2026, 0, 30, 23, 45);
/** A quarter past midnight in New York. */
const NIGHT = Date.UTC(2026, 0, 31, 5, 15);
const SESSIONS = ['2026-01-28', '2026-01-29', '2026-01-30'];

let now = EVENING;
let crossed = '';
const small = smallWorld(() => now);
const world: World = { ...small, target: (date) => (date === crossed ? [4.5, 3.5] : small.target(date)) };
let replicas: Replicas;
beforeAll(async () => {
  replicas = await startReplicas(world);
});
afterAll(() => replicas.end());
beforeEach(() => {
  now = EVENING;
  crossed = '';
  replicas.requests.length = 0;
  for (const provider of [
    'alpaca',
    'tiingo',
    'yahoo',
    'massive',
    'fred',
    'fredgraph',
    'nyfed',
    'ssga',
  ] as const) {
    replicas.fail(provider, null);
  }
});

const declared = ['IWM', 'SPY', 'AMZN'].map((symbol) => `  ${symbol}: { name: ${symbol} }\n`).join('');
const parsed = parseMarket(`instruments:\n${declared}`, 'market.yaml');
if (!parsed.ok) throw new Error('the market of this test does not parse');
const market = parsed.value;
const LEVELS = [
  'FED.target_upper',
  'FOMC.change_bp',
  'SP500.top10_weight',
  'SP500.forward_pe',
  'SP600.forward_pe',
];
/** IWM and SPY stand in one ratio. */
const LEGS = new Map([
  ['IWM.close', new Set(['SPY.close'])],
  ['SPY.close', new Set(['IWM.close'])],
]);

interface Evening {
  /** Values by series and date with who is believed first. */
  readonly values: ReadonlyMap<string, string>;
  readonly findings: readonly string[];
  readonly failed: readonly string[];
  readonly members: readonly { readonly universe: string; readonly instruments: readonly string[] }[];
}

/** What the sources say of an evening on which closes of symbols are lacking, asked as the service asks them. */
async function evening(
  symbols: readonly string[],
  environment: Readonly<Record<string, string>> = replicas.environment,
  stored: readonly string[] = [],
): Promise<Evening> {
  const needOf = (of: readonly string[]): SessionNeed[] =>
    SESSIONS.map((session) => ({ session, series: of.map((symbol) => `${symbol}.close`) }));
  const records = createMemoryRecords();
  // All history of the rate was told long ago.
  await records.write('rates/fredgraph', '{}', 0);
  const line = {
    records,
    clock: () => now,
    chance: () => 0,
    pause: async (milliseconds: number) => {
      now += milliseconds;
    },
    patience: { headers: 600, whole: 1200 },
  };
  const { calendar } = world;
  const sources = providerSources({ line, access: readAccess(environment), calendar, market });
  const protocol = openProtocol('ingest', now);
  const said = await askProviders(
    providersOf(sources),
    {
      needs: symbols.length === 0 ? [] : needOf(symbols),
      again: stored.length === 0 ? [] : needOf(stored),
      levels: LEVELS,
      last: '2026-01-30',
      now,
      calendar,
      legs: LEGS,
    },
    protocol,
  );
  const values = new Map<string, string>();
  for (const { instrument, field, date, value, source } of said.candidates.toSorted(
    (a, b) => b.rank - a.rank,
  )) {
    values.set(`${instrument}.${field} ${date}`, `${value} ${source}`);
  }
  const findings = protocol.report().findings.map(({ subject, why }) => `${subject}: ${why}`);
  return { values, findings, failed: said.failed, members: said.members };
}

/** Closes alone, without who said them. */
function closes(values: ReadonlyMap<string, string>): string[] {
  return [...values]
    .filter(([key]) => key.includes('.close '))
    .map(([key, value]) => `${key} ${value.split(' ')[0]}`)
    .toSorted((a, b) => (a < b ? -1 : 1));
}

const TRUE_CLOSES = ['IWM', 'SPY'].flatMap((symbol) =>
  SESSIONS.map((session) => `${symbol}.close ${session} ${world.close(symbol, session)}`),
);

it('takes what is wanted from the first provider', async () => {
  const { values } = await evening(['IWM', 'SPY']);
  expect(closes(values)).toEqual(TRUE_CLOSES);
  expect(values.get('IWM.close 2026-01-30')).toMatch(/ alpaca$/);
});

describe.each<[string, Fault]>([
  ['does not answer', 'hang'],
  ['breaks off', 'reset'],
  ['is cut short', 'truncate'],
  ['is unavailable', 'unavailable'],
  ['shows a wall', 'wall'],
  ['shows a wall as data', 'wall as data'],
  ['sends away', 'redirect away'],
  ['never ends', 'too long'],
  ['throttles', 'throttle'],
  ['refuses the key', { error: 'a wrong key' }],
  ['has not the day yet', { error: 'an end within the last minutes' }],
])('where a provider %s', (_what, fault) => {
  it('the next one gives the same closes, both legs', async () => {
    replicas.fail('alpaca', fault);
    const { values, failed } = await evening(['IWM', 'SPY']);
    expect(closes(values)).toEqual(TRUE_CLOSES);
    for (const session of SESSIONS) {
      expect(values.get(`IWM.close ${session}`)).toMatch(/ tiingo$/);
      expect(values.get(`SPY.close ${session}`)).toMatch(/ tiingo$/);
    }
    // What is not out yet is no failure, and no news.
    const quiet = typeof fault === 'object' && 'error' in fault && fault.error.startsWith('an end');
    expect(failed.includes('alpaca')).toBe(!quiet && fault !== 'too long');
  });
});

it('counts a provider that rests as failed, and one answer in another format not: steps of history wait for the first', () => {
  const odd = refusedAnswer('schema', 'these are no bars');
  const resting = { ...refusedAnswer('schema', 'not asked again before then'), retryAt: now };
  expect(answerOf('alpaca', gather([odd])).failed).toBeUndefined();
  expect(answerOf('alpaca', gather([odd, resting])).failed).toBe('schema: not asked again before then');
});

it('goes down the whole order, to Massive after midnight', async () => {
  now = NIGHT;
  for (const provider of ['alpaca', 'tiingo', 'yahoo'] as const) replicas.fail(provider, 'unavailable');
  const { values } = await evening(['IWM', 'SPY']);
  expect(closes(values)).toEqual(TRUE_CLOSES);
  expect(values.get('IWM.close 2026-01-30')).toMatch(/ massive$/);
});

it('says nothing wrong where everybody fails', async () => {
  for (const provider of [
    'alpaca',
    'tiingo',
    'yahoo',
    'massive',
    'fred',
    'fredgraph',
    'nyfed',
    'ssga',
  ] as const) {
    replicas.fail(provider, 'wall');
  }
  const { values, findings, failed } = await evening(['IWM', 'SPY']);
  expect([...values]).toEqual([]);
  expect(failed).toHaveLength(8);
  for (const provider of ['alpaca', 'tiingo', 'yahoo', 'massive', 'fred', 'fredgraph', 'nyfed', 'ssga']) {
    expect(findings.some((finding) => finding.startsWith(`${provider}: ${provider}: blocked`))).toBe(true);
  }
});

it('asks again for a stored leg, so that its pair is of the same provider', async () => {
  replicas.fail('alpaca', 'unavailable');
  const { values } = await evening(['IWM'], replicas.environment, ['SPY']);
  expect(closes(values)).toEqual(TRUE_CLOSES);
});

it.each<ProviderName>(['alpaca', 'tiingo', 'yahoo'])('tells of a split as %s does', async (provider) => {
  for (const other of ['alpaca', 'tiingo', 'yahoo', 'massive'] as const) {
    replicas.fail(other, other === provider ? null : 'unavailable');
  }
  const { values } = await evening(['AMZN']);
  // No core symbol: taken one by one, whoever has it.
  expect(values.get('AMZN.split 2026-01-28')).toBe(`20 ${provider}`);
  expect(values.get('AMZN.close 2026-01-28')).toBe(`${world.close('AMZN', '2026-01-28')} ${provider}`);
  expect(values.get('AMZN.split 2026-01-29')).toBeUndefined();
});

it('takes no closes of Alpaca whose latest basis it cannot read, for no split would show', async () => {
  replicas.fail('alpaca', 'too long', null);
  const { values } = await evening(['IWM', 'SPY']);
  expect(closes(values)).toEqual(TRUE_CLOSES);
  expect(values.get('IWM.close 2026-01-30')).toMatch(/ tiingo$/);
});

it('asks those who give few symbols for none of a crowd', async () => {
  await evening(['IWM', 'BRK.B']);
  const tickers = replicas.requests
    .filter(({ provider }) => provider === 'tiingo')
    .map(({ url }) => url.split('/')[3]);
  expect(new Set(tickers)).toEqual(new Set(['IWM']));
});

it('leaves out a symbol that spoils a batch, and takes the rest', async () => {
  const { values, findings } = await evening(['IWM', 'SPY', 'BRK.B', 'GONE']);
  expect(values.get('BRK.B.close 2026-01-30')).toBe(`${world.close('BRK.B', '2026-01-30')} alpaca`);
  expect(findings.some((finding) => finding.includes('unknown_symbol') && finding.includes('GONE'))).toBe(
    true,
  );
});

describe('the policy rate', () => {
  const upper = ({ values }: Evening) => values.get('FED.target_upper 2026-01-29');

  it('comes from FRED, its table without a key or an answer, and else from the New York Fed', async () => {
    expect(upper(await evening([]))).toBe('3.5 fred');
    const { FRED_API_KEY: _key, ...keyless } = replicas.environment;
    expect(upper(await evening([], keyless))).toBe('3.5 fredgraph');
    replicas.fail('fred', { error: 'a key that is not registered' });
    expect(upper(await evening([]))).toBe('3.5 fredgraph');
    replicas.fail('fredgraph', 'hang');
    expect(upper(await evening([]))).toBe('3.5 nyfed');
  });

  it('brings all history along once, then the last weeks', async () => {
    const records = createMemoryRecords();
    const line = { records, clock: () => now, chance: () => 0, pause: async () => {} };
    const access = new Map(
      [...readAccess(replicas.environment)].filter(([provider]) => provider === 'fredgraph'),
    );
    const [source] = providerSources({ line, access, calendar: world.calendar, market });
    const asked = async (): Promise<string | undefined> => {
      await source?.fetch({ needs: [], levels: ['FED.target_upper'], last: '2026-01-30', now });
      return (
        new URL(replicas.requests.at(-1)?.url ?? '', 'http://replica').searchParams.get('cosd') ?? undefined
      );
    };
    expect([await asked(), await asked()]).toEqual(['2008-12-16', '2008-12-16']);
    await source?.stored();
    expect(await asked()).toBe('2025-12-21');
  });

  it('has no bound of a day on which they stand the wrong way round, whoever tells of them', async () => {
    crossed = '2026-01-29';
    for (const failing of [[], ['fred'], ['fred', 'fredgraph']] as const) {
      for (const provider of failing) replicas.fail(provider, 'unavailable');
      const said = await evening([]);
      expect(upper(said)).toBeUndefined();
      expect(said.values.has('FED.target_upper 2026-01-28')).toBe(true);
      expect(said.findings.join('\n')).toContain('the lower bound is above the upper one');
    }
  });

  it('tells what the meeting decided, on its day', async () => {
    const { values } = await evening([]);
    expect(values.get('FOMC.change_bp 2026-01-28')).toBe('-25 fred');
    expect([...values.keys()].filter((key) => key.startsWith('FOMC'))).toHaveLength(1);
  });
});

describe('funds', () => {
  it('give concentration, both forward P/Es and members', async () => {
    const { values, members } = await evening([]);
    expect(values.get('SP500.top10_weight 2026-01-29')).toBe('37.962 ssga');
    expect(values.get('SP500.forward_pe 2026-01-29')).toBe('21.58 ssga');
    expect(values.get('SP600.forward_pe 2026-01-29')).toBe('15.12 ssga');
    expect(members).toMatchObject([{ universe: 'SP500_MEMBERS', asOf: '2026-01-29' }]);
    expect(members[0]?.instruments).toHaveLength(504);
  });

  it('give no forward P/E where one of the two fails', async () => {
    replicas.fail('ssga', null, null, 'wall as data');
    const { values, findings } = await evening([]);
    expect([...values.keys()].filter((key) => key.includes('forward_pe'))).toEqual([]);
    expect(values.has('SP500.top10_weight 2026-01-29')).toBe(true);
    expect(findings.join('\n')).toContain('forward P/E is not taken');
  });
});

it('shows no key in any finding', async () => {
  for (const provider of ['alpaca', 'tiingo', 'massive', 'fred'] as const) replicas.fail(provider, 'echo');
  const { findings } = await evening(['IWM', 'SPY']);
  const text = findings.join('\n').toLowerCase();
  for (const [name, value] of Object.entries(replicas.environment)) {
    if (/KEY|SECRET/.test(name)) expect(text).not.toContain(value.toLowerCase());
  }
});
