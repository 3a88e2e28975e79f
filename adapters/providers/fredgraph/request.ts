import type { Access } from '../access.ts';
import type { ProviderRequest } from '../answer.ts';

/** Asks for columns of series from a day on; needs no key. */
export function fredgraphRequest(
  { series, from }: { readonly series: readonly string[]; readonly from: string },
  { address, headers }: Access,
): ProviderRequest {
  return { url: `${address}/graph/fredgraph.csv?id=${series.join(',')}&cosd=${from}`, headers };
}
