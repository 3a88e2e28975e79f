import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../../lambdas/api/limits.ts';
import type { Draft } from '../../../../shared/api/rules.ts';
import type { Answer } from '../../../../shared/api/routes.ts';
import { putRule } from '../../../../shared/service/edit-rules.ts';
import { readRule } from '../../../../shared/service/rule-book.ts';
import { apiWorld, problemIn } from '../world.ts';

const EDITOR = { as: 'ed:editor' } as const;
const MINE: Draft = { id: 'mine', title: 'Mine', when: 'streak(ret(A) > ret(B)) >= 2' };

async function opened() {
  const world = await apiWorld();
  const { ask } = world;
  const put = (draft: Draft, more: object) =>
    ask('PUT', `/api/rules/${draft.id}`, { ...EDITOR, body: { draft, ...more } });
  const rule = async (id: string) => (await ask('GET', `/api/rules/${id}`)).body as Answer<'rule'>;
  return { ...world, put, rule };
}

describe('a rule saved here', () => {
  it('is version after version, each kept, and nothing where nothing changed', async () => {
    const { ask, put, rule } = await opened();
    expect((await put(MINE, { expected: 0 })).body).toEqual({ id: 'mine', version: 1, outcome: 'saved' });
    expect((await put(MINE, { expected: 1 })).body).toMatchObject({ version: 1, outcome: 'unchanged' });
    const next = { ...MINE, when: 'streak(ret(A) > ret(B)) >= 3', hold: 2 };
    expect((await put(next, { expected: 1 })).body).toMatchObject({ version: 2, outcome: 'saved' });
    expect(await rule('mine')).toMatchObject({ version: 2, draft: next, origin: 'command', enabled: true });
    const { versions } = (await ask('GET', '/api/rules/mine/versions')).body as Answer<'ruleVersions'>;
    expect(versions.map(({ version, draft }) => [version, draft])).toEqual([
      [2, next],
      [1, MINE],
    ]);
    const diff = (await ask('GET', '/api/rules/mine/diff?from=1&to=2')).body as Answer<'ruleDiff'>;
    expect(diff.changes).toEqual([
      { field: 'when', before: MINE.when, after: next.when },
      { field: 'hold', before: null, after: '2' },
    ]);
    const itself = (await ask('GET', '/api/rules/mine/diff?from=2&to=2')).body as Answer<'ruleDiff'>;
    expect([itself.changes, itself.episodes.every(({ kind }) => kind === 'same')]).toEqual([[], true]);
  });

  it('meets a conflict with both sides where somebody saved in between', async () => {
    const { put } = await opened();
    await put(MINE, { expected: 0 });
    const theirs = { ...MINE, title: 'Theirs' };
    await put(theirs, { expected: 1 });
    const yours = { ...MINE, title: 'Yours' };
    const problem = problemIn(await put(yours, { expected: 1 }));
    expect(problem).toMatchObject({
      ...{ status: 409, code: 'conflict' },
      current: { version: 2, draft: theirs },
      yours: { version: 1, draft: yours },
    });
    expect(problemIn(await put(yours, { expected: 0 })).status).toBe(409);
  });

  it('is refused with every error at its field, and with an id that the address does not name', async () => {
    const { ask, put } = await opened();
    const wrong = problemIn(await put({ ...MINE, when: 'ret(Z) > 1', hold: 0 }, { expected: 0 }));
    expect(wrong.errors?.map(({ field }) => field).toSorted()).toEqual([
      'body.draft.hold',
      'body.draft.when',
    ]);
    const body = { draft: MINE, expected: 0 };
    const other = problemIn(await ask('PUT', '/api/rules/other', { ...EDITOR, body }));
    expect([other.status, other.errors?.[0]?.field]).toEqual([422, 'body.draft.id']);
  });

  it('is deleted, listed only where it is asked for, and restored', async () => {
    const { ask, put, rule } = await opened();
    await put(MINE, { expected: 0 });
    const remove = (expected: number) => ask('DELETE', `/api/rules/mine?expected=${expected}`, EDITOR);
    expect(problemIn(await remove(2)).status).toBe(409);
    expect((await remove(1)).body).toEqual({ done: true });
    expect(problemIn(await remove(1)).status).toBe(404);
    const ids = async (query: string) =>
      ((await ask('GET', `/api/rules${query}`)).body as Answer<'rules'>).rules.map(({ id }) => id);
    expect([(await ids('')).includes('mine'), (await ids('?deleted=true')).includes('mine')]).toEqual([
      false,
      true,
    ]);
    expect(await rule('mine')).toMatchObject({ deleted: true, draft: MINE, standing: { state: 'disabled' } });
    const body = { version: 1, expected: 0 };
    expect((await ask('POST', '/api/rules/mine/restore', { ...EDITOR, body })).body).toMatchObject({
      version: 2,
      outcome: 'saved',
    });
    expect(await rule('mine')).toMatchObject({ deleted: false, version: 2, enabled: true });
  });

  it('may not be one too many', async () => {
    const { put, records, market, calendar, time } = await opened();
    for (let number = 0; number < LIMITS.rules; number += 1) {
      const id = `own-${number}`;
      const definition = {
        id,
        version: 1,
        origin: 'command',
        state: 'enabled',
        live: '2026-01-09',
        savedAt: 1,
      };
      const text = `rules: [{ id: ${id}, when: ret(A) > 0 }]\n`;
      await records.write(`rule/${id}`, JSON.stringify({ ...definition, text }), 0);
    }
    expect(problemIn(await put(MINE, { expected: 0 }))).toMatchObject({ status: 422, code: 'too-many' });
    const ground = { records, market, calendar, now: time.now };
    expect((await putRule(ground, 'rules: [{ id: own-1, when: ret(A) > 1 }]\n', 1)).kind).toBe('saved');
  });
});

