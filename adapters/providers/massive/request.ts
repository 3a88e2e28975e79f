import type { Session } from '../../../shared/calendar/calendar.ts';
import type { Access } from '../access.ts';
import type { ProviderRequest } from '../answer.ts';

/** Asks for every stock and fund on one session, as traded: by default closes come on a later split's basis. */
export function massiveRequest(session: Session, { address, headers }: Access): ProviderRequest {
  const query = new URLSearchParams({ adjusted: 'false', include_otc: 'false' });
  return {
    url: `${address}/v2/aggs/grouped/locale/us/market/stocks/${session}?${query.toString()}`,
    headers,
  };
}
