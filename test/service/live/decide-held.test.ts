import { describe, expect, it } from 'vitest';
import { acceptHeld, rejectHeld } from '../../../shared/service/decide-held.ts';
import { listHeld } from '../../../shared/service/held.ts';
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
  storedOf,
  type Manner,
  type Service,
} from './evening.ts';

const story = tell(-3, {
  'A.close': walk('---++++++'),
  'B.close': walk('--+-+-+-+'),
  'C.close': walk('+++++++++'),
});

/** From a session on A is quoted at half: a jump that nothing explains. */
const halved: Manner = (rows) =>
  rows.map((row) =>
    row.series === 'A.close' && row.date >= session(0) ? { ...row, value: row.value / 2 } : row,
  );

const waiting = async ({ records }: Service) =>
  (await listHeld(records)).filter(({ state }) => state === 'held').map(({ id }) => id);

const ground = ({ records, observations, now }: Service) => ({
  records,
  observations,
  market,
  calendar,
  now,
});

const A0 = `A.close@${session(0)}@first`;

describe('accepting a held value', () => {
  it('stores it, accepts the break, and lets those that followed go', async () => {
    const service = await openService(story);
    const sources = [provider('first', 1, story, halved)];
    await evening(service, sources, 0);
    await ingestAt(service, sources, at(1, '17:20'));
    expect(await waiting(service)).toEqual([A0, `A.close@${session(1)}@first`]);
    const outcome = await acceptHeld(ground(service), { ids: [A0], why: 'a spin-off' });
    expect(outcome).toMatchObject({ kind: 'decided', values: [{ id: A0 }] });
    const { acceptances } = await service.observations.load({ series: [] });
    expect(acceptances).toEqual([{ instrument: 'A', session: session(0), known: service.now }]);
    expect(Object.keys(await storedOf(service, ['A.close']))).toContain(`A.close ${session(0)}`);
    await ingestAt(service, sources, at(1, '18:30'));
    expect(await waiting(service)).toEqual([]);
    expect(Object.keys(await storedOf(service, ['A.close']))).toContain(`A.close ${session(1)}`);
  });

  it('accepts one break where several closes of the new level are accepted together', async () => {
    const service = await openService(story);
    const sources = [provider('first', 1, story, halved)];
    for (const number of [0, 1]) await ingestAt(service, sources, at(number, '17:20'));
    await acceptHeld(ground(service), { ids: ['A.close@*@first'], why: 'a spin-off' });
    const { acceptances } = await service.observations.load({ series: [] });
    expect(acceptances.map((one) => one.session)).toEqual([session(0)]);
    expect(await waiting(service)).toEqual([]);
  });

  it('rejects what contradicted it', async () => {
    const service = await openService(story);
    const off: Manner = (rows) =>
      rows.map((row) => (row.series === 'B.close' ? { ...row, value: row.value * 1.01 } : row));
    const sources = [provider('first', 1, story), provider('second', 2, story, off)];
    await ingestAt(service, sources, at(0, '17:20'));
    expect(await waiting(service)).toHaveLength(2);
    await acceptHeld(ground(service), { ids: [`B.close@${session(0)}@first`], why: 'the exchange says so' });
    const after = await ingestAt(service, sources, at(0, '18:30'));
    expect(after.released).toEqual([session(0)]);
    expect(after.counts).toMatchObject({ accepted: 0, revised: 0, held: 0 });
    expect((await listHeld(service.records)).map(({ id, state }) => [id, state])).toEqual([
      [`B.close@${session(0)}@second`, 'rejected'],
    ]);
  });

  it('decides nothing where one of the names is of nothing that waits', async () => {
    const service = await openService(story);
    await ingestAt(service, [provider('first', 1, story, halved)], at(0, '17:20'));
    const outcome = await acceptHeld(ground(service), { ids: [A0, 'B.close@x@first'], why: 'so' });
    expect(outcome).toEqual({ kind: 'unknown', id: 'B.close@x@first' });
    expect(await waiting(service)).toEqual([A0]);
  });
});

describe('rejecting a held value', () => {
  it('keeps the same value away for ever, and lets another one in', async () => {
    const service = await openService(story);
    const sources = [provider('first', 1, story, halved)];
    await ingestAt(service, sources, at(0, '17:20'));
    await rejectHeld(ground(service), { ids: [A0], why: 'no such price' });
    const same = await ingestAt(service, sources, at(0, '18:30'));
    expect(same.counts).toMatchObject({ held: 0, refused: 1, accepted: 0 });
    const other = await ingestAt(service, [provider('second', 2, story, halved)], at(0, '20:20'));
    expect(other.counts).toMatchObject({ held: 0, refused: 1 });
    const right = await ingestAt(service, [provider('first', 1, story)], at(0, '24:20'));
    expect(right.released).toEqual([session(0)]);
    expect((await listHeld(service.records)).map(({ state, decided }) => [state, decided?.why])).toEqual([
      ['rejected', 'no such price'],
    ]);
  });
});
