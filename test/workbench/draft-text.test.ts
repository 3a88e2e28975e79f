import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Draft, draft as draftShape } from '../../shared/api/rules.ts';
import { readYaml } from '../../shared/rules/yaml-document.ts';
import { splitRules } from '../../shared/service/split-rules.ts';
import { firstUnseen } from '../../shared/visible.ts';
import { draftOf, textOf, trimmed } from '../../shared/workbench/draft-text.ts';
import { shippedRules } from './sample-library.ts';

const WRITTEN = `# what this file is for
rules:
  # the rule this project was built for
  - id: small-cap-streak   # never change it
    when: >-
      streak(ret(IWM) > ret(SPY))
      >= 7
    title: 'Small caps lead'
    hold: 1 # at once
    tags: [rotation, small]
    note: |
      Why this matters.

      In two paragraphs.
    threshold: 7.50
`;

const line = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter(
    (text) =>
      /\S/.test(text) &&
      /^[ -~\u00A0-\uFFFF]*$/.test(text) &&
      !/[\uFFFE\uFFFF]/.test(text) &&
      firstUnseen(text) === null,
  );
const numbers = fc.double({ noNaN: true, noDefaultInfinity: true });
const drafts: fc.Arbitrary<Draft> = fc
  .record(
    {
      id: fc.constantFrom('a', 'small-cap', '1', '007', 'null', 'true', '1e3'),
      title: line,
      when: fc.constantFrom('ret(A) > 0', 'a: b # c', ' x\n  > 2 ', '- 1', '"quoted"', '30%', '&a > *b'),
      hold: fc.integer({ min: 1, max: 5000 }),
      threshold: fc.oneof(numbers, fc.constantFrom('30%', '25bp', '7', '1e3', 'true', '-0')),
      tags: fc.array(line, { maxLength: 4 }),
      evidence: fc.array(fc.constantFrom('a', 'b-c', '12'), { maxLength: 3 }),
      note: fc.string({ maxLength: 80 }).filter((text) => !/[\p{Cs}]/u.test(text)),
      expect: fc.dictionary(fc.constantFrom('never-true', 'fires-often'), line),
    },
    { requiredKeys: ['id', 'title', 'when'] },
  )
  .map((one) => one as Draft);

describe('a draft and its text', () => {
  it('are the same for every value that may be written, numbers to the last bit', () => {
    fc.assert(
      fc.property(drafts, (draft) => {
        const text = textOf(draft);
        expect(draftOf(text)).toEqual(trimmed(draft));
        expect(readYaml(text, 'rules').problems).toEqual([]);
      }),
    );
  });

  it('are the same from one text to another, with nothing left of the first', () => {
    fc.assert(
      fc.property(drafts, drafts, (before, after) => {
        const base = textOf(before);
        expect(textOf(before, base)).toBe(base);
        expect(draftOf(textOf(after, base))).toEqual(trimmed(after));
      }),
      { numRuns: 50 },
    );
  });

  it('are the same for every rule that ships', () => {
    for (const { text } of splitRules(shippedRules())) {
      const draft = draftOf(text);
      if (draft === null) throw new Error(text);
      expect(draftShape.safeParse(draft).success).toBe(true);
      expect(textOf(draft, text)).toBe(text);
      expect(draftOf(textOf(draft))).toEqual(draft);
    }
  });
});

describe('an edit of a text', () => {
  const written = draftOf(WRITTEN);
  if (written === null) throw new Error('the text is no draft');

  it('changes only what was changed: comments, order and quotes stay', () => {
    expect(textOf(written, WRITTEN)).toBe(WRITTEN);
    expect(textOf({ ...written, hold: 3 }, WRITTEN)).toBe(WRITTEN.replace('hold: 1 #', 'hold: 3 #'));
    const when = 'streak(ret(IWM) > ret(SPY)) >= 9';
    expect(textOf({ ...written, when, title: "It's 9", threshold: 8 }, WRITTEN)).toBe(
      WRITTEN.replace(/>-\n.*\n.*>= 7/, when)
        .replace("'Small caps lead'", "It's 9")
        .replace('7.50', '8'),
    );
    const more = textOf({ ...written, severity: 'urgent', tags: ['small'] }, WRITTEN);
    expect(more).toContain('# the rule this project was built for');
    expect(more).toContain('small-cap-streak # never change it');
    expect(more).toContain('tags: [ small ]');
    expect(more.indexOf('severity')).toBeGreaterThan(more.indexOf('threshold'));
    expect(draftOf(more)).toEqual({ ...written, severity: 'urgent', tags: ['small'] });
  });

  it('takes a key away that is not there any more', () => {
    const { note: _note, tags: _tags, ...rest } = written;
    const text = textOf(rest, WRITTEN);
    expect(text).not.toMatch(/note|tags|paragraphs/);
    expect(draftOf(text)).toEqual(rest);
  });
});

describe('a text that is no draft', () => {
  it.each([
    ['two rules', 'rules:\n  - { id: a, when: x > 1 }\n  - { id: b, when: x > 1 }\n'],
    ['no rule', 'rules: []\n'],
    ['an anchor', 'rules:\n  - { id: a, title: &t x, when: x > 1 }\n'],
    ['an alias', 'rules:\n  - { id: a, title: &t x, note: *t, when: x > 1 }\n'],
    ['an unknown key', 'rules:\n  - { id: a, when: x > 1, wehn: y }\n'],
    ['another key beside', 'rules:\n  - { id: a, when: x > 1 }\nmore: 1\n'],
    ['a condition that is a number', 'rules:\n  - { id: a, when: 7 }\n'],
    ['no YAML', 'rules: ['],
    ['nothing', ''],
  ])('has %s', (_what, text) => {
    expect(draftOf(text)).toBeNull();
  });
});
