import type { Calendar } from '../../../shared/calendar/calendar.ts';
import type { ObservationSource, SourceAnswer, SourceTerms } from '../../../shared/ports/source.ts';
import type { Access } from '../access.ts';
import type { AcceptedValue, ProviderAnswer } from '../answer.ts';
import { ask, type Line } from '../ask.ts';
import { ssgaRequest, type SsgaNeed } from '../ssga/request.ts';
import { answerOf } from './batch.ts';
import { gather } from './price-leg.ts';

/** What the source of funds' figures stands on. */
export interface FundGround {
  readonly line: Line;
  readonly access: Access;
  readonly calendar: Calendar;
}

/** Sessions the two forward P/Es may lie apart, to be of one time. */
const APART = 5;

/**
 * What State Street publishes of its funds: the weight of the ten largest, who belongs to the index, and the forward P/E
 * of both indices on one basis, which come together or not at all.
 */
export function fundProvider(ground: FundGround, terms: SourceTerms): ObservationSource {
  return {
    name: 'ssga',
    terms,
    async fetch({ levels = [] }): Promise<SourceAnswer> {
      const holdings = await asked(ground, { ticker: 'SPY', what: 'holdings' });
      const pages: ProviderAnswer[] = [];
      if (levels.some((id) => id.endsWith('.forward_pe'))) {
        pages.push(await asked(ground, { ticker: 'SPY', what: 'page' }));
        pages.push(await asked(ground, { ticker: 'SPSM', what: 'page' }));
      }
      const multiples = pages.flatMap(({ accepted }) => accepted);
      const paired = arePaired(multiples, ground.calendar);
      const accepted = [...holdings.accepted, ...(paired ? multiples : [])];
      const answer = answerOf('ssga', { ...gather([holdings, ...pages]), accepted });
      const { members } = holdings;
      const alone = 'ssga: forward P/E is not taken: both indices must be quoted within a week';
      return {
        ...answer,
        findings: pages.length > 0 && !paired ? [...answer.findings, alone] : answer.findings,
        ...(members === undefined ? {} : { members: [members] }),
      };
    },
    async stored() {},
  };
}

async function asked({ line, access, calendar }: FundGround, need: SsgaNeed): Promise<ProviderAnswer> {
  const request = ssgaRequest(need, access);
  return await ask(line, access, { request, symbols: [need.ticker], calendar });
}

function arePaired([first, second]: readonly AcceptedValue[], calendar: Calendar): boolean {
  if (first === undefined || second === undefined) return false;
  const [from = '', to = ''] = [first.session, second.session].toSorted((a, b) => (a < b ? -1 : 1));
  return calendar.range(from, to).length <= APART + 1;
}
