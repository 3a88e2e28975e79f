import { type AnswerContext, type ProviderAnswer, refusedAnswer } from '../answer.ts';
import { acceptLevels, levelAnswer, readFigure } from '../levels.ts';
import { fundOf, readAsOf } from './funds.ts';
import { type Ending, readMarkup } from './markup.ts';

/** One line of a table of labels and values. */
interface Line {
  readonly label: string;
  readonly value: string;
}

/** A titled section of a fund's page, with the lines of its tables. */
interface Section {
  title: string;
  readonly lines: Line[];
}

interface Page {
  /** Every ticker the page gives itself. */
  readonly tickers: Set<string>;
  readonly sections: Section[];
  /** Whether the text is over before what it began: the rest may say otherwise. */
  cut: boolean;
}

/** What no page leaves open at its end. */
const CLOSED: ReadonlySet<string> = new Set(['html', 'body', 'section', 'table']);

/** What a price can be of a year's profit for a broad index; anything else is another figure or a broken one. */
const MULTIPLE_RANGE = { lowest: 5, highest: 60 };
const MOST_TEXT = 500;

/** Reads a fund's page: the forward P/E of its index on the FY1 basis, with the date it speaks for. */
export function parsePage(html: string, context: AnswerContext): ProviderAnswer {
  const page = readPage(html);
  const characteristics = page.sections.some(({ title }) => /Characteristics/i.test(title));
  if (page.tickers.size === 0 && !characteristics)
    return refusedAnswer('blocked', 'a page where a fund was expected');
  if (page.cut) return refusedAnswer('transient', 'the page is cut short');
  const [ticker = '', ...others] = page.tickers;
  const fund = fundOf(ticker);
  const [symbol] = context.symbols ?? [];
  if (others.length > 0 || fund?.ticker !== ticker || (symbol !== undefined && fundOf(symbol) !== fund)) {
    return refusedAnswer('schema', 'the page is about another fund');
  }
  const index = page.sections.filter(({ title }) => title.startsWith('Index Characteristics'));
  const [section] = index;
  if (section === undefined || index.length > 1) {
    return refusedAnswer('schema', 'the page has not one section on its index');
  }
  const lines = section.lines.filter(({ label }) => label.startsWith('Price/Earnings Ratio FY1'));
  const [line] = lines;
  if (line === undefined || lines.length > 1) {
    return refusedAnswer('schema', 'the section has not one Price/Earnings Ratio FY1');
  }
  const row = {
    instrument: fund.index,
    field: 'forward_pe',
    date: readAsOf(section.title),
    value: readFigure(line.value),
  };
  return levelAnswer(acceptLevels([row], context, MULTIPLE_RANGE));
}

/** What the reader of a page is in the middle of. */
interface Place {
  heading: boolean;
  ticker: boolean;
  /** Depth within the tooltip of a label, whose words are no part of it. */
  aside: number;
  cell: 'label' | 'value' | null;
  label: string;
  value: string;
}

function readPage(html: string): Page {
  const page: Page = { tickers: new Set(), sections: [], cut: false };
  const place: Place = { heading: false, ticker: false, aside: 0, cell: null, label: '', value: '' };
  readMarkup(html, 'html', {
    open: (name, attributes) => open(page, place, name, attributes),
    say: (text) => say(page, place, text),
    close: (name, by) => close(page, place, name, by),
  });
  return page;
}

function open(page: Page, place: Place, name: string, attributes: Readonly<Record<string, string>>): void {
  const { class: classes = '', id = '', value = '' } = attributes;
  if (id === 'fund-info-ticker' && value !== '') page.tickers.add(value.trim());
  if (place.aside > 0) place.aside += 1;
  else if (name === 'span' && place.cell === 'label') place.aside = 1;
  if (/\bfund-header__ticker\b/.test(classes)) place.ticker = true;
  if (name === 'h2') {
    place.heading = true;
    page.sections.push({ title: '', lines: [] });
  }
  if (name === 'tr') Object.assign(place, { cell: null, label: '', value: '' });
  if (name === 'th' || name === 'td') {
    const first = place.label === '' && !/\bdata\b/.test(classes);
    place.cell = first ? 'label' : 'value';
    if (!first) place.value = '';
  }
}

function say(page: Page, place: Place, text: string): void {
  if (place.ticker && text.trim() !== '') page.tickers.add(text.trim());
  const section = page.sections.at(-1);
  if (place.heading && section !== undefined) section.title = joined(section.title, text);
  if (place.cell === 'value') place.value = joined(place.value, text);
  if (place.cell === 'label' && place.aside === 0) place.label = joined(place.label, text);
}

function close(page: Page, place: Place, name: string, by: Ending): void {
  if (by === 'end' && CLOSED.has(name)) page.cut = true;
  if (place.aside > 0) place.aside -= 1;
  if (name === 'h2') {
    place.heading = false;
    const section = page.sections.at(-1);
    if (section !== undefined) section.title = section.title.trim();
  }
  if (name === 'span') place.ticker = false;
  if (name !== 'th' && name !== 'td') return;
  // A cell that its own tag does not close may have lost its last digits.
  if (place.cell === 'value' && by === 'tag') {
    page.sections.at(-1)?.lines.push({ label: place.label.trim(), value: place.value.trim() });
  }
  place.cell = null;
}

function joined(before: string, text: string): string {
  return `${before}${text.replaceAll(/\s+/g, ' ')}`.trimStart().slice(0, MOST_TEXT);
}
