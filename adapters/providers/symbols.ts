/**
 * Symbols as providers spell them. Canonical is the class share with a dot (`BRK.B`); a rule says how each provider
 * writes it, and a provider that follows no rule gets a table.
 */
const SYMBOL = /^(?:\^[A-Z0-9]{1,8}|[A-Za-z0-9]{1,8}(?:\.[A-Za-z]{1,3})?)$/;
const CLASS_SHARE = /^([A-Z]{1,6})[-/]([A-Z])$/;

/** Whether a text can be a canonical symbol. */
export function isSymbol(text: string): boolean {
  return SYMBOL.test(text);
}

/** The canonical spelling of a symbol written with a dash or a slash for its class. */
export function canonicalSymbol(text: string): string {
  const [, root, share] = CLASS_SHARE.exec(text) ?? [];
  return root !== undefined && share !== undefined ? `${root}.${share}` : text;
}

/** A canonical symbol with a dash for its class, as Tiingo and Yahoo write it. */
export function dashedSymbol(symbol: string): string {
  return symbol.replace(/^([A-Z]{1,6})\.([A-Z])$/, '$1-$2');
}
