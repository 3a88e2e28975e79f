import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXAMPLES } from '../../console/rule/edit/examples.ts';
import {
  changesBetween,
  copyId,
  draftOf,
  EMPTY_FORM,
  formOf,
  idFrom,
  misfits,
} from '../../console/rule/edit/form.ts';
import { horizonText, percentText, printIn, shareText } from '../../console/parts/figures.ts';
import { addressOf, counts, listed, type RuleLine, wantedFrom } from '../../console/rule/filter.ts';
import { segmentsOf } from '../../console/rule/segments.ts';
import type { Draft } from '../../shared/api/rules.ts';
import { draft as draftSchema } from '../../shared/api/rules.ts';
import { soundSources } from '../expression/arbitrary.ts';

const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,11}$/);
const reason = fc.stringMatching(/^[A-Za-z][A-Za-z ,.:]{0,20}[a-z.]$/);
const drafts: fc.Arbitrary<Draft> = fc
  .record(
    {
      id: word,
      title: reason,
      when: soundSources.filter((text) => text.length > 0),
      resolve_when: fc.constantFrom('IWM < SPY', 'streak(IWM > SPY) == 0'),
      hold: fc.integer({ min: 1, max: 200 }),
      keep_firing: fc.integer({ min: 0, max: 200 }),
      severity: fc.constantFrom('info', 'notice', 'urgent'),
      update: fc.constantFrom('never', 'on record', 'every 5 sessions'),
      tags: fc.array(word, { maxLength: 4 }),
      measure: fc.constantFrom('ret(IWM)', 'IWM / SPY'),
      threshold: fc.oneof(fc.integer(), fc.constantFrom('50%', '25bp', 'ret(SPY)', 0.25, -3.5, 1e-9)),
      direction: fc.constantFrom('up', 'down'),
      outcome: fc.array(fc.constantFrom('ret(IWM)', 'ret(IWM) - ret(SPY)'), { maxLength: 3 }),
      evidence: fc.array(word, { maxLength: 3 }),
      note: reason,
      expect: fc.dictionary(fc.stringMatching(/^[a-z]+(?:-[a-z]+)?$/), reason, { maxKeys: 2 }),
    },
    { requiredKeys: ['id', 'title', 'when'] },
  )
  .map((drawn) => drawn as Draft);

describe('a rule as a form', () => {
  it('gives back every draft that it was made from, its defaults and empty lists included', () => {
    fc.assert(
      fc.property(drafts, (given) => {
        const form = formOf(given);
        expect(misfits(form)).toEqual([]);
        expect(draftOf(form, given)).toEqual(given);
      }),
    );
  });

  it('leaves out what has its default where the draft did not say it', () => {
    const form = { ...EMPTY_FORM, id: 'a', title: 'A', when: 'IWM > SPY' };
    expect(draftOf(form)).toEqual({ id: 'a', title: 'A', when: 'IWM > SPY' });
    expect(draftOf({ ...form, hold: '3', threshold: '7', tags: 'a, b,' })).toMatchObject({
      ...{ hold: 3, threshold: 7, tags: ['a', 'b'] },
    });
    expect(draftOf({ ...form, threshold: '50%' })).toMatchObject({ threshold: '50%' });
  });

  it('says which counts are none, and keeps what was typed', () => {
    const form = { ...EMPTY_FORM, hold: '0', keep_firing: '1.5', expect: 'fires often' };
    expect(misfits(form).map(({ field }) => field)).toEqual(['hold', 'keep_firing', 'expect']);
  });

  it('begins with examples that the schema takes', () => {
    for (const { form } of EXAMPLES) {
      expect(misfits(form)).toEqual([]);
      expect(draftSchema.safeParse(draftOf(form)).success).toBe(true);
    }
  });

  it('shows both texts of what two drafts say differently', () => {
    const theirs = { ...EMPTY_FORM, when: 'IWM > SPY', evidence: ['a', 'b'] };
    const mine = { ...theirs, when: 'IWM > QQQ', evidence: ['a'] };
    expect(changesBetween(theirs, mine)).toEqual([
      { field: 'when', theirs: 'IWM > SPY', mine: 'IWM > QQQ' },
      { field: 'evidence', theirs: 'a, b', mine: 'a' },
    ]);
    expect(changesBetween(theirs, theirs)).toEqual([]);
  });

  it('makes ids of titles, and free ids of copies', () => {
    expect(idFrom('  Small caps lead, über 7 days! ')).toBe('small-caps-lead-u-ber-7-days');
    expect(idFrom('…')).toBe('');
    expect(copyId('streak', new Set(['streak']))).toBe('my-streak');
    expect(copyId('streak', new Set(['my-streak', 'my-streak-2']))).toBe('my-streak-3');
  });
});

