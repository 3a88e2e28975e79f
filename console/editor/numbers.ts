import type { CallNode, Expression, NumberNode, Span } from '../../shared/expression/ast.ts';
import { format } from '../../shared/expression/format.ts';
import { LONGEST_WINDOW } from '../../shared/expression/limits.ts';
import { read } from '../../shared/expression/parse.ts';
import type { Token } from '../../shared/expression/token.ts';
import { tokenize } from '../../shared/expression/tokenize.ts';
import { parametersAt, signaturesOf } from './place.ts';

/** A number of an expression as a form field. */
export interface NumberField extends Span {
  /** Exactly as written, without its unit: `30`, `.25`, `2.5e-3`, `-5`. */
  readonly text: string;
  readonly suffix: '' | '%' | 'bp';
  /** What it is for, in the words of the expression: "streak(ret(IWM) > ret(SPY)) at least". */
  readonly label: string;
  /** What follows the number: "%", "bp", "sessions", or nothing. */
  readonly unit: string;
  /** What one step up adds, in the field's own unit. */
  readonly step: string;
  /** Bounds of a window; null where any number may stand. */
  readonly bounds: { readonly least: number; readonly most: number } | null;
}

const DIGITS = /^(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/;
const ACCEPTED = /^-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** The numbers of a source in the order they stand; a date is none. A source that has errors gives what can be read. */
export function numberFields(source: string): readonly NumberField[] {
  const { tokens } = tokenize(source);
  const { tree } = read(source);
  const uses = new Map<number, Use>();
  if (tree !== null) collect(tree, uses);
  return tokens.flatMap((token, index) => {
    const text = DIGITS.exec(source.slice(token.from, token.to))?.[0];
    if (token.type !== 'number' || text === undefined) return [];
    const use = uses.get(token.from) ?? { label: `Number ${index + 1}`, unit: '', bounds: null };
    const from = signedFrom(tokens, index);
    const written = `${from < token.from ? '-' : ''}${text}`;
    const unit = token.suffix === '' ? use.unit : token.suffix;
    return [
      {
        ...use,
        unit,
        from,
        to: token.from + text.length,
        text: written,
        suffix: token.suffix,
        step: stepOf(text),
      },
    ];
  });
}

/** Where a number begins, with the minus that belongs to it alone: directly before it and not between two values. */
function signedFrom(tokens: readonly Token[], index: number): number {
  const token = tokens[index];
  const minus = tokens[index - 1];
  if (token === undefined) return 0;
  if (minus === undefined || minus.text !== '-' || minus.to !== token.from) return token.from;
  const before = tokens[index - 2];
  const value = before !== undefined && ['number', 'date', 'name', 'quoted', ')'].includes(before.type);
  return value ? token.from : minus.from;
}

/** The last written digit counts by one; whole numbers count by one. */
function stepOf(text: string): string {
  const decimals = /\.(\d+)/.exec(text)?.[1]?.length ?? 0;
  return decimals === 0 ? '1' : `0.${'0'.repeat(decimals - 1)}1`;
}

/**
 * A source with one of its numbers written differently; everything else stays as it is, to the last space. Null where
 * the text is no number of the language, lies outside the bounds of a window, or would not be read alone.
 */
export function withNumber(source: string, field: NumberField, text: string): string | null {
  if (text === field.text) return source;
  if (!ACCEPTED.test(text) || !Number.isFinite(Number(text))) return null;
  const { bounds } = field;
  const value = Number(text);
  if (bounds !== null && !(/^\d+$/.test(text) && value >= bounds.least && value <= bounds.most)) return null;
  const changed = source.slice(0, field.from) + text + source.slice(field.to);
  return alike(numberFields(source), numberFields(changed), field.from, text) ? changed : null;
}

function alike(
  before: readonly NumberField[],
  after: readonly NumberField[],
  at: number,
  text: string,
): boolean {
  return (
    before.length === after.length &&
    before.every((field, index) => {
      const other = after[index];
      const wanted = field.from === at ? text : field.text;
      return other !== undefined && other.text === wanted && other.suffix === field.suffix;
    })
  );
}

/** A number one step up or down, in exact decimal arithmetic; null for one with an exponent. */
export function stepped(text: string, step: string, direction: 1 | -1): string | null {
  if (!/^-?\d*\.?\d+$/.test(text)) return null;
  const decimals = Math.max(decimalsOf(text), decimalsOf(step));
  const sum = scaled(text, decimals) + BigInt(direction) * scaled(step, decimals);
  const digits = (sum < 0n ? -sum : sum).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const sign = sum < 0n ? '-' : '';
  return decimals === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-decimals)}`;
}

function decimalsOf(text: string): number {
  return /\.(\d+)$/.exec(text)?.[1]?.length ?? 0;
}

function scaled(text: string, decimals: number): bigint {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const value = BigInt(`${whole === '' ? '0' : whole}${fraction.padEnd(decimals, '0')}`);
  return text.startsWith('-') ? -value : value;
}

type Use = Pick<NumberField, 'label' | 'unit' | 'bounds'>;

const WORDS: Readonly<Record<string, string>> = {
  '>=': 'at least',
  '>': 'above',
  '<=': 'at most',
  '<': 'below',
  '==': 'equal to',
  '!=': 'other than',
  '+': 'plus',
  '-': 'minus',
  '*': 'times',
  '/': 'divided by',
};
/** What a comparison says of its right side when the number stands on the left. */
const MIRRORED: Readonly<Record<string, string>> = {
  '>=': 'at most',
  '>': 'below',
  '<=': 'at least',
  '<': 'above',
};

function collect(node: Expression, uses: Map<number, Use>): void {
  if (node.kind === 'unary') collect(node.operand, uses);
  if (node.kind === 'call') {
    node.args.forEach((argument, index) => {
      const literal = literalOf(argument);
      if (literal === null) collect(argument, uses);
      else uses.set(literal.from, argumentUse(node, index));
    });
  }
  if (node.kind !== 'binary') return;
  for (const [side, other] of [
    [node.left, node.right],
    [node.right, node.left],
  ] as const) {
    const literal = literalOf(side);
    if (literal === null) collect(side, uses);
    else {
      const words = (side === node.left ? MIRRORED[node.operator] : null) ?? WORDS[node.operator];
      uses.set(literal.from, { label: `${shown(other)} ${words ?? ''}`, unit: unitOf(other), bounds: null });
    }
  }
}

function literalOf(node: Expression): NumberNode | null {
  if (node.kind === 'number') return node;
  return node.kind === 'unary' && node.operator === '-' ? literalOf(node.operand) : null;
}

function argumentUse(call: CallNode, index: number): Use {
  const parameter = parametersAt({ name: call.name, argument: index, from: call.from }).find(
    ({ kind }) => kind === 'window' || kind === 'number',
  );
  const first = call.args[0];
  const of = index === 0 || first === undefined ? call.name : `${call.name} of ${shown(first)}`;
  if (parameter?.kind !== 'window') return { label: of, unit: '', bounds: null };
  const window = parameter.name === 'n';
  return {
    label: window ? `${of}: over` : `${of}: how many`,
    unit: window ? 'sessions' : '',
    bounds: { least: 1, most: LONGEST_WINDOW },
  };
}

/** "sessions" beside a number compared with what counts them. */
function unitOf(other: Expression): string {
  if (other.kind !== 'call') return '';
  const form = signaturesOf(other.name).find(({ parameters }) => parameters.length >= other.args.length);
  return form?.result === 'sessions' && other.args[0]?.kind !== 'name' ? 'sessions' : '';
}

const LONGEST_LABEL = 60;

function shown(expression: Expression): string {
  const text = format(expression);
  return text.length <= LONGEST_LABEL ? text : `${text.slice(0, LONGEST_LABEL - 1)}…`;
}
