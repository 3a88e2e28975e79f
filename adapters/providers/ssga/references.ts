/** References by name that a figure, a date or a title is written with; XML knows the first five. */
const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', '\u00a0'],
  ['ndash', '\u2013'],
  ['mdash', '\u2014'],
  ['minus', '\u2212'],
  ['sol', '/'],
  ['period', '.'],
  ['comma', ','],
  ['percnt', '%'],
]);
const REFERENCE = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-z]{2,6}));/g;

/**
 * Puts the characters that references such as `&amp;` and `&#160;` stand for in their place; a reference that is not
 * known stays as it is written.
 */
export function resolveReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(
    REFERENCE,
    (written: string, decimal: string | undefined, hex: string | undefined, name = '') => {
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return Number.isNaN(code) ? (NAMED.get(name) ?? written) : characterOf(code);
    },
  );
}

/** As in HTML, what is no character becomes the replacement character. */
function characterOf(code: number): string {
  const none = code === 0 || code > 0x10_ff_ff || (code >= 0xd8_00 && code <= 0xdf_ff);
  return none ? '\ufffd' : String.fromCodePoint(code);
}
