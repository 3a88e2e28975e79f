import { beforeAll, describe, expect, it } from 'vitest';
import { renderMessage } from '../../shared/alerts/message/render.ts';
import type { Draft, Part } from '../../shared/api/rules.ts';
import { draftOf } from '../../shared/workbench/draft-text.ts';
import { BUDGET, costOf } from '../../shared/workbench/cost.ts';
import type { Shelf } from '../../shared/workbench/library.ts';
import { type DraftPreview, previewDraft } from '../../shared/workbench/preview.ts';
import { backtest } from '../../shared/workflows/backtest.ts';
import { replay } from '../../shared/workflows/replay.ts';
import { sampleLibrary } from './sample-library.ts';

let world: Awaited<ReturnType<typeof sampleLibrary>>;
let shelf: Shelf;

beforeAll(async () => {
  world = await sampleLibrary();
  shelf = await world.library.open();
});

const STREAK: Draft = {
  id: 'my-streak',
  title: 'Mine',
  when: 'streak(ret(IWM) > ret(SPY)) >= 7',
};

async function previewOf(draft: Draft): Promise<DraftPreview> {
  return await previewDraft({ library: world.library, subscriptions: async () => [], style: {} }, draft);
}

function savedDraft(id: string): Draft {
  const draft = draftOf(shelf.definitions.get(id)?.text ?? '');
  if (draft === null) throw new Error(`${id} is no draft`);
  return draft;
}

describe('the preview of a rule that ships', () => {
  it('has the figures of its backtest and the message of its replay, to the last digit', async () => {
    const rules = [...shelf.rules.values()];
    const alerts = replay(shelf.archive, rules);
    for (const rule of rules) {
      const { course, message } = await previewOf(savedDraft(rule.id));
      const told = backtest(shelf.archive, rule, rules);
      expect(course?.sessions).toBe(told.sessions);
      expect(
        course?.episodes.map(({ start, end, sessions, peak }) => ({ start, end, sessions, peak })),
      ).toEqual(told.episodes);
      expect(course?.baseRates.map(({ outcomeWords: _words, few: _few, ...figures }) => figures)).toEqual(
        told.baseRate,
      );
      const fired = alerts.findLast((alert) => alert.rule === rule.id && alert.kind === 'fired');
      const expected =
        fired === undefined
          ? { session: null, subject: '', email: '', sms: '' }
          : { session: fired.session, ...renderMessage(fired) };
      expect(message).toMatchObject(expected);
      expect(message?.segments).toBe(fired === undefined ? 0 : 1);
    }
  });

  it('stays far below the cost that is allowed', () => {
    for (const rule of shelf.rules.values()) {
      expect([rule.id, costOf(rule, shelf.context.snapshot).total < BUDGET / 3]).toEqual([rule.id, true]);
    }
  });

  it('explains every part with where it stands in the text and what it is today', async () => {
    for (const id of shelf.rules.keys()) {
      const { canonical, explained, standing } = await previewOf(savedDraft(id));
      const text = canonical ?? '';
      const check = (part: Part): void => {
        expect(part.text).toBe(text.slice(part.from, part.to));
        for (const inner of part.parts) {
          expect([part.from <= inner.from, inner.to <= part.to]).toEqual([true, true]);
          check(inner);
        }
      };
      if (explained === null) throw new Error(`${id} is not explained`);
      check(explained);
      expect(explained.text).toBe(text);
      expect([id, explained.value]).toEqual([id, standing?.noData === true ? null : expect.any(Boolean)]);
    }
    const { explained } = await previewOf(savedDraft('small-cap-streak'));
    const [streak] = explained?.parts ?? [];
    expect(streak).toMatchObject({
      text: 'streak(ret(IWM) > ret(SPY))',
      value: 13,
      valueText: '13 sessions',
      about: 'For how many sessions running a condition has been true.',
    });
    expect(streak?.parts[0]?.parts.map(({ text }) => text)).toEqual(['ret(IWM)', 'ret(SPY)']);
  });
});

