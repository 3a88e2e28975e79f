import { strToU8, zipSync } from 'fflate';

export interface PageParts {
  readonly ticker?: string;
  readonly title?: string;
  readonly label?: string;
  readonly value?: string;
}

/** A fund's page: the section on the index, and the one on the fund with the same labels and another figure. */
export function ssgaPage({ ticker = 'SPSM', title, label, value = '15.12' }: PageParts = {}): Uint8Array {
  const heading = title ?? 'Index Characteristics <span class="date">as of Aug 27 2026</span>';
  const name = label ?? 'Price/Earnings Ratio FY1';
  const section = (head: string, figure: string) => `<section data-fundComponent="true">
  <h2 class="comp-title">${head}</h2><table class="tb-keyvalue">
  <tr><th class="label">Number of Holdings</th><td class="data">602</td></tr>
  <tr><th class="label">${name}<span class="info">How it is <b>worked</b> out: 99.9</span></th><td class="data">${figure}</td></tr>
  <tr><th class="label">Price/Earnings</th><td class="data">17.90</td></tr></table></section>`;
  return strToU8(`<!doctype html><html><body><span class="fund-header__ticker">${ticker}</span>
<input id="fund-info-ticker" type="hidden" value="${ticker}">${section(heading, value)}
${section('Fund Characteristics <span class="date">as of Aug 27 2026</span>', '14.98')}</body></html>`);
}

const TOP: readonly (readonly [string, number])[] = [
  ['NVDA', 7.857],
  ['AAPL', 7.114],
  ['MSFT', 4.878],
  ['AMZN', 3.789],
  ['GOOGL', 3.405],
  ['AVGO', 2.883],
  ['GOOG', 2.724],
  ['META', 2.045],
  ['TSLA', 1.734],
  ['MU', 1.533],
];

export interface HoldingsParts {
  readonly ticker?: string;
  readonly asOf?: string;
  readonly lines?: number;
  readonly preamble?: number;
  readonly weights?: 'number' | 'text' | 'fraction';
  /** The share whose weight is nought. */
  readonly weightless?: string;
  /** The share whose line is lost. */
  readonly without?: string;
  readonly title?: string;
}

/** A fund's holdings as a spreadsheet: shared strings, sparse cells, cash and words after the shares. */
export function ssgaHoldings(parts: HoldingsParts = {}): Uint8Array {
  const { ticker = 'SPY', asOf = '05-Jun-2026', lines = 504, preamble = 0, weights = 'number' } = parts;
  const strings: string[] = [];
  const text = (value: string): string => {
    if (!strings.includes(value)) strings.push(value);
    return `t="s"><v>${strings.indexOf(value)}</v>`;
  };
  const rest = (99.92 - 37.962) / (lines - TOP.length);
  const shares = Array.from(
    { length: lines },
    (_, index): readonly [string, number] => TOP[index] ?? [symbolNumber(index), rest],
  )
    .filter(([symbol]) => symbol !== parts.without)
    .map(([symbol, share]) => [symbol, symbol === parts.weightless ? 0 : share] as const);
  const weight = (value: number): string => {
    if (weights === 'text') return `t="inlineStr"><is><t>${value}</t></is>`;
    return `><v>${weights === 'fraction' ? value / 100 : value}</v>`;
  };
  const rows: (readonly (readonly [string, string])[])[] = [
    ...Array.from({ length: preamble }, () => [['A', text('A notice')]] as const),
    [
      ['A', text('Fund Name:')],
      ['B', text('A fund & its name'.replace('&', '&amp;'))],
    ],
    [
      ['A', text('Ticker Symbol:')],
      ['B', text(ticker)],
    ],
    [
      ['A', text('Holdings:')],
      ['B', text(`As of ${asOf}`)],
    ],
    [],
    [
      'Name',
      parts.title ?? 'Ticker',
      'Identifier',
      'SEDOL',
      'Weight',
      'Sector',
      'Shares Held',
      'Local Currency',
    ].map((title, index) => ['ABCDEFGH'[index] ?? '', text(title)] as const),
    ...shares.map(
      ([symbol, share]) =>
        [
          ['A', text(`${symbol} INC`)],
          ['B', text(symbol)],
          ['E', weight(share)],
          ['H', text('USD')],
        ] as const,
    ),
    [
      ['A', text('US DOLLAR')],
      ['B', text('-')],
      ['E', weight(-0.02)],
      ['H', text('USD')],
    ],
    [['A', text('Past performance is no guide.')]],
  ];
  const sheet = rows
    .map((cells, row) => {
      const written = cells.map(([column, cell]) => `<c r="${column}${row + 1}" ${cell}</c>`).join('');
      return `<row r="${row + 1}">${written}</row>`;
    })
    .join('');
  return zipSync({
    '[Content_Types].xml': strToU8('<Types/>'),
    'xl/sharedStrings.xml': strToU8(
      `<sst>${strings.map((value) => `<si><t>${value}</t></si>`).join('')}</sst>`,
    ),
    'xl/worksheets/sheet1.xml': strToU8(`<worksheet><sheetData>${sheet}</sheetData></worksheet>`),
  });
}

function symbolNumber(index: number): string {
  const letter = (place: number): string => String.fromCharCode(65 + place);
  return `Z${letter(Math.floor(index / 26) % 26)}${letter(index % 26)}`;
}
