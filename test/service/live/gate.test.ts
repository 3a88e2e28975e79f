import { describe, expect, it } from 'vitest';
import { listHeld } from '../../../shared/service/held.ts';
import { tell, walk } from '../tell.ts';
import {
  at,
  evening,
  ingestAt,
  openService,
  provider,
  session,
  storedOf,
  type Manner,
  type Story,
} from './evening.ts';

const story = tell(-3, {
  'A.close': walk('---+++---'),
  'B.close': walk('--+-+-+-+'),
  'C.close': walk('+++++++++'),
});

const change =
  (series: string, number: number, value: (before: number) => number): Manner =>
  (rows) =>
    rows.map((row) =>
      row.series === series && row.date === session(number) ? { ...row, value: value(row.value) } : row,
    );

async function heldIds(service: Awaited<ReturnType<typeof openService>>) {
  return (await listHeld(service.records)).map(({ id, reason, state }) => `${id} ${reason} ${state}`);
}

describe('an evening with providers', () => {
  it('stores what is lacking, asks again for what is there, and stores the same once', async () => {
    const service = await openService(story);
    const first = provider('first', 1, story);
    const second = provider('second', 2, story);
    const report = await ingestAt(service, [second, first], at(0, '17:20'));
    expect(report.released).toEqual([session(0)]);
    expect(report.counts).toMatchObject({ accepted: 3, revised: 0, held: 0 });
    const prices = ['A.close', 'B.close', 'C.close'];
    expect(first.asked[0]).toMatchObject({
      needs: [{ session: session(0), series: prices }],
      again: [],
      levels: ['L.pe'],
    });
    expect(second.asked[0]).toMatchObject({ needs: [], again: [{ session: session(0), series: prices }] });
    const again = await ingestAt(service, [second, first], at(0, '18:30'));
    expect(again.counts).toMatchObject({ accepted: 0, revised: 0 });
    expect(first.asked[1]).toMatchObject({ needs: [], again: [{ session: session(0), series: prices }] });
  });

  it('says nothing of a figure that comes along and that nobody declared', async () => {
    const service = await openService(story);
    const both: Manner = (rows) => [...rows, { series: 'L.other', date: session(0), value: 3.5 }];
    const report = await ingestAt(service, [provider('first', 1, story, both)], at(0, '17:20'));
    expect(report.counts).toMatchObject({ accepted: 3, refused: 0 });
    expect(report.decisions.map(({ what }) => what)).not.toContain('refused');
    const broken: Manner = (rows) => [...rows, { series: 'A.close', date: session(0), value: -1 }];
    const odd = await ingestAt(service, [provider('first', 1, story, broken)], at(0, '18:30'));
    expect(odd.decisions.map(({ what }) => what)).toContain('refused');
  });

  it('takes what one provider lacks from the next, with the other leg asked along', async () => {
    const service = await openService(story);
    const gap: Manner = (rows) => rows.filter(({ series }) => series !== 'A.close');
    const second = provider('second', 2, story);
    const report = await ingestAt(service, [provider('first', 1, story, gap), second], at(0, '17:20'));
    expect(second.asked[0]?.needs).toEqual([{ session: session(0), series: ['A.close', 'B.close'] }]);
    expect(report.released).toEqual([session(0)]);
  });

  it('asks the next provider for what the first one says in vain', async () => {
    const service = await openService(story);
    const zero = change('C.close', 0, () => 0);
    const jump = change('A.close', 0, (value) => value / 4);
    const both: Manner = (rows, request) => jump(zero(rows, request), request);
    const [first, second] = [provider('first', 1, story, both), provider('second', 2, story, () => [])];
    await ingestAt(service, [first, second], at(0, '17:20'));
    expect(second.asked[0]?.needs).toEqual([{ session: session(0), series: ['C.close'] }]);
    await ingestAt(service, [first, second], at(0, '18:30'));
    expect(second.asked[1]?.needs).toEqual([
      { session: session(0), series: ['A.close', 'B.close', 'C.close'] },
    ]);
  });

  it('stores nothing of a running session, and no value that is wrong', async () => {
    const service = await openService(story);
    const early = await ingestAt(service, [provider('first', 1, story)], at(0, '16:05'));
    expect(early.counts['accepted'] ?? 0).toBe(0);
    const zero = change('A.close', 0, () => 0);
    const report = await ingestAt(service, [provider('first', 1, story, zero)], at(0, '17:20'));
    expect(report.released).toEqual([]);
    expect(report.decisions).toContainEqual({
      what: 'refused',
      subject: 'not above zero first',
      why: `1: A.close@${session(0)}@first`,
    });
  });
});

