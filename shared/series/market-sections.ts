import { isScalar, type Node } from 'yaml';
import type { Calendar } from '../calendar/calendar.ts';
import { firstUnseen } from '../visible.ts';
import { PRICED_FIELDS } from './declare.ts';
import type { Field, FieldUnit, Instrument, Kind, KnownMove, Portfolio, Universe } from './market.ts';
import type { Entry, MarketReader } from './market-document.ts';

/** A place at which an instrument is named but not declared. */
export interface Mention {
  readonly node: Node;
  readonly name: string;
}

const KINDS: readonly Kind[] = ['price', 'level', 'event'];
const UNITS: readonly FieldUnit[] = ['price', 'ratio', 'multiple', 'percent', 'bp', 'number'];
const FIELD_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** Words a CSV file uses for columns that are no fields. */
const COLUMN_WORDS = ['date', 'symbol', 'known'];
const DEFAULT_COVERAGE = 0.95;
const PERCENT = /^(\d+(?:\.\d+)?)%$/;

/** An instrument; one that declares no field of kind price, but others, has just these. */
export function readInstrument(reader: MarketReader, entry: Entry): Instrument {
  const parts = partsOf(reader, entry, ['name', 'stands_for', 'fields']);
  const fields = new Map<string, Field>();
  for (const field of reader.entries(parts.get('fields') ?? null, `the fields of ${entry.key}`, null)) {
    const found = readField(reader, field, `${entry.key}.${field.key}`);
    if (found !== undefined) fields.set(field.key, found);
  }
  const priced = fields.size === 0 || [...fields.values()].some(({ kind }) => kind === 'price');
  return {
    id: entry.key,
    name: optionalText(reader, parts.get('name'), 'a name') ?? entry.key,
    standsFor: optionalText(reader, parts.get('stands_for'), 'stands_for') ?? null,
    fields: priced ? new Map([...PRICED_FIELDS, ...fields]) : fields,
  };
}

/** A universe; its coverage is a share of its members. */
export function readUniverse(reader: MarketReader, entry: Entry, mentions: Mention[]): Universe {
  const parts = partsOf(reader, entry, ['name', 'members', 'coverage']);
  const coverage = parts.get('coverage');
  return {
    id: entry.key,
    name: optionalText(reader, parts.get('name'), 'a name') ?? entry.key,
    members: readMembers(reader, { entry, node: parts.get('members') ?? null, mentions }),
    coverage: coverage === undefined ? DEFAULT_COVERAGE : readShare(reader, coverage),
  };
}

/** A portfolio: shares held on a date. */
export function readPortfolio(reader: MarketReader, entry: Entry, mentions: Mention[]): Portfolio {
  const parts = partsOf(reader, entry, ['as_of', 'holdings']);
  const asOf = parts.get('as_of');
  if (asOf === undefined)
    reportMissing(reader, entry.keyNode, `${entry.key} needs as_of, the date of its shares`);
  const holdings = new Map<string, number>();
  const held = reader.entries(parts.get('holdings') ?? null, `the holdings of ${entry.key}`, null);
  for (const { key, keyNode, value } of held) {
    mentions.push({ node: keyNode, name: key });
    const shares = value === null ? undefined : reader.number(value, `the shares of ${key}`);
    if (value === null) reportMissing(reader, keyNode, `${key} needs a number of shares`);
    else if (shares !== undefined && shares <= 0) {
      reader.report(value, 'bad-value', `the shares of ${key} must be above zero, found ${shares}`);
    } else if (shares !== undefined) holdings.set(key, shares);
  }
  if (held.length === 0) reportMissing(reader, entry.keyNode, `${entry.key} needs holdings`);
  return { id: entry.key, asOf: (asOf && reader.date(asOf, 'as_of')) ?? '', holdings };
}

/** A listed move; undefined once reported. */
export function readMove(
  reader: MarketReader,
  node: Node,
  { mentions, calendar }: { mentions: Mention[]; calendar: Calendar },
): KnownMove | undefined {
  const entries = reader.entries(node, 'a move', ['instrument', 'session']);
  const parts = new Map(entries.map(({ key, value }) => [key, value]));
  const named = parts.get('instrument') ?? undefined;
  const dated = parts.get('session') ?? undefined;
  if (named === undefined || dated === undefined) {
    reportMissing(reader, node, 'a move needs both instrument and session');
    return undefined;
  }
  const instrument = reader.text(named, 'the instrument of a move');
  const session = reader.date(dated, 'the session of a move');
  if (instrument === undefined || session === undefined) return undefined;
  mentions.push({ node: named, name: instrument });
  if (!calendar.covers(session) || calendar.ordinal(session) === undefined) {
    reader.report(dated, 'no-session', `${session} is no session, so no close can have moved on it`);
    return undefined;
  }
  return { instrument, session };
}

