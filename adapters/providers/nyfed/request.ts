import type { Access } from '../access.ts';
import type { ProviderRequest } from '../answer.ts';

/** Asks for the effective rate and the target range beside it, between two days; needs no key. */
export function nyFedRequest(
  { from, to }: { readonly from: string; readonly to: string },
  { address, headers }: Access,
): ProviderRequest {
  const query = new URLSearchParams({ startDate: from, endDate: to });
  return { url: `${address}/api/rates/unsecured/effr/search.json?${query.toString()}`, headers };
}
