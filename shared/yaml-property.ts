/** What stands before a value in YAML, an anchor or a tag. */
export type YamlProperty = '&' | '!';

const BEFORE_PROPERTY = /[\s,[{]/;

/**
 * Where the anchor or the tag of a value is written, as an offset into the text; the value itself may begin lines below.
 * `valueOffset` is where the value begins, and the answer where no such property stands before it.
 */
export function propertyOffset(text: string, valueOffset: number, property: YamlProperty): number {
  let at = valueOffset === 0 ? -1 : text.lastIndexOf(property, valueOffset - 1);
  if (at < 0) return valueOffset;
  // A tag may hold the sign again, as in `!!str`.
  while (at > 0 && !BEFORE_PROPERTY.test(text.charAt(at - 1))) at -= 1;
  return at;
}
