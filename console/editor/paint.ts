import type { Span } from '../../shared/expression/ast.ts';
import { FUNCTIONS } from '../../shared/expression/functions.ts';
import type { Token } from '../../shared/expression/token.ts';
import { tokenize } from '../../shared/expression/tokenize.ts';

/** What a piece of an expression is, for its colour. */
export type Paint = 'number' | 'date' | 'function' | 'name' | 'field' | 'word' | 'operator' | 'text';

/** A coloured piece of a source. */
export interface Painted extends Span {
  readonly paint: Paint;
}

/** The pieces of a source with what each is, in order; spaces and what cannot be read lie between them. */
export function paint(source: string): readonly Painted[] {
  const { tokens } = tokenize(source);
  return tokens.flatMap((token, index) => {
    const kind = paintOf(token, tokens[index - 1], tokens[index + 1]);
    return kind === null ? [] : [{ from: token.from, to: token.to, paint: kind }];
  });
}

function paintOf(token: Token, before: Token | undefined, next: Token | undefined): Paint | null {
  switch (token.type) {
    case 'number':
      return 'number';
    case 'date':
      return 'date';
    case 'quoted':
      return 'text';
    case 'operator':
      return /^[a-z]/.test(token.text) ? 'word' : 'operator';
    case 'name':
      if (before?.type === '.') return 'field';
      return next?.type === '(' && FUNCTIONS.has(token.text) ? 'function' : 'name';
    case '(':
    case ')':
    case ',':
    case '.':
    case 'junk':
    case 'end':
      return null;
  }
}