const line = (id: string, state: RuleLine['standing']['state'], more: Partial<RuleLine> = {}): RuleLine =>
  ({ id, title: `Title of ${id}`, words: 'It says so', tags: [], standing: { state }, ...more }) as RuleLine;
const RULES = [
  line('quiet', 'inactive'),
  line('loud', 'firing', { tags: ['breadth'] }),
  line('soon', 'pending', { words: 'Small caps lead' }),
  line('louder', 'firing'),
];

describe('the list of rules', () => {
  it('shows those first that say something now', () => {
    expect(listed(RULES, { state: '', text: '' }).map(({ id }) => id)).toEqual([
      'loud',
      'louder',
      'soon',
      'quiet',
    ]);
  });

  it('is filtered by state and by every word of a text', () => {
    expect(listed(RULES, { state: 'firing', text: '' }).map(({ id }) => id)).toEqual(['loud', 'louder']);
    expect(listed(RULES, { state: '', text: 'LEAD small' }).map(({ id }) => id)).toEqual(['soon']);
    expect(listed(RULES, { state: 'firing', text: 'breadth' }).map(({ id }) => id)).toEqual(['loud']);
    expect(counts(RULES, 'title').get('firing')).toBe(2);
    expect(counts(RULES, 'breadth')).toEqual(new Map([['firing', 1]]));
  });

  it('is asked for in the address, and an address asks for it again', () => {
    for (const wanted of [
      { state: '', text: '' },
      { state: 'firing', text: 'a & b=c' },
      { state: 'broken', text: '' },
    ]) {
      const { searchParams } = new URL(addressOf(wanted), 'http://localhost');
      expect(wantedFrom(Object.fromEntries(searchParams))).toEqual(wanted);
    }
    expect(wantedFrom({ state: 'nonsense' })).toEqual({ state: '', text: '' });
  });
});

describe('an expression with a marked part', () => {
  it('is cut into pieces that are together the whole text, wherever the mark is', () => {
    fc.assert(
      fc.property(soundSources, fc.nat(80), fc.nat(80), (source, a, b) => {
        const mark = { from: Math.min(a, b), to: Math.max(a, b) };
        const segments = segmentsOf(source, mark);
        expect(segments.map(({ text }) => text).join('')).toBe(source);
        const marked = segments.filter((segment) => segment.marked).map(({ text }) => text);
        expect(marked.join('')).toBe(source.slice(mark.from, mark.to));
      }),
    );
  });
});

describe('figures', () => {
  it('are percentages with a sign, shares without, and names of horizons', () => {
    expect([0.0314, -0.0041, 0, -0.0001, null].map(percentText)).toEqual([
      '+3.1%',
      '−0.4%',
      '0.0%',
      '0.0%',
      'no data',
    ]);
    expect(shareText(0.636)).toBe('64%');
    expect([5, 252, 10].map(horizonText)).toEqual(['1 week', '1 year', '10 sessions']);
    expect(printIn('ratio')(-0.125)).toBe('−12.5%');
    expect(printIn('sessions')(1)).toBe('1 session');
    expect(printIn(null)(1234.567)).toBe('1,234.57');
  });
});
