import type { Access } from '../access.ts';
import type { ProviderRequest } from '../answer.ts';

export interface FredNeed {
  readonly series: string;
  /** `YYYY-MM-DD`, any day. */
  readonly from: string;
}

/** Asks for one series' observations; FRED takes the key in the address only. */
export function fredRequest({ series, from }: FredNeed, access: Access): ProviderRequest {
  const query = new URLSearchParams({
    series_id: series,
    api_key: access.queryKey ?? '',
    file_type: 'json',
    sort_order: 'asc',
    observation_start: from,
  });
  return { url: `${access.address}/fred/series/observations?${query.toString()}`, headers: access.headers };
}