describe('a value that is held', () => {
  const split = change('A.close', 0, (value) => value / 4);

  it('is visible with its reason, told once, and keeps its session from being called complete', async () => {
    const service = await openService(story);
    const sources = [provider('first', 1, story, split)];
    const first = await ingestAt(service, sources, at(0, '17:20'));
    expect(first.findings.map(({ what, subject }) => [what, subject])).toEqual([['held', 'jump first']]);
    expect(first.decisions.at(-1)?.why).toBe('not complete: A.close is held: jump');
    expect(await heldIds(service)).toEqual([`A.close@${session(0)}@first jump held`]);
    const second = await ingestAt(service, sources, at(0, '18:30'));
    expect(second.findings).toEqual([]);
    expect(await heldIds(service)).toHaveLength(1);
  });

  it('goes by itself once a split explains it', async () => {
    const service = await openService(story);
    await ingestAt(service, [provider('first', 1, story, split)], at(0, '17:20'));
    const late: Manner = (rows, request) => [
      ...split(rows, request),
      { series: 'A.split', date: session(0), value: 4 },
    ];
    const report = await ingestAt(service, [provider('first', 1, story, late)], at(0, '20:20'));
    expect(report.released).toEqual([session(0)]);
    expect(await heldIds(service)).toEqual([]);
    expect(await storedOf(service, ['A.split'])).toEqual({ [`A.split ${session(0)}`]: 4 });
  });

  it('goes by itself once a split of another provider explains it, though nobody says the close again', async () => {
    const service = await openService(story);
    await ingestAt(service, [provider('first', 1, story, split)], at(0, '17:20'));
    const only: Manner = () => [{ series: 'A.split', date: session(0), value: 4 }];
    const report = await ingestAt(service, [provider('second', 2, story, only)], at(0, '20:20'));
    expect(report.released).toEqual([session(0)]);
  });

  it('goes by itself once its source says another value', async () => {
    const service = await openService(story);
    await ingestAt(service, [provider('first', 1, story, split)], at(0, '17:20'));
    const report = await ingestAt(service, [provider('first', 1, story)], at(0, '18:30'));
    expect(report.released).toEqual([session(0)]);
    expect(await heldIds(service)).toEqual([]);
  });

  it('of a disagreement stands beside what is stored, which stays', async () => {
    const service = await openService(story);
    const off = change('B.close', 0, (value) => value * 1.01);
    const sources = [provider('first', 1, story), provider('second', 2, story, off)];
    const report = await ingestAt(service, sources, at(0, '17:20'));
    expect(report.released).toEqual([]);
    expect(await heldIds(service)).toHaveLength(2);
    const other = await openService(story);
    await ingestAt(other, [provider('first', 1, story)], at(0, '17:20'));
    await ingestAt(other, sources, at(0, '18:30'));
    expect(await heldIds(other)).toEqual([`B.close@${session(0)}@second disagreement held`]);
    const before = await storedOf(other, ['B.close']);
    await ingestAt(other, sources, at(0, '20:20'));
    expect(await storedOf(other, ['B.close'])).toEqual(before);
  });
});

describe('a correction of a provider', () => {
  it('becomes a revision, and one correction alert where a past verdict changes', async () => {
    const truth = tell(-3, {
      'A.close': [102, 101, 100, 101, 100.5, 100, 99.5, 99],
      'B.close': [100, 99.9, 99.8, 99.7, 99.6, 99.5, 99.4, 99.3],
      'C.close': [50, 51, 52, 53, 54, 55, 56, 57],
    });
    const service = await openService(truth);
    // On session 1 A seems ahead for the second time; by the correction it was not.
    const early = change('A.close', 1, () => 102);
    await evening(service, [provider('first', 1, truth)], 0);
    await evening(service, [provider('first', 1, truth, early)], 1);
    const before = await service.told();
    // The revision comes after the close of session 2, so it is known from session 3 on.
    for (const number of [2, 3, 4]) await evening(service, [provider('first', 1, truth)], number);
    const told = (await service.told()).filter(({ kind }) => kind === 'correction');
    expect(before.filter(({ kind }) => kind === 'correction')).toEqual([]);
    expect(told.map(({ rule, session: on, corrects }) => [rule, on, corrects])).toEqual([
      ['ahead', session(3), session(1)],
      ['both', session(3), session(1)],
      ['broad', session(3), session(1)],
    ]);
  });
});

describe('a correction of a level', () => {
  it('is a revision where it is from who said it, whichever date it is of', async () => {
    const level: Story = [
      ...story,
      { series: 'L.pe', session: 0, value: 20 },
      { series: 'L.pe', session: 1, value: 20.5 },
    ];
    const service = await openService(story);
    for (const number of [0, 1]) await ingestAt(service, [provider('first', 1, level)], at(number, '17:20'));
    const corrected = change('L.pe', 0, () => 20.3);
    const other = await ingestAt(service, [provider('second', 2, level, corrected)], at(1, '18:30'));
    expect(other.counts).toMatchObject({ revised: 0, held: 1 });
    const own = await ingestAt(service, [provider('first', 1, level, corrected)], at(1, '20:20'));
    expect(own.counts).toMatchObject({ revised: 1, held: 0 });
  });
});