describe('a rule from a file', () => {
  it('is read-only here but for being switched off and on', async () => {
    const { ask, put, rule, records } = await opened();
    const standing = await rule('ahead');
    if (standing.draft === null) throw new Error('it is no draft');
    const edited = { ...standing.draft, title: 'Edited' };
    for (const came of [
      await put(edited, { expected: 1 }),
      await ask('DELETE', '/api/rules/ahead?expected=1', EDITOR),
      await ask('POST', '/api/rules/ahead/restore', { ...EDITOR, body: { version: 1, expected: 1 } }),
    ]) {
      expect(problemIn(came)).toMatchObject({ status: 403, code: 'read-only' });
    }
    const body = { enabled: false, expected: 1 };
    expect((await ask('POST', '/api/rules/ahead/state', { ...EDITOR, body })).body).toEqual({ done: true });
    expect(await rule('ahead')).toMatchObject({ enabled: false, standing: { state: 'disabled' } });
    expect(await readRule(records, 'ahead')).toMatchObject({ origin: 'file', state: 'disabled' });
  });

  it('is muted by its copy, which both say, until the copy is gone', async () => {
    const { ask, put, rule } = await opened();
    const { draft } = await rule('ahead');
    if (draft === null) throw new Error('it is no draft');
    const copy = { ...draft, id: 'ahead-copy' };
    expect((await put(copy, { expected: 0, replaces: 'ahead' })).status).toBe(200);
    expect(await rule('ahead')).toMatchObject({ mutedBy: 'ahead-copy', replaces: null });
    expect(await rule('ahead-copy')).toMatchObject({ mutedBy: null, replaces: 'ahead' });
    expect(problemIn(await put({ ...MINE, id: 'x' }, { expected: 0, replaces: 'none' })).status).toBe(422);
    await ask('DELETE', '/api/rules/ahead-copy?expected=1', EDITOR);
    expect(await rule('ahead')).toMatchObject({ mutedBy: null });
    await ask('POST', '/api/rules/ahead-copy/restore', { ...EDITOR, body: { version: 1, expected: 0 } });
    expect(await rule('ahead')).toMatchObject({ mutedBy: 'ahead-copy' });
  });
});
