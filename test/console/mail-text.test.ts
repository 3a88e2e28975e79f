import { describe, expect, it } from 'vitest';
import { unwrapped } from '../../console/parts/mail-text.ts';

describe('the text of a mail in a narrow place', () => {
  it('has paragraphs of one line, and everything else as it was', () => {
    const full = `${'word '.repeat(15)}end`;
    expect(full).toHaveLength(78);
    const table = 'after                 n      mean\n5 sessions           25    -0.50%';
    expect(unwrapped(`HOW UNUSUAL\n${full}\nmore of it.\nShort.\nAnother.\n\n${table}`)).toBe(
      `HOW UNUSUAL\n${full} more of it.\nShort.\nAnother.\n\n${table}`,
    );
    expect(unwrapped(`${full}\n\nNext.`)).toBe(`${full}\n\nNext.`);
  });
});
