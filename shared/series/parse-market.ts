import type { Node } from 'yaml';
import { createCalendar } from '../calendar/xnys.ts';
import { failure, type Result, success } from '../result.ts';
import { asPriced, isInstrumentName, pricedInstrument } from './declare.ts';
import type { Instrument, Market, Universe } from './market.ts';
import { type Entry, type MarketProblem, type MarketReader, readMarketDocument } from './market-document.ts';
import { type Mention, readInstrument, readMove, readPortfolio, readUniverse } from './market-sections.ts';

export type { MarketProblem } from './market-document.ts';

const SECTIONS = ['instruments', 'universes', 'portfolios', 'moves', 'closures'];

/** Reads a `market.yaml` (DESIGN section 3); all problems at once, each with its place. */
export function parseMarket(text: string, file: string): Result<Market, MarketProblem> {
  const reader = readMarketDocument(text, file);
  const market = reader.root === null ? undefined : readMarket(reader, reader.root);
  if (market === undefined || reader.problems.length > 0) return failure(...inOrder(reader.problems));
  return success(market);
}

/** A market in which nothing is declared. */
export function emptyMarket(): Market {
  return { instruments: new Map(), universes: new Map(), portfolios: new Map(), moves: [], closures: [] };
}

function inOrder(problems: readonly MarketProblem[]): readonly MarketProblem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

function readMarket(reader: MarketReader, root: Node): Market {
  const nodes = new Map(reader.entries(root, 'the market', SECTIONS).map(({ key, value }) => [key, value]));
  const section = (name: string): Node | null => nodes.get(name) ?? null;
  const mentions: Mention[] = [];
  const taken = new Map([['member', 'the word for each member of a universe']]);
  const declared = <Value>(name: string, what: string, read: (entry: Entry) => Value): Map<string, Value> => {
    const values = new Map<string, Value>();
    for (const entry of reader.entries(section(name), name, null)) {
      if (takeName(reader, entry, { taken, what })) values.set(entry.key, read(entry));
    }
    return values;
  };
  const instruments = declared('instruments', 'an instrument', (entry) => readInstrument(reader, entry));
  const universes = declared('universes', 'a universe', (entry) => readUniverse(reader, entry, mentions));
  const portfolios = declared('portfolios', 'a portfolio', (entry) => readPortfolio(reader, entry, mentions));
  const closures = reader
    .items(section('closures'), 'closures')
    .map((node) => reader.date(node, 'a closure'))
    .filter((date) => date !== undefined);
  const calendar = createCalendar(closures);
  const moves = reader
    .items(section('moves'), 'moves')
    .map((node) => readMove(reader, node, { mentions, calendar }))
    .filter((move) => move !== undefined);
  checkMentions(reader, mentions, taken);
  return { instruments: withMembers(instruments, universes), universes, portfolios, moves, closures };
}

interface Names {
  /** Every name declared so far, and what it names. */
  readonly taken: Map<string, string>;
  readonly what: string;
}

/** Whether a name is free and well formed; reports otherwise. Instruments, universes and portfolios share their names. */
function takeName(reader: MarketReader, { key, keyNode }: Entry, { taken, what }: Names): boolean {
  const holder = taken.get(key);
  if (holder !== undefined) {
    reader.report(keyNode, 'name-taken', `${key} cannot name ${what}: it is ${holder}`);
    return false;
  }
  if (!isInstrumentName(key)) {
    reader.report(keyNode, 'bad-name', `${JSON.stringify(key)} cannot name ${what}`);
    return false;
  }
  taken.set(key, what);
  return true;
}

/** An instrument may be mentioned without being declared: a folder of data may bring it. */
function checkMentions(
  reader: MarketReader,
  mentions: readonly Mention[],
  taken: ReadonlyMap<string, string>,
): void {
  for (const { node, name } of mentions) {
    const holder = taken.get(name);
    if (holder !== undefined && holder !== 'an instrument') {
      reader.report(node, 'no-instrument', `${name} must be an instrument, but it is ${holder}`);
    } else if (!isInstrumentName(name)) {
      reader.report(node, 'bad-name', `${JSON.stringify(name)} cannot name an instrument`);
    }
  }
}

function withMembers(
  declared: ReadonlyMap<string, Instrument>,
  universes: ReadonlyMap<string, Universe>,
): ReadonlyMap<string, Instrument> {
  const instruments = new Map(declared);
  for (const { members } of universes.values()) {
    for (const member of members ?? []) {
      const known = instruments.get(member);
      instruments.set(member, known === undefined ? pricedInstrument(member) : asPriced(known));
    }
  }
  return instruments;
}
