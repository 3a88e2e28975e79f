import { describe, expect, it } from 'vitest';
import { renderMessage } from '../../shared/alerts/message/render.ts';
import type { ObservationStore } from '../../shared/ports/observations.ts';
import { deployRules, putRule } from '../../shared/service/edit-rules.ts';
import { courseOf } from '../../shared/workbench/course.ts';
import { createLibrary } from '../../shared/workbench/library.ts';
import { messageOf } from '../../shared/workbench/message-preview.ts';
import { viewRule } from '../../shared/workbench/standing.ts';
import { replay } from '../../shared/workflows/replay.ts';
import { RISING, tell, walk } from '../service/tell.ts';
import { at, batchOf, calendar, market, memoryStores, session, type Story } from '../service/world.ts';

async function libraryOver(story: Story, text = RISING) {
  const { records, observations } = memoryStores();
  const time = { now: at(5, '18:00') };
  const counts = { loads: 0, failing: false };
  const counted: ObservationStore = {
    ...observations,
    load: async (need) => {
      if (need.series.length > 0) counts.loads += 1;
      if (counts.failing) throw new Error('the store is away');
      return await observations.load(need);
    },
  };
  await observations.record(batchOf(story, session(5), time.now), time.now);
  const edit = { records, market, calendar, now: at(-1, '18:00') };
  await deployRules(edit, [{ file: 'rules.yaml', text }]);
  const ground = { observations: counted, records, market, calendar, clock: () => time.now };
  return { ...ground, observations, edit, time, counts, library: createLibrary(ground) };
}

const story = tell(-3, { 'A.close': walk('---+-+--+'), 'B.close': walk('+++++++++') });

describe('a library', () => {
  it('is read once, again where something is stored, and not where only a rule has changed', async () => {
    const { library, counts, edit, observations, time } = await libraryOver(story);
    const first = await library.open();
    expect(await library.open()).toBe(first);
    const loads = counts.loads;
    await putRule(edit, RISING.replaceAll('rising', 'mine'), 0);
    const second = await library.open();
    expect([...second.rules.keys()]).toEqual(['mine', 'rising']);
    expect(counts.loads).toBe(loads);
    time.now = at(6, '18:00');
    await observations.record(
      batchOf([{ series: 'A.close', session: 6, value: 99 }], session(6), time.now),
      time.now,
    );
    expect((await library.open()).sessions.at(-1)).toBe(session(6));
    expect(counts.loads).toBeGreaterThan(loads);
  });

  it('adds what a draft reads, once, however many ask for it at once', async () => {
    const { library, counts } = await libraryOver(story);
    const { rules } = await library.open();
    const rising = rules.get('rising');
    if (rising === undefined) throw new Error('there is no such rule');
    expect((await library.open()).archive.series.has('B.close')).toBe(false);
    const other = JSON.parse(JSON.stringify(rising).replaceAll('"A"', '"B"')) as typeof rising;
    const before = counts.loads;
    const shelves = await Promise.all([1, 2, 3].map(() => library.openFor(() => [other])));
    expect(shelves.map(({ archive }) => archive.series.has('B.close'))).toEqual([true, true, true]);
    expect(counts.loads).toBe(before + 1);
    expect((await library.open()).archive.series.has('B.close')).toBe(true);
  });

  it('does not keep a read that failed', async () => {
    const { library, counts } = await libraryOver(story);
    counts.failing = true;
    await expect(library.open()).rejects.toThrow('the store is away');
    counts.failing = false;
    expect((await library.open()).sessions.length).toBeGreaterThan(0);
  });

  it('knows nothing of a session that is not over', async () => {
    const { library, time } = await libraryOver(story);
    time.now = at(5, '12:00');
    expect((await library.open()).sessions.at(-1)).toBe(session(4));
  });
});

describe('the message of the last firing', () => {
  const CASES = [
    ['after it', '---+-+---', { session: 1, known: at(4, '20:00') }],
    ['after the last close', '---+-+--+', { session: 4, known: at(5, '17:00') }],
    ['before it', '---+-+--+', { session: 1, known: at(4, '20:00') }],
  ] as const;

  it.each(CASES)(
    'knows what was known at its close, with a revision %s',
    async (_when, pattern, revision) => {
      const told = tell(-3, { 'A.close': walk(pattern) });
      const revised: Story = [...told, { series: 'A.close', value: 90, ...revision }];
      const { library, observations, time } = await libraryOver(
        told,
        RISING.concat('    outcome: [ret(A)]\n'),
      );
      await observations.record(batchOf(revised, session(5), time.now), time.now);
      const shelf = await library.open();
      const rule = shelf.rules.get('rising');
      if (rule === undefined) throw new Error('there is no such rule');
      expect(shelf.archive.series.get('A.close')?.revisions.known.length).toBe(1);
      const fired = replay(shelf.archive, [rule]).findLast(({ kind }) => kind === 'fired');
      if (fired === undefined) throw new Error('it never fired');
      const shown = messageOf(shelf, viewRule(shelf, rule), {});
      expect(shown).toMatchObject({ session: fired.session, ...renderMessage(fired) });
    },
  );
});

describe('the course of a rule', () => {
  it('is counted from the first session on which the rule could fire, however far back others go', async () => {
    const early = tell(-3, { 'B.close': walk('+++++++++') });
    const late = tell(2, { 'A.close': walk('++++') });
    const text = `${RISING}\n  - { id: other, title: Other, when: 'ret(B) > 0', update: never }\n`;
    const { library } = await libraryOver([...early, ...late], text);
    const shelf = await library.open();
    const rule = shelf.rules.get('rising');
    if (rule === undefined) throw new Error('there is no such rule');
    expect(shelf.sessions[0]).toBe(session(-3));
    const { summary, dataSince } = courseOf(shelf, viewRule(shelf, rule));
    expect(summary).toContain(` since ${dataSince}`);
    expect(dataSince).toBe(session(3));
  });
});
