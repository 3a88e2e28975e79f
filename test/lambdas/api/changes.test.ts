import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../shared/api/routes.ts';
import { changeHeld, heldId, listHeld } from '../../../shared/service/held.ts';
import { listSilences } from '../../../shared/service/silences.ts';
import { session } from '../../service/world.ts';
import { statements } from '../../support/observations.ts';
import { apiWorld, problemIn } from './world.ts';

const EDITOR = { as: 'ed:editor' } as const;
const OPERATOR = { as: 'op:operator' } as const;

describe('a silence', () => {
  it('is made, listed first while it holds, and ended', async () => {
    const { ask, records, time } = await apiWorld();
    const body = { rule: 'ahead', until: '2026-01-09', why: 'known' };
    const made = (await ask('POST', '/api/silences', { ...EDITOR, body })).body as Answer<'silence'>;
    expect(made).toMatchObject({ rule: 'ahead', last: '2026-01-09', why: 'known', active: true });
    time.now += 14 * 86_400_000;
    await ask('POST', '/api/silences', { ...EDITOR, body: { ...body, rule: 'b*', until: '2026-02-27' } });
    const listed = (await ask('GET', '/api/silences')).body as Answer<'silences'>;
    expect(listed.silences.map(({ rule, active }) => [rule, active])).toEqual([
      ['b*', true],
      ['ahead', false],
    ]);
    const [standing] = listed.silences;
    const path = `/api/silences/${encodeURIComponent(standing?.id ?? '')}`;
    expect((await ask('DELETE', path, EDITOR)).body).toEqual({ done: true });
    expect(problemIn(await ask('DELETE', path, EDITOR)).status).toBe(422);
    expect(problemIn(await ask('DELETE', '/api/silences/none', EDITOR)).status).toBe(404);
    expect(await listSilences(records)).toHaveLength(2);
  });

  it('asked for twice with the same words is the one that is there, until it is over', async () => {
    const { ask, records, time } = await apiWorld();
    const body = { rule: 'ahead', until: '2026-01-10', why: 'known' };
    const made = (more: object = {}) =>
      ask('POST', '/api/silences', { ...EDITOR, body: { ...body, ...more } });
    const first = (await made()).body as Answer<'silence'>;
    time.now += 60_000;
    expect(await made()).toMatchObject({ status: 200, body: first });
    expect(await made({ until: '2026-01-09' })).toMatchObject({ status: 200, body: first });
    expect(await listSilences(records)).toHaveLength(1);
    await ask('DELETE', `/api/silences/${encodeURIComponent(first.id)}`, EDITOR);
    expect((await made()).body).not.toMatchObject({ id: first.id });
    time.now += 60_000;
    await made({ why: 'something else' });
    expect(await listSilences(records)).toHaveLength(3);
  });

  it('is refused for a rule that is not there, for what is no pattern, a reason that nobody can see and a date that is past', async () => {
    const { ask } = await apiWorld();
    const refusedWith = async (more: object) => {
      const body = { rule: 'ahead', until: '2026-02-27', why: 'known', ...more };
      return problemIn(await ask('POST', '/api/silences', { ...EDITOR, body }));
    };
    expect((await refusedWith({ rule: 'ahaed' })).detail).toContain('did you mean ahead?');
    expect((await refusedWith({ rule: 'a*b' })).errors?.[0]?.field).toBe('body.rule');
    expect((await refusedWith({ why: 'known \u202e' })).errors).toEqual([
      { field: 'body.why', message: 'holds a character that nobody can see' },
    ]);
    expect((await refusedWith({ until: '2025-12-31' })).errors?.[0]?.field).toBe('body.until');
  });
});

