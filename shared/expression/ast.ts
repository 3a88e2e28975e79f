/** Where a piece of source lies: offsets in UTF-16 units, `from` inclusive, `to` exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export type BinaryOperator = '+' | '-' | '*' | '/' | Comparison | 'and' | 'or';
export type Comparison = '<' | '<=' | '>' | '>=' | '==' | '!=';

/** A number as written: `30%` has mantissa 30, suffix `%` and value 0.30. */
export interface NumberNode extends Span {
  readonly kind: 'number';
  readonly mantissa: number;
  readonly suffix: '' | '%' | 'bp';
  readonly value: number;
}

export interface DateNode extends Span {
  readonly kind: 'date';
  readonly date: string;
}

/** An instrument, a universe, a portfolio, `member`, or in `firing("…")` a rule. `field` is null where none is written. */
export interface NameNode extends Span {
  readonly kind: 'name';
  readonly name: string;
  readonly quoted: boolean;
  readonly field: string | null;
}

export interface CallNode extends Span {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Expression[];
}

export interface UnaryNode extends Span {
  readonly kind: 'unary';
  readonly operator: '-' | 'not';
  readonly operand: Expression;
}

export interface BinaryNode extends Span {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

/** A parsed expression. Parentheses leave no node: the formatter puts back those that are needed. */
export type Expression = NumberNode | DateNode | NameNode | CallNode | UnaryNode | BinaryNode;
