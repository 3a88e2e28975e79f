/** What a character outside the channel's alphabet becomes; anything else turns into `?`. */
const REPLACEMENTS: Readonly<Record<string, string>> = {
  '\u00d7': 'x',
  '\u2013': '-',
  '\u2014': '-',
  '\u2212': '-',
  '\u2018': "'",
  '\u2019': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u2026': '...',
  '\u2265': '>=',
  '\u2264': '<=',
  '\u20ac': 'EUR ',
  '\u00a3': 'GBP ',
};

/** Printable ASCII only: accents are dropped, line breaks and tabs become spaces, the rest a question mark. */
export function toAscii(text: string): string {
  return [...text.replaceAll(/\s+/g, ' ')]
    .map((character) => REPLACEMENTS[character] ?? character.normalize('NFD').replaceAll(/\p{M}/gu, ''))
    .join('')
    .replaceAll(/[^\u0020-\u007e]/gu, '?')
    .trim();
}

/** ASCII characters that GSM 03.38 lacks, or has only as two. */
const BEYOND_GSM: Readonly<Record<string, string>> = {
  '[': '(',
  ']': ')',
  '{': '(',
  '}': ')',
  '~': '-',
  '|': '/',
  '\\': '/',
  '^': '',
  '`': "'",
};

/** Only characters that take one place in the GSM 03.38 alphabet; accents are dropped. */
export function toGsm(text: string): string {
  return [...toAscii(text)].map((character) => BEYOND_GSM[character] ?? character).join('');
}

/** Cuts a text to a length at the end of a word and marks the cut with `...`; a longer first word is cut within. */
export function cutAtWord(text: string, length: number): string {
  if (text.length <= length) return text;
  if (length <= 3) return text.slice(0, Math.max(0, length));
  const kept = text.slice(0, length - 3);
  const space = text[length - 3] === ' ' ? kept.length : kept.lastIndexOf(' ');
  return `${(space > 0 ? kept.slice(0, space) : kept).replace(/[\s,;:.(]+$/, '')}...`;
}

/** Joins as many pieces as fit, in order; one that does not fit is left out, and only the first is ever cut. */
export function joinFitting(pieces: readonly string[], length: number): string {
  const [first = '', ...others] = pieces;
  let joined = cutAtWord(first, length);
  for (const piece of others) {
    if (joined.length + piece.length <= length) joined += piece;
  }
  return joined;
}