describe('a held value', () => {
  const candidate = {
    ...{ instrument: 'A', field: 'close', date: session(2), value: 250, source: 'alpaca', rank: 1 },
    ...{ settleMinutes: 0, firstSeen: 1, seen: 2 },
  };
  const id = heldId(candidate);
  const held = {
    id,
    candidate,
    reason: 'jump',
    detail: 'twice as high',
    state: 'held',
    decided: null,
  } as const;
  const path = `/api/held/${encodeURIComponent(id)}`;

  it('is shown to everybody, decided by an operator, and then stored', async () => {
    const { ask, records, observations } = await apiWorld();
    await changeHeld(records, { put: [held], drop: new Set() });
    const data = (await ask('GET', '/api/data')).body as Answer<'data'>;
    expect(data.held).toEqual([
      {
        ...{ id, series: 'A.close', date: session(2), value: 250, valueText: '250', source: 'alpaca' },
        ...{ reason: 'jump', detail: 'twice as high', firstSeen: 1 },
      },
    ]);
    expect(data.counts.heldValues).toBe(1);
    const body = { decision: 'accept', why: 'it is so' };
    expect(problemIn(await ask('POST', path, { ...EDITOR, body })).status).toBe(403);
    expect(await ask('POST', path, { ...OPERATOR, body })).toMatchObject({
      status: 200,
      body: { done: true },
    });
    expect(problemIn(await ask('POST', path, { ...OPERATOR, body })).status).toBe(404);
    const known = await observations.load({ series: [{ id: 'A.close', from: session(2) }] });
    expect(statements(known).map((row) => (row as unknown[])[2])).toEqual([106, 250]);
  });

  it('is named in full: an asterisk decides about nothing', async () => {
    const { ask, records } = await apiWorld();
    await changeHeld(records, { put: [held], drop: new Set() });
    const body = { decision: 'reject', why: 'all of them' };
    expect(problemIn(await ask('POST', '/api/held/*', { ...OPERATOR, body })).status).toBe(404);
    expect((await listHeld(records)).map(({ state }) => state)).toEqual(['held']);
    expect((await ask('POST', path, { ...OPERATOR, body })).status).toBe(200);
    expect((await listHeld(records)).map(({ state, decided }) => [state, decided?.why])).toEqual([
      ['rejected', 'all of them'],
    ]);
  });
});

describe('a value by hand', () => {
  const observe = (ask: Awaited<ReturnType<typeof apiWorld>>['ask'], more: object = {}) =>
    ask('POST', '/api/observations', {
      ...OPERATOR,
      body: { series: 'L.pe', date: session(1), value: 3.5, source: 'the paper', ...more },
    });

  it('is stored, repeated and revised', async () => {
    const { ask } = await apiWorld();
    expect((await observe(ask)).body).toEqual({ accepted: 1, revised: 0, unchanged: 0 });
    expect((await observe(ask)).body).toEqual({ accepted: 0, revised: 0, unchanged: 1 });
    expect((await observe(ask, { value: 4 })).body).toEqual({ accepted: 0, revised: 1, unchanged: 0 });
    const line = (await ask('GET', '/api/series/L.pe')).body as Answer<'series'>;
    expect(line).toMatchObject({ id: 'L.pe', title: 'L, pe', unit: 'multiple' });
    expect(line.values).toEqual({
      sessions: [session(1), session(2)],
      values: [4, 4],
    });
  });

  it('is taken for a close where only the instrument is named, and refused with a reason', async () => {
    const { ask } = await apiWorld();
    expect((await observe(ask, { series: 'A', value: 103 })).body).toMatchObject({ unchanged: 1 });
    expect(problemIn(await observe(ask, { series: 'X.close' })).detail).toContain('is not declared');
    expect(problemIn(await observe(ask, { series: 'A', value: -1 })).detail).toContain('above 0');
  });

  it('never joins the sample', async () => {
    const { ask } = await apiWorld({ sample: 'made up' });
    expect(problemIn(await observe(ask)).detail).toContain('the sample');
  });
});

describe('what is only there on a machine of its own', () => {
  it('is no path of a deployed service', async () => {
    const { ask } = await apiWorld({ where: 'deployed' });
    for (const [method, path] of [
      ['POST', '/api/confirmations'],
      ['GET', '/api/outbox'],
      ['GET', '/api/outbox/x'],
      ['POST', '/api/run'],
    ] as const) {
      expect(problemIn(await ask(method, path, OPERATOR)).code).toBe('no-route');
    }
  });

  it('runs once and says up to when', async () => {
    let runs = 0;
    const { ask } = await apiWorld({ runNow: async () => void (runs += 1) });
    const { body } = await ask('POST', '/api/run', OPERATOR);
    expect(body).toEqual({ session: session(-1), text: 'Evaluated up to 31 Dec 2025; no new alert.' });
    expect(runs).toBe(1);
  });
});
