import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../../adapters/providers/answer.ts';
import { sourceName } from '../../../shared/acceptance/source-name.ts';
import { dataHealth } from '../../../shared/service/data-health.ts';
import { dataStanding } from '../../../shared/service/data-standing.ts';
import { watchdog } from '../../../shared/service/watchdog.ts';
import { tell, walk } from '../tell.ts';
import {
  at,
  calendar,
  evening,
  ingestAt,
  market,
  openService,
  provider,
  session,
  type Manner,
  type Service,
} from './evening.ts';

const story = [
  ...tell(-3, {
    'A.close': walk('---++++++'),
    'B.close': walk('--+-+-+-+'),
    'C.close': walk('+++++++++'),
  }),
  ...tell(-2, { 'L.pe': [2, null, null, null, null, null] }),
];

async function health({ records, observations, now }: Service) {
  return await dataHealth({ records, observations, market, calendar, now });
}

const short = ({ inputs }: Awaited<ReturnType<typeof health>>) =>
  inputs.map(({ input, status, asOf, source }) => [input, status, asOf, source]);

describe('the health of the data', () => {
  it('says of every input how fresh it is and from whom', async () => {
    const service = await openService(story);
    await ingestAt(service, [provider('first', 1, story), provider('second', 2, story)], at(0, '17:20'));
    expect(short(await health(service))).toEqual([
      ['A.close', 'fresh', session(0), 'first'],
      ['B.close', 'fresh', session(0), 'first'],
      ['L.pe', 'carried', session(-2), 'first'],
      ['U', 'fresh', session(0), null],
    ]);
    service.now = at(3, '17:20');
    const later = await health(service);
    expect(short(later).slice(0, 3)).toEqual([
      ['A.close', 'missing', session(0), 'first'],
      ['B.close', 'missing', session(0), 'first'],
      ['L.pe', 'stale', session(-2), 'first'],
    ]);
    expect(later.counts).toEqual({ fresh: 0, carried: 0, stale: 1, missing: 3, held: 0, heldValues: 0 });
    expect(later.inputs.at(-1)).toMatchObject({ coverage: { have: 0, of: 3 }, needed: 0.6 });
  });

  it('says what is held and since when, and what a universe lacks', async () => {
    const service = await openService(story);
    const halved: Manner = (rows) =>
      rows.map((row) => (/^[AB]/.test(row.series) ? { ...row, value: row.value / 2 } : row));
    await ingestAt(service, [provider('first', 1, story, halved)], at(0, '17:20'));
    service.now += 3_600_000;
    const found = await health(service);
    expect(found.inputs.map(({ input, status, finding }) => [input, status, finding])).toEqual([
      ['A.close', 'held', expect.stringContaining(`A.close@${session(0)}@first is held: jump`)],
      ['B.close', 'held', expect.stringContaining('is held: jump')],
      ['L.pe', 'carried', `value of ${session(-2)} from first`],
      [
        'U',
        'missing',
        `1 of 3 members have a value on ${session(0)}, 2 held back: fewer than 60%, so nothing is said about it`,
      ],
    ]);
    expect(found.held.map(({ ageMs }) => ageMs)).toEqual([3_600_000, 3_600_000]);
    const { records, alerts, now } = service;
    const { findings, counts } = await watchdog({ records, alerts, calendar, now });
    expect(counts).toMatchObject({ heldValues: 2 });
    expect(findings).toContainEqual({
      what: 'values held',
      subject: `A.close@${session(0)}@first`,
      why: '2 held, the oldest for 1 hour: tidemark held list',
    });
  });

  it('names what is provisional', async () => {
    const service = await openService(story);
    const near: Manner = (rows) =>
      rows.map((row) => (row.series === 'A.close' ? { ...row, value: row.value * 1.001 } : row));
    const sources = [provider('first', 1, story), provider('second', 2, story, near)];
    await ingestAt(service, sources, at(0, '17:20'));
    const settled = async () => (await health(service)).inputs.map((one) => one.settled);
    expect(await settled()).toEqual(['provisional', 'settled', 'settled', 'settled']);
    await ingestAt(service, [provider('first', 1, story), provider('second', 2, story)], at(0, '18:30'));
    expect(await settled()).toEqual(['settled', 'settled', 'settled', 'settled']);
  });
});

describe('an alert', () => {
  it('names an input that is held, and who its values are from', async () => {
    const service = await openService(story);
    const halved: Manner = (rows) =>
      rows.map((row) =>
        row.series === 'A.close' && row.date >= session(1) ? { ...row, value: row.value / 2 } : row,
      );
    for (const number of [0, 1, 2]) await evening(service, [provider('first', 1, story, halved)], number);
    const blind = (await service.told()).find(({ kind, rule }) => kind === 'blind' && rule === 'ahead');
    expect(blind?.inputs.find(({ input }) => input === 'A.close')).toEqual({
      input: 'A.close',
      asOf: session(0),
      status: 'held',
      coverage: null,
    });
    expect(blind?.definition.sources).toEqual(['first']);
  });

  it('calls publishers by their names, each once, and what is stored keeps their ids', async () => {
    const service = await openService(story);
    for (const number of [0, 1, 2]) {
      const other = provider('fredgraph', 2, number > 1 ? story : []);
      await evening(service, [provider('alpaca', 1, number > 1 ? [] : story), other], number);
    }
    const alerts = await service.told();
    expect(alerts.at(-1)?.definition.sources).toContain('Alpaca');
    await evening(service, [provider('fred', 1, story)], 3);
    service.now = at(2, '24:30');
    expect((await dataStanding(service.records, ['CSV files'])).sources).toEqual([
      'CSV files',
      'Alpaca',
      'FRED',
    ]);
    const found = await health(service);
    expect(found.inputs[0]).toMatchObject({
      source: 'fredgraph',
      finding: `value of ${session(2)} from FRED`,
    });
  });

  it.each(PROVIDERS)('has a name for %s', (id) => {
    expect(sourceName(id)).toMatch(/^[A-Z]/);
    expect(sourceName('CSV files')).toBe('CSV files');
  });
});
