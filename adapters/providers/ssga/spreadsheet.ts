import { unzipSync } from 'fflate';
import { readMarkup } from './markup.ts';

/** A cell's text or number by column letters, row by row; rows and columns that are empty are left out. */
export type SheetRow = ReadonlyMap<string, string>;

export type SpreadsheetReading =
  | { readonly rows: readonly SheetRow[] }
  | { readonly fault: 'cut' | 'unreadable' };

/** Inflated, a sheet of holdings has half a megabyte; more than this is an attack on memory. */
const LARGEST_PART = 20 * 1024 * 1024;
/** Packed, the whole file has 54 kB; a part may lie about what it inflates to, and at most a thousandfold. */
const LARGEST_PACKED = 256 * 1024;
const SHEET = 'xl/worksheets/sheet1.xml';
const STRINGS = 'xl/sharedStrings.xml';
const MOST_ROWS = 20_000;
const MOST_CELLS = 64;
const END_OF_ZIP = [0x50, 0x4b, 0x05, 0x06];

/** Whether bytes begin as a zip file does. */
export function isZip(body: Uint8Array): boolean {
  return body[0] === 0x50 && body[1] === 0x4b && body[2] === 0x03 && body[3] === 0x04;
}

/** Reads the first sheet of an Office Open XML spreadsheet; cells are placed by their reference, never by their order. */
export function readSpreadsheet(body: Uint8Array): SpreadsheetReading {
  if (!hasEnd(body)) return { fault: 'cut' };
  try {
    const parts = unzipSync(body, {
      filter: ({ name, size, originalSize }) =>
        (name === SHEET || name === STRINGS) && size <= LARGEST_PACKED && originalSize <= LARGEST_PART,
    });
    const sheet = parts[SHEET];
    if (sheet === undefined) return { fault: 'unreadable' };
    const strings = parts[STRINGS];
    const table = strings === undefined ? [] : readStrings(textOf(strings));
    const rows = table === null ? null : readSheet(textOf(sheet), table);
    return rows === null ? { fault: 'cut' } : { rows };
  } catch {
    return { fault: 'unreadable' };
  }
}

function hasEnd(body: Uint8Array): boolean {
  const from = Math.max(0, body.length - 65_557);
  for (let at = body.length - 22; at >= from; at -= 1) {
    if (END_OF_ZIP.every((byte, index) => body[at + index] === byte)) return true;
  }
  return false;
}

function textOf(part: Uint8Array): string {
  return new TextDecoder().decode(part);
}

/** Element names without their namespace prefix. */
function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** The strings cells point to; runs of formatting are joined, phonetic hints left out. Null where the end is missing. */
function readStrings(xml: string): readonly string[] | null {
  const strings: string[] = [];
  let cut = false;
  let text = '';
  let inText = false;
  let phonetic = false;
  readMarkup(xml, 'xml', {
    open(tag) {
      const name = localName(tag);
      if (name === 'si') text = '';
      if (name === 'rPh') phonetic = true;
      inText = name === 't' && !phonetic;
    },
    say(part) {
      if (inText) text += part;
    },
    close(tag, by) {
      const name = localName(tag);
      cut ||= by === 'end';
      if (name === 'si') strings.push(text);
      if (name === 'rPh') phonetic = false;
      if (name === 't') inText = false;
    },
  });
  return cut ? null : strings;
}

/** The rows of a sheet, without what is in no cell; null where the end is missing. */
function readSheet(xml: string, strings: readonly string[]): readonly SheetRow[] | null {
  let cut = false;
  const rows: SheetRow[] = [];
  let row = new Map<string, string>();
  let cell = { column: '', type: 'n', text: '' };
  let inValue = false;
  readMarkup(xml, 'xml', {
    open(tag, attributes) {
      const name = localName(tag);
      if (name === 'row') row = new Map();
      if (name === 'c') {
        const column = /^([A-Z]{1,3})\d+$/.exec(attributes['r'] ?? '')?.[1] ?? '';
        cell = { column, type: attributes['t'] ?? 'n', text: '' };
      }
      inValue = name === 'v' || name === 't';
    },
    say(part) {
      if (inValue) cell.text += part;
    },
    close(tag, by) {
      const name = localName(tag);
      cut ||= by === 'end';
      if (name === 'v' || name === 't') inValue = false;
      if (name === 'c' && by === 'tag' && cell.column !== '' && row.size < MOST_CELLS) {
        const text = cell.type === 's' ? stringAt(strings, cell.text) : cell.text;
        if (text.trim() !== '') row.set(cell.column, text.trim());
      }
      if (name === 'row' && row.size > 0 && rows.length < MOST_ROWS) rows.push(row);
    },
  });
  return cut ? null : rows;
}

/** The string a cell points to; empty where it points to none. */
function stringAt(strings: readonly string[], place: string): string {
  return /^\s*\d{1,7}\s*$/.test(place) ? (strings[Number(place)] ?? '') : '';
}
