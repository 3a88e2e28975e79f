import fc from 'fast-check';
import type {
  BinaryOperator,
  CallNode,
  DateNode,
  Expression,
  NameNode,
  NumberNode,
} from '../../shared/expression/ast.ts';

const SPAN = { from: 0, to: 0 };

const numbers: fc.Arbitrary<NumberNode> = fc
  .record({
    mantissa: fc.oneof(
      fc.nat(5000),
      fc.double({ min: 0, max: 1e6, noNaN: true }).map(Math.abs),
      fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map(Math.abs),
    ),
    suffix: fc.constantFrom('' as const, '%' as const, 'bp' as const),
  })
  .map(({ mantissa, suffix }) => ({
    kind: 'number',
    mantissa,
    suffix,
    value: suffix === '%' ? mantissa / 100 : suffix === 'bp' ? mantissa / 10_000 : mantissa,
    ...SPAN,
  }));

const dates: fc.Arbitrary<DateNode> = fc
  .constantFrom('1980-01-01', '2024-02-29', '2025-12-31', '2027-12-31')
  .map((date) => ({ kind: 'date', date, ...SPAN }));

const PLAIN = /^[A-Za-z_][A-Za-z0-9_]*$/;
const WORDS = /^(?:and|or|not)$/i;

/** Names of every sort: plain ones, words of the language, and whatever needs quotes. */
const nameTexts = fc.oneof(
  fc.constantFrom(
    'IWM',
    'SPY',
    'member',
    'month',
    'BRK.B',
    '^RUT',
    'and',
    'NOT',
    '2X',
    '__proto__',
    'a b',
    'π',
    '"'.slice(1) + "it's",
  ),
  fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/),
  fc.string({ minLength: 1, maxLength: 8, unit: 'binary' }).filter((text) => !/["\r\n]/.test(text)),
);

const names: fc.Arbitrary<NameNode> = fc
  .record({
    name: nameTexts,
    field: fc.option(fc.constantFrom('close', 'forward_pe', 'and', '_x1'), { nil: null }),
    quotedMember: fc.boolean(),
  })
  .map(({ name, field, quotedMember }) => ({
    kind: 'name',
    name,
    field,
    quoted: !PLAIN.test(name) || WORDS.test(name) || (name === 'member' && quotedMember),
    ...SPAN,
  }));

const OPERATORS: readonly BinaryOperator[] = [
  '+',
  '-',
  '*',
  '/',
  '<',
  '<=',
  '>',
  '>=',
  '==',
  '!=',
  'and',
  'or',
];

/** In `firing("…")` a name is always quoted. */
function call(name: string, args: readonly Expression[]): CallNode {
  const given = args.map((arg) =>
    name === 'firing' && arg.kind === 'name' ? { ...arg, quoted: true } : arg,
  );
  return { kind: 'call', name, args: given, ...SPAN };
}

/**
 * Trees as the parser makes them, well typed or not, with all spans 0: any operator over any operand, names that need
 * quotes, numbers of every size. Small enough for every limit.
 */
export const syntaxTrees: fc.Arbitrary<Expression> = fc.letrec<{ tree: Expression }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 6, depthIdentifier: 'tree' },
    fc.oneof(numbers, names, dates),
    fc
      .record({ operator: fc.constantFrom(...OPERATORS), left: tie('tree'), right: tie('tree') })
      .map((node): Expression => ({ kind: 'binary', ...node, ...SPAN })),
    fc
      .record({ operator: fc.constantFrom('-' as const, 'not' as const), operand: tie('tree') })
      .map((node): Expression => ({ kind: 'unary', ...node, ...SPAN })),
    fc
      .record({
        name: fc.constantFrom('ret', 'sma', 'firing', 'votes', 'member', 'unheard_of'),
        args: fc.array(tie('tree'), { maxLength: 3 }),
      })
      .map(({ name, args }): Expression => call(name, args)),
  ),
})).tree;

const instruments = fc.constantFrom('IWM', 'SPY', 'QQQ', '"BRK.B"', '"^RUT"');
const windows = fc.integer({ min: 1, max: 300 }).map(String);

/** Sources that check without errors over the sample market: conditions and numbers of every unit. */
export const soundSources: fc.Arbitrary<string> = fc.letrec<{
  price: string;
  ratio: string;
  condition: string;
}>((tie) => ({
  price: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'sound' },
    instruments,
    fc.tuple(tie('price'), tie('price')).map(([a, b]) => `max(${a}, ${b}) - ${a} / 2`),
    fc
      .tuple(fc.constantFrom('sma', 'lag', 'highest', 'stdev'), tie('price'), windows)
      .map(([f, x, n]) => `${f}(${x}, ${n})`),
  ),
  ratio: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'sound' },
    fc.constantFrom('25%', '30bp', 'FED.target_upper', 'FOMC.change_bp', 'ytd(IWM)'),
    fc.tuple(tie('price'), windows).map(([x, n]) => `ret(${x}, ${n})`),
    fc.tuple(tie('price'), tie('price')).map(([a, b]) => `discount(${a}, ${b})`),
    fc.tuple(tie('ratio'), tie('ratio')).map(([a, b]) => `(${a} - ${b}) * -2`),
    tie('condition').map((c) => `share(MAG7, ${c} or ret(member) > 0)`),
  ),
  condition: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'sound' },
    fc.tuple(tie('price'), tie('price')).map(([a, b]) => `${a} > ${b}`),
    fc.tuple(tie('ratio'), tie('ratio')).map(([a, b]) => `${a} <= ${b}`),
    fc
      .tuple(tie('condition'), fc.constantFrom('and', 'OR'), tie('condition'))
      .map((parts) => `(${parts.join(' ')})`),
    tie('condition').map((c) => `not (${c})`),
    tie('condition').map((c) => `streak(${c}) >= 7`),
    tie('condition').map((c) => `votes(${c}, firing("rotation")) == 1`),
  ),
})).condition;

/** Strings made of the pieces sources are made of, in any order. */
export const tokenSoups: fc.Arbitrary<string> = fc
  .array(
    fc.constantFrom(
      ...[
        'IWM',
        'SPY.close',
        'MAG7',
        'member',
        'ret',
        'share',
        'count',
        'firing',
        'since',
        'iwm',
        'streak',
        'xyz',
      ],
      ...['(', ')', '(', ')', ',', '.', '"', "'", '"BRK.B"', '"rotation"', '"', '2025-12-31', '2025-02-30'],
      ...[
        '7',
        '30%',
        '25bp',
        '.25',
        '1e400',
        '7.',
        '30 %',
        '5 bps',
        '-',
        '+',
        '*',
        '/',
        'and',
        'NOT',
        'or',
        'adn',
      ],
      ...['<', '<=', '>', '==', '!=', '=', '&&', '||', '!', '<>', '=>', '^', '^RUT', '%', '$', '≥', '“IWM”'],
      ...[' ', ' ', '\n', '\r\n', '\t', '\u00a0', '\0', '\ud800', '😀', '__proto__', 'constructor'],
    ),
    { maxLength: 30 },
  )
  .chain((pieces) => fc.constantFrom(pieces.join(' '), pieces.join('')));
