import type { Expression } from './ast.ts';
import { display, type Finding, mistake } from './finding.ts';
import type { Reader } from './reader.ts';
import type { Token } from './token.ts';

/** A comparison that goes on: the operators after the first, the operands before them, and the whole. */
export interface Chain {
  readonly links: readonly Token[];
  readonly middles: readonly Expression[];
  readonly link: Token;
  readonly tree: Expression;
  /** Under `not`, which binds more tightly than `and`, the correction needs parentheses. */
  readonly wrap: boolean;
}

/** The error for a chain, with the correction that repeats the middle operands. */
export function chained(reader: Reader, { links, middles, link, tree, wrap }: Chain): Finding {
  const edits = links.map((token, index) => {
    const { from, to } = middles[index] ?? token;
    const space = /\s/.test(reader.source.charAt(token.from - 1)) ? '' : ' ';
    return { from: token.from, to: token.from, text: `${space}and ${reader.source.slice(from, to)} ` };
  });
  const outer = wrap
    ? [
        { from: tree.from, to: tree.from, text: '(' },
        { from: tree.to, to: tree.to, text: ')' },
      ]
    : [];
  const message = `expected one comparison, found a chain: ${display(link.text)} follows a comparison; join two with \`and\``;
  return mistake('chained-comparison', link, message, ...edits, ...outer);
}
