import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useLocalStore } from '../../../local/runtime/local-store.ts';
import { changeHeld, type HeldValue } from '../../../shared/service/held.ts';
import { call } from '../context.ts';
import { calendar } from '../folder.ts';
import { livedService } from '../service.ts';

const SESSION = '2026-01-13';
const NOW = calendar.close(SESSION) + 3_600_000;
const IWM = `IWM.close@${SESSION}@alpaca`;
const SPY = `SPY.close@${SESSION}@alpaca`;

function waiting(id: string, instrument: string, value: number): HeldValue {
  const times = { firstSeen: NOW, seen: NOW };
  const said = { source: 'alpaca', rank: 1, settleMinutes: 20, ...times };
  return {
    id,
    candidate: { instrument, field: 'close', date: SESSION, value, ...said },
    reason: 'jump',
    detail: 'it is half of what it was',
    state: 'held',
    decided: null,
  };
}

/** A service in which two values wait, and how the verb is called there. */
async function begun() {
  const folder = await livedService();
  const store = async () => await useLocalStore(join(folder, '.tidemark'), () => NOW);
  const opened = await store();
  const put = [waiting(IWM, 'IWM', 53.5), waiting(SPY, 'SPY', 50)];
  await changeHeld(opened.records, { put, drop: new Set() });
  await opened.end();
  const held = async (...argv: string[]) => await call(['held', ...argv], { folder, now: NOW });
  return { held, store };
}

describe('held', () => {
  it('lists what waits, decides about it by name and reason, and keeps what was rejected', {
    timeout: 60_000,
  }, async () => {
    const { held, store } = await begun();
    const listed = await held('list', '--json');
    expect(listed.json[0]).toEqual({
      id: IWM,
      series: 'IWM.close',
      date: SESSION,
      value: 53.5,
      source: 'alpaca',
      reason: 'jump',
      detail: 'it is half of what it was',
      since: new Date(NOW).toISOString(),
      state: 'held',
      decided: null,
    });
    expect((await held('list')).out).toContain(SPY);
    expect((await held('accept')).code).toBe(2);
    expect((await held('accept', IWM)).code).toBe(2);
    expect((await held('accept', 'QQQ.close@x@y', '--why', 'so')).code).toBe(3);
    expect((await held('forget', IWM)).code).toBe(2);
    expect((await held('accept', IWM, '--why', 'a special distribution', '--json')).json).toMatchObject([
      { id: IWM, outcome: 'accepted', value: 53.5 },
    ]);
    expect((await held('reject', 'SPY*', '--why', 'no such price')).out).toBe(`${SPY} rejected: 50\n`);
    expect((await held('list', '--json')).json).toEqual([]);
    expect((await held('list', '--rejected', '--json')).json).toMatchObject([
      { id: SPY, state: 'rejected', decided: { why: 'no such price' } },
    ]);
    const opened = await store();
    const { series, acceptances } = await opened.observations.load({
      series: [{ id: 'IWM.close', from: SESSION }],
    });
    await opened.end();
    expect(acceptances).toEqual([{ instrument: 'IWM', session: SESSION, known: NOW }]);
    expect(series[0]?.rows.value(0)).toBe(53.5);
  });
});