describe('the preview of a draft', () => {
  it('tells how far it is from firing in the words of its measure', async () => {
    const textOf = async (draft: Partial<Draft>): Promise<string | undefined> =>
      (await previewOf({ ...STREAK, ...draft })).standing?.distance?.text;
    expect(await textOf({ when: 'streak(ret(IWM) > ret(SPY)) >= 20' })).toBe('13 of 20 sessions');
    expect(await textOf({})).toBe('firing, 6 sessions beyond the threshold');
    expect(await textOf({ resolve_when: 'streak(ret(IWM) > ret(SPY)) < 3' })).toBe(
      'firing, 6 sessions beyond the threshold; it ends 10 sessions lower, at 3 sessions',
    );
    expect(await textOf({ when: 'streak(ret(IWM) > ret(SPY)) >= 13', hold: 3 })).toBe(
      'true on 1 of 3 sessions',
    );
    expect(await textOf({ when: 'ytd(IWM) >= 50%' })).toMatch(/^\d+\.\d+ points below the threshold$/);
    expect(await textOf({ when: 'drawdown(SPY) <= -50%' })).toMatch(/ points above the threshold$/);
    expect(await textOf({ when: 'IWM > 1 and SPY > 1' })).toBeUndefined();
  });

  it('says nothing but what is wrong where there is an error, in the characters of the field', async () => {
    const { findings, ...rest } = await previewOf({
      ...STREAK,
      when: 'streak(ret(IWM) >\n  ret(SPI)) >= 7',
      outcome: ['ret(IWM)', '  ret(IWN)'],
      hold: 0,
      evidence: ['rotatoin'],
    });
    expect(Object.values(rest).every((value) => value === null)).toBe(true);
    expect(findings).toMatchObject([
      { field: 'hold', code: 'wrong-value', line: 1, column: 1 },
      {
        field: 'when',
        code: 'unknown-instrument',
        line: 2,
        column: 7,
        fix: 'streak(ret(IWM) >\n  ret(SPY)) >= 7',
      },
      { field: 'outcome.1', code: 'unknown-instrument', line: 1, column: 7 },
      { field: 'evidence.0', code: 'unknown-rule' },
    ]);
  });

  it('is refused where rules would wait for each other, and where it needs one that does not work', async () => {
    const circle = await previewOf({ ...savedDraft('small-cap-streak'), when: 'firing("rotation")' });
    expect(circle.findings.slice(0, 1)).toMatchObject([
      {
        field: 'when',
        code: 'firing-circle',
        message: expect.stringContaining('small-cap-streak → rotation →'),
      },
    ]);
    const unknown = await previewOf({ ...STREAK, when: 'firing("nothing")' });
    expect(unknown.findings[0]).toMatchObject({ field: 'when', severity: 'error' });
  });

  it('warns of what history says against it, unless that is expected', async () => {
    const often = { ...STREAK, when: 'ret(IWM) > -100%' };
    expect((await previewOf(often)).findings.map(({ code }) => code)).toContain('fires-often');
    const expected = { ...often, expect: { 'fires-often': 'so it is', 'always-true': 'too' } };
    expect((await previewOf(expected)).findings).toEqual([]);
  });

  it('reads on demand what no saved rule reads, and gives the others the same figures after', async () => {
    const before = await previewOf(savedDraft('small-cap-streak'));
    const { course } = await previewOf({ ...STREAK, when: 'sma(DIA, 50) > sma(DIA, 200)' });
    expect(course?.episodes.length).toBeGreaterThan(0);
    expect(await previewOf(savedDraft('small-cap-streak'))).toEqual(before);
  });
});

describe('a hostile draft', () => {
  const many = Array.from(
    { length: 20 },
    (_, n) => `median(SP500_MEMBERS, percentrank(member, ${4000 + n}))`,
  );

  it('is refused for its cost before it is evaluated, and told what costs most', async () => {
    const { findings, course } = await previewOf({ ...STREAK, when: `${many.join(' + ')} > 1` });
    expect(course).toBeNull();
    expect(findings).toMatchObject([
      {
        field: 'when',
        code: 'too-expensive',
        message: expect.stringMatching(/for each member of SP500_MEMBERS/),
      },
    ]);
  });

  it('is put into words in no more steps than it has parts', async () => {
    const sum = Array.from({ length: 90 }, (_, n) => `sma(IWM, ${n + 2})`).join(' + ');
    const { words, course } = await previewOf({ ...STREAK, when: `${sum} > 1` });
    expect(words).toMatch(/^the 2-session average of IWM plus /);
    expect(course).not.toBeNull();
  });

  it('counts what every part, member and horizon costs', () => {
    const { snapshot } = shelf.context;
    const rule = shelf.rules.get('small-cap-streak');
    if (rule === undefined) throw new Error('there is no such rule');
    const plain = costOf({ ...rule, outcome: [] }, snapshot);
    expect(plain.total).toBeGreaterThan(snapshot.length);
    expect(costOf({ ...rule, outcome: rule.outcome.slice(0, 1) }, snapshot).total).toBeGreaterThan(
      plain.total,
    );
  });
});
