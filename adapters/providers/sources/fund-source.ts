import type { Calendar } from '../../../shared/calendar/calendar.ts';
import type { ObservationSource, SourceAnswer } from '../../../shared/ports/source.ts';
import type { MembershipSpan } from '../../../shared/series/archive.ts';
import type { Access } from '../access.ts';
import type { AcceptedValue, ProviderAnswer } from '../answer.ts';
import { ask, type Line } from '../ask.ts';
import { ssgaRequest, type SsgaNeed } from '../ssga/request.ts';
import { batchOf, findingsOf } from './batch.ts';
import { applyMembers } from './membership.ts';
import { gather } from './price-leg.ts';

/** What the source of funds' figures stands on. */
export interface FundGround {
  readonly line: Line;
  readonly access: Access;
  readonly calendar: Calendar;
  /** Universes whose dated members are wanted. */
  readonly universes: readonly string[];
  /** Membership as it is stored. */
  readonly memberships: () => Promise<readonly MembershipSpan[]>;
}

/** Sessions the two forward P/Es may lie apart, to be of one time. */
const APART = 5;

/**
 * What State Street publishes of its funds: the weight of the ten largest, who belongs to the index, and the forward P/E
 * of both indices on one basis, which come together or not at all.
 */
export function fundSource(ground: FundGround): ObservationSource {
  return {
    name: 'funds (State Street)',
    async fetch(): Promise<SourceAnswer> {
      const holdings = await asked(ground, { ticker: 'SPY', what: 'holdings' });
      const pages = [
        await asked(ground, { ticker: 'SPY', what: 'page' }),
        await asked(ground, { ticker: 'SPSM', what: 'page' }),
      ];
      const gathered = gather([holdings, ...pages]);
      const findings = findingsOf('ssga', gathered);
      const multiples = pages.flatMap(({ accepted }) => accepted);
      const paired = arePaired(multiples, ground.calendar);
      if (!paired) findings.push('ssga: forward P/E is not taken: both indices must be quoted within a week');
      const { members } = holdings;
      const wanted = members !== undefined && ground.universes.includes(members.universe);
      const change = wanted ? applyMembers(await ground.memberships(), members) : null;
      if (change?.kind === 'implausible') {
        findings.push(
          `ssga: ${change.gone} members are gone at once from ${members?.universe}: the list is not taken`,
        );
      }
      const spans = change?.kind === 'changed' ? change.spans : [];
      const values = [...holdings.accepted, ...(paired ? multiples : [])];
      const empty = values.length === 0 && spans.length === 0;
      return { batches: empty ? [] : [batchOf(values, 'ssga', spans)], findings };
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
  const [from, to] = [first.session, second.session].toSorted((a, b) => (a < b ? -1 : 1));
  return calendar.range(from ?? '', to ?? '').length <= APART + 1;
}
