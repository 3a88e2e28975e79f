import fc from 'fast-check';
import { expect, it } from 'vitest';
import { refusedAnswer } from '../../../adapters/providers/answer.ts';
import { redact, redactAnswer } from '../../../adapters/providers/redact.ts';

const secret = fc.string({ minLength: 4, maxLength: 40 });
const around = fc.string({ maxLength: 20 });

it('hides a secret wherever it stands, as it is and as an address spells it', () => {
  fc.assert(
    fc.property(secret, around, around, (hidden, before, after) => {
      for (const spelled of [hidden, encodeURIComponent(hidden), hidden.toUpperCase()]) {
        // What is left could spell the secret again only out of the words that hide it.
        if ('[hidden]'.includes(hidden)) continue;
        const shown = redact(`${before} ${spelled} ${after}`, [hidden]);
        expect(shown.includes(spelled) && spelled === hidden).toBe(false);
      }
    }),
  );
});

it('hides the longer of two secrets first, and leaves short words alone', () => {
  expect(redact('Token abcdef, abcd', ['abcd', 'Token abcdef'])).toBe('[hidden], [hidden]');
  expect(redact('a key of a few letters', ['a', ''])).toBe('a key of a few letters');
});

it('hides a secret that stands where a refused value has its symbol or its date', () => {
  const [secretOne, secretTwo] = ['abcdefabcdef5555', 'PKABCDEF'];
  const refused = [
    { reason: 'bad_date', detail: `${secretOne}?`, instrument: secretTwo, session: secretOne },
  ] as const;
  const shown = redactAnswer({ ...refusedAnswer('schema', secretTwo), refused }, [secretOne, secretTwo]);
  expect(shown.refused).toEqual([
    { reason: 'bad_date', detail: '[hidden]?', instrument: '[hidden]', session: '[hidden]' },
  ]);
  expect(shown.detail).toBe('[hidden]');
});
