import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readSpreadsheet } from '../../../../adapters/providers/ssga/spreadsheet.ts';

const SHEET = 'xl/worksheets/sheet1.xml';
const STRINGS = 'xl/sharedStrings.xml';

/** A sheet of one row with these cells, as written. */
function sheet(...cells: readonly string[]): string {
  return `<worksheet><sheetData><row r="1">${cells.join('')}</row></sheetData></worksheet>`;
}

/** What is read of a file of these parts. */
function read(parts: Readonly<Record<string, string | Uint8Array>>) {
  const packed = Object.entries(parts).map(
    ([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part] as const,
  );
  const reading = readSpreadsheet(zipSync(Object.fromEntries(packed)));
  return 'rows' in reading ? reading.rows.map((row) => Object.fromEntries(row)) : reading.fault;
}

describe('shared strings', () => {
  const pointing = sheet('<c r="A1" t="s"><v>0</v></c>', '<c r="B1" t="s"><v>1</v></c>');

  it.each([
    ['plain', '<sst count="2"><si><t>Name</t></si><si><t>NVDA</t></si></sst>'],
    [
      'with runs of formatting',
      '<sst><si><r><t>Na</t></r><r><rPr/><t>me</t></r></si><si><t>NVDA</t></si></sst>',
    ],
    [
      'with phonetic hints',
      '<sst><si><t>Name</t><rPh sb="0" eb="1"><t>naym</t></rPh></si><si><t>NVDA</t><phoneticPr/></si></sst>',
    ],
    ['that keep their spaces', '<sst><si><t xml:space="preserve"> Name </t></si><si><t>NVDA</t></si></sst>'],
    ['with a prefix', '<x:sst xmlns:x="s"><x:si><x:t>Name</x:t></x:si><x:si><x:t>NVDA</x:t></x:si></x:sst>'],
    ['with references', '<sst><si><t>&#78;ame</t></si><si><t><![CDATA[NVDA]]></t></si></sst>'],
  ])('are found by their place: %s', (_what, strings) => {
    expect(read({ [STRINGS]: strings, [SHEET]: pointing })).toEqual([{ A: 'Name', B: 'NVDA' }]);
  });

  it('that are empty keep their place', () => {
    expect(read({ [STRINGS]: '<sst><si/><si><t>NVDA</t></si></sst>', [SHEET]: pointing })).toEqual([
      { B: 'NVDA' },
    ]);
  });

  it.each(['', ' ', '2', '-1', '1.5', '1e0', 'x'])('are not found at %j', (place) => {
    const strings = '<sst><si><t>Name</t></si><si><t>NVDA</t></si></sst>';
    const odd = sheet(`<c r="A1" t="s"><v>${place}</v></c>`, '<c r="B1"><v>7.5</v></c>');
    expect(read({ [STRINGS]: strings, [SHEET]: odd })).toEqual([{ B: '7.5' }]);
  });

  it('may be missing where cells bring their own', () => {
    const own = sheet(
      '<c r="C1" t="inlineStr"><is><r><t>NV</t></r><r><t>DA</t></r></is></c>',
      '<c r="A1" t="str"><f>A2</f><v>Name</v></c>',
      '<c r="B1"/>',
      '<c r="E1"><v>7.857</v></c>',
    );
    expect(read({ [SHEET]: own })).toEqual([{ C: 'NVDA', A: 'Name', E: '7.857' }]);
    expect(read({ [SHEET]: pointing })).toEqual([]);
  });
});

describe('a file', () => {
  it('with a part that ends before what it began is cut', () => {
    const whole = sheet('<c r="A1"><v>7.857</v></c>');
    for (const length of [whole.length - 1, whole.length - 30, 40]) {
      expect(read({ [SHEET]: whole.slice(0, length) })).toBe('cut');
    }
    expect(read({ [SHEET]: whole, [STRINGS]: '<sst><si><t>Name</t>' })).toBe('cut');
  });

  it('that would fill memory is not inflated, also where it lies about its size', () => {
    const filling = Uint8Array.from({ length: 21 * 1024 * 1024 }, (_, at) =>
      at % 41 === 0 ? (at * at) % 251 : 0,
    );
    const bomb = zipSync({ [SHEET]: filling }, { level: 1 });
    expect(bomb.length).toBeGreaterThan(300_000);
    expect(readSpreadsheet(bomb)).toEqual({ fault: 'unreadable' });
    const view = new DataView(bomb.buffer, bomb.byteOffset);
    const central = view.getUint32(bomb.length - 6, true);
    expect(view.getUint32(central, true)).toBe(0x02014b50);
    view.setUint32(central + 24, 1000, true);
    expect(readSpreadsheet(bomb)).toEqual({ fault: 'unreadable' });
    const strings = zipSync({ [SHEET]: strToU8(sheet()), [STRINGS]: new Uint8Array(21 * 1024 * 1024) });
    expect(readSpreadsheet(strings)).toEqual({ rows: [] });
  });

  it('that lies about the size of a part is cut', () => {
    const liar = zipSync({ [SHEET]: strToU8(sheet('<c r="A1"><v>7.857</v></c>')) });
    const view = new DataView(liar.buffer, liar.byteOffset);
    view.setUint32(view.getUint32(liar.length - 6, true) + 24, 50, true);
    expect(readSpreadsheet(liar)).toEqual({ fault: 'cut' });
  });
});