function readField(reader: MarketReader, entry: Entry, what: string): Field | undefined {
  if (!FIELD_NAME.test(entry.key) || COLUMN_WORDS.includes(entry.key)) {
    reader.report(entry.keyNode, 'bad-name', `${JSON.stringify(entry.key)} cannot name a field`);
    return undefined;
  }
  const parts = partsOf(reader, entry, ['kind', 'unit', 'stale_after']);
  const usual = PRICED_FIELDS.get(entry.key);
  const kindNode = parts.get('kind');
  const unitNode = parts.get('unit');
  const staleNode = parts.get('stale_after');
  const read = kindNode && reader.word(kindNode, `the kind of ${what}`, KINDS);
  const kind = read ?? 'price';
  const unit = (unitNode && reader.word(unitNode, `the unit of ${what}`, UNITS)) ?? usual?.unit ?? 'price';
  if (usual !== undefined && kind !== 'price' && kindNode !== undefined) {
    reader.report(kindNode, 'bad-value', `${what} is always of kind price, found ${kind}`);
  }
  if (staleNode === undefined) return { kind, unit, staleAfter: null };
  if (kind !== 'level' && (kindNode === undefined || read !== undefined)) {
    reader.report(staleNode, 'bad-value', `stale_after is for levels: ${what} is of kind ${kind}`);
  }
  return { kind, unit, staleAfter: readSessions(reader, staleNode) };
}

function readSessions(reader: MarketReader, node: Node): number | null {
  const sessions = reader.number(node, 'stale_after');
  if (sessions === undefined) return null;
  if (Number.isInteger(sessions) && sessions >= 0) return sessions;
  reader.report(node, 'bad-value', `stale_after must be a whole number of sessions, found ${sessions}`);
  return null;
}

interface MembersPlace {
  readonly entry: Entry;
  readonly node: Node | null;
  readonly mentions: Mention[];
}

function readMembers(
  reader: MarketReader,
  { entry, node, mentions }: MembersPlace,
): readonly string[] | null {
  if (node !== null && isScalar(node) && node.value === 'dated') return null;
  const what = `the members of ${entry.key} (or the word dated)`;
  const items = reader.items(node, what);
  const members = new Set<string>();
  for (const item of items) {
    const name = reader.text(item, 'a member');
    if (name === undefined) continue;
    if (members.has(name)) {
      reader.report(item, 'duplicate-member', `${name} stands twice among the members of ${entry.key}`);
    }
    members.add(name);
    mentions.push({ node: item, name });
  }
  if (node === null)
    reportMissing(reader, entry.keyNode, `${entry.key} needs members: a list, or the word dated`);
  return [...members];
}

function readShare(reader: MarketReader, node: Node): number {
  const value = isScalar(node) ? node.value : undefined;
  const percent = typeof value === 'string' ? PERCENT.exec(value)?.[1] : undefined;
  const share = percent === undefined ? value : Number(percent) / 100;
  if (typeof share === 'number' && share >= 0 && share <= 1) return share;
  reader.report(node, 'bad-value', 'coverage must be a share from 0% to 100%, such as 95%');
  return DEFAULT_COVERAGE;
}

function partsOf(reader: MarketReader, entry: Entry, keys: readonly string[]): ReadonlyMap<string, Node> {
  const parts = new Map<string, Node>();
  for (const { key, value } of reader.entries(entry.value, entry.key, keys)) {
    if (value !== null) parts.set(key, value);
  }
  return parts;
}

function optionalText(reader: MarketReader, node: Node | undefined, what: string): string | undefined {
  const text = node === undefined ? undefined : reader.text(node, what);
  const unseen = text === undefined ? null : firstUnseen(text);
  if (node !== undefined && unseen !== null)
    reader.report(node, 'unseen', `${what} must be text that can be seen, found ${unseen} in it`);
  return text;
}

function reportMissing(reader: MarketReader, node: Node, message: string): void {
  reader.report(node, 'missing-key', message);
}
