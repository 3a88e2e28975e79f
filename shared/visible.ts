/**
 * What nobody sees on a page: controls, marks that turn the direction of what follows, characters of no width, halves of a
 * pair. Line breaks and tabs lay a text out, and two marks choose between the looks of a sign: they are none of these.
 */
const UNSEEN = /(?![\n\r\t]|\uFE0E|\uFE0F)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]/u;

/** The first character of a text that nobody would see, as `U+202E`; null where there is none. */
export function firstUnseen(text: string): string | null {
  const [found] = UNSEEN.exec(text) ?? [];
  return found === undefined ? null : codePoint(found);
}

/** A character as `U+0007`. */
export function codePoint(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `U+${hex}`;
}
