import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lines } from '../../cli/lines.ts';

async function linesOf(pieces: readonly (string | Uint8Array)[]): Promise<string[]> {
  async function* input() {
    yield* pieces;
  }
  const all: string[] = [];
  for await (const some of lines(input())) all.push(...some);
  return all;
}

describe('lines of standard input', () => {
  it('keep empty lines and need no line feed at the end', async () => {
    expect(await linesOf(['a\n\nb'])).toEqual(['a', '', 'b']);
    expect(await linesOf(['a\nb\n'])).toEqual(['a', 'b']);
    expect(await linesOf(['\n'])).toEqual(['']);
    expect(await linesOf([])).toEqual([]);
  });

  it('end with a line feed alone, or after a carriage return', async () => {
    expect(await linesOf(['a\r\nb\rc\u2028d\n'])).toEqual(['a', 'b\rc\u2028d']);
  });

  it('put together a character that arrives in two pieces', async () => {
    const bytes = new TextEncoder().encode('é\n');
    expect(await linesOf([bytes.slice(0, 1), bytes.slice(1)])).toEqual(['é']);
  });

  it('are the same however the text is cut', async () => {
    const cut = fc.array(fc.string({ maxLength: 6, unit: fc.constantFrom('a', '\n', ' ') }), {
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(cut, async (pieces) => {
        const whole = pieces.join('');
        const wanted = whole.split('\n');
        if (wanted.at(-1) === '') wanted.pop();
        expect(await linesOf(pieces)).toEqual(wanted);
      }),
    );
  });
});
