/** What publishers call themselves, by the ids that are stored; two doors of one publisher have one name. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['alpaca', 'Alpaca'],
  ['tiingo', 'Tiingo'],
  ['massive', 'Massive'],
  ['fred', 'FRED'],
  ['fredgraph', 'FRED'],
  ['nyfed', 'New York Fed'],
  ['ssga', 'State Street (SSGA)'],
  ['yahoo', 'Yahoo'],
]);

/** What readers call a source, by its id; one that is no publisher is called what it is stored as. */
export function sourceName(id: string): string {
  return NAMES.get(id) ?? id;
}
