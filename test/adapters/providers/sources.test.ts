import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryRecords } from '../../../adapters/memory/records.ts';
import { readAccess } from '../../../adapters/providers/access.ts';
import type { ProviderName } from '../../../adapters/providers/answer.ts';
import { providerSources } from '../../../adapters/providers/sources/sources.ts';
import type { SessionNeed, SourceAnswer } from '../../../shared/ports/source.ts';
import type { MembershipSpan } from '../../../shared/series/archive.ts';
import { parseMarket } from '../../../shared/series/parse-market.ts';
import { layOutDays } from '../../../shared/series/days.ts';
import type { Fault } from '../../replicas/faults.ts';
import { type Replicas, startReplicas } from '../../replicas/server.ts';
import { smallWorld } from '../../replicas/small-world.ts';

const MARKET = `instruments:
  IWM: { name: small }
  SPY: { name: large }
  SP500: { name: index, fields: { forward_pe: { kind: level, unit: multiple, stale_after: 95 }, top10_weight: { kind: level, unit: percent, stale_after: 65 } } }
  SP600: { name: index, fields: { forward_pe: { kind: level, unit: multiple, stale_after: 95 } } }
universes:
  SP500_MEMBERS: { name: members, members: dated }
`;
/** Friday 30 January 2026, 18:45 in New York: everybody but Massive has the day's closes. */
const EVENING = Date.UTC(2026, 0, 30, 23, 45);
/** A quarter past midnight in New York. */
const NIGHT = Date.UTC(2026, 0, 31, 5, 15);
const SESSIONS = ['2026-01-28', '2026-01-29', '2026-01-30'];

let now = EVENING;
const world = smallWorld(() => now);
const days = layOutDays(world.calendar);
let replicas: Replicas;
const parsed = parseMarket(MARKET, 'market.yaml');
if (!parsed.ok) throw new Error('the market of this test does not parse');
const market = parsed.value;

beforeAll(async () => {
  replicas = await startReplicas(world);
});
afterAll(() => replicas.end());
beforeEach(() => {
  now = EVENING;
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

/** What the sources say of an evening, values by series and date with who said them. */
async function evening(
  symbols: readonly string[],
  environment: Readonly<Record<string, string>> = replicas.environment,
  memberships: readonly MembershipSpan[] = [],
): Promise<{ values: Map<string, string>; said: SourceAnswer[]; findings: string[] }> {
  const needs: SessionNeed[] = SESSIONS.map((session) => ({
    session,
    series: symbols.map((symbol) => `${symbol}.close`),
  }));
  const sources = providerSources({
    line: {
      records: createMemoryRecords(),
      clock: () => now,
      chance: () => 0,
      pause: async (milliseconds) => {
        now += milliseconds;
      },
      patience: { headers: 400, whole: 800 },
    },
    access: readAccess(environment),
    market,
    calendar: world.calendar,
    memberships: async () => memberships,
  });
  const said: SourceAnswer[] = [];
  for (const source of sources) said.push(await source.fetch({ needs, last: '2026-01-30', now }));
  const values = new Map<string, string>();
  for (const { series, source } of said.flatMap(({ batches }) => batches)) {
    for (const { instrument, field, rows } of series) {
      for (let at = 0; at < rows.length; at += 1) {
        values.set(`${instrument}.${field} ${days.date(rows.day(at))}`, `${rows.value(at)} ${source}`);
      }
    }
  }
  return { values, said, findings: said.flatMap(({ findings }) => findings) };
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

it('takes what is wanted from the first provider, and nothing else', async () => {
  const { values } = await evening(['IWM', 'SPY']);
  expect(closes(values)).toEqual(TRUE_CLOSES);
  expect(replicas.requests.some(({ provider }) => provider === 'tiingo')).toBe(false);
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
    const { values, findings } = await evening(['IWM', 'SPY']);
    expect(closes(values)).toEqual(TRUE_CLOSES);
    for (const session of SESSIONS) {
      expect(values.get(`IWM.close ${session}`)).toMatch(/ tiingo$/);
      expect(values.get(`SPY.close ${session}`)).toMatch(/ tiingo$/);
    }
    expect(findings.some((finding) => finding.startsWith('alpaca: '))).toBe(true);
  });
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
  const { values, findings } = await evening(['IWM', 'SPY']);
  expect([...values]).toEqual([]);
  for (const provider of ['alpaca', 'tiingo', 'yahoo', 'massive', 'fred', 'fredgraph', 'nyfed', 'ssga']) {
    expect(findings.some((finding) => finding.startsWith(`${provider}: blocked`))).toBe(true);
  }
});

it('asks again for a stored leg, so that its pair is of the same provider', async () => {
  replicas.fail('alpaca', 'unavailable');
  const { values } = await evening(['IWM']);
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

it('leaves out a symbol that spoils a batch, and takes the rest', async () => {
  const { values, findings } = await evening(['IWM', 'SPY', 'BRK.B', 'GONE']);
  expect(values.get('BRK.B.close 2026-01-30')).toBe(`${world.close('BRK.B', '2026-01-30')} alpaca`);
  expect(findings.some((finding) => finding.includes('unknown_symbol') && finding.includes('GONE'))).toBe(
    true,
  );
});

describe('the policy rate', () => {
  const upper = (values: ReadonlyMap<string, string>) => values.get('FED.target_upper 2026-01-29');

  it('comes from FRED, its table without a key or an answer, and else from the New York Fed', async () => {
    expect(upper((await evening([])).values)).toBe('3.5 fred');
    const { FRED_API_KEY: _key, ...keyless } = replicas.environment;
    expect(upper((await evening([], keyless)).values)).toBe('3.5 fredgraph');
    replicas.fail('fred', { error: 'a key that is not registered' });
    expect(upper((await evening([])).values)).toBe('3.5 fredgraph');
    replicas.fail('fredgraph', 'hang');
    expect(upper((await evening([])).values)).toBe('3.5 nyfed');
  });

  it('tells what the meeting decided, on its day', async () => {
    const { values } = await evening([]);
    expect(values.get('FOMC.change_bp 2026-01-28')).toBe('-25 fred');
    expect([...values.keys()].filter((key) => key.startsWith('FOMC'))).toHaveLength(1);
  });
});

describe('funds', () => {
  it('give concentration, both forward P/Es and dated members', async () => {
    const { values, said } = await evening([]);
    expect(values.get('SP500.top10_weight 2026-01-29')).toBe('37.962 ssga');
    expect(values.get('SP500.forward_pe 2026-01-29')).toBe('21.58 ssga');
    expect(values.get('SP600.forward_pe 2026-01-29')).toBe('15.12 ssga');
    const spans = said.flatMap(({ batches }) => batches).flatMap(({ memberships }) => memberships);
    expect(spans).toHaveLength(504);
    expect(spans[0]).toMatchObject({ universe: 'SP500_MEMBERS', from: '2026-01-29', to: null });
    const again = await evening([], replicas.environment, spans);
    expect(again.said.flatMap(({ batches }) => batches).flatMap(({ memberships }) => memberships)).toEqual(
      [],
    );
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
