import type { Calendar, Instant } from '../../../shared/calendar/calendar.ts';
import type { ObservationSource, SourceAnswer } from '../../../shared/ports/source.ts';
import type { Access } from '../access.ts';
import type { AcceptedValue, ProviderAnswer, ProviderName } from '../answer.ts';
import { ask, type Line } from '../ask.ts';
import { fredRequest } from '../fred/request.ts';
import { fredgraphRequest } from '../fredgraph/request.ts';
import { newYorkDate } from '../new-york-date.ts';
import { nyFedRequest } from '../nyfed/request.ts';
import { TARGET_SERIES } from '../policy-rate.ts';
import { batchOf, findingsOf } from './batch.ts';
import { fomcDecisions } from './fomc.ts';
import { gather, type LegAnswer } from './price-leg.ts';

/** What the source of the policy rate stands on. */
export interface RateGround {
  readonly line: Line;
  readonly access: ReadonlyMap<ProviderName, Access>;
  readonly calendar: Calendar;
}

const DAY_MS = 86_400_000;
const LOOK_BACK_DAYS = 40;
const SAME = 0.001;

/**
 * The range of the policy rate and what each meeting decided: from FRED, without its key or without an answer from its
 * table for everybody, compared with the New York Fed, which stands in where both fail. Where the two publishers differ,
 * that day and all after it are held: neither is stored.
 */
export function rateSource(ground: RateGround): ObservationSource {
  return {
    name: 'policy rate (FRED, New York Fed)',
    async fetch({ needs, now }): Promise<SourceAnswer> {
      const recent = newYorkDate(now - LOOK_BACK_DAYS * DAY_MS) ?? '';
      const [{ session: oldest } = { session: recent }] = needs;
      const from = oldest < recent ? oldest : recent;
      const findings: string[] = [];
      const first = await firstOf(ground, from, findings);
      const second = await fromNyFed(ground, { from, now });
      findings.push(...findingsOf('nyfed', second));
      const chosen = first ?? { provider: 'nyfed', values: second.accepted };
      const { agreed, disputed } = compare(chosen.values, second.accepted);
      if (disputed !== null) {
        findings.push(
          `${chosen.provider}: the New York Fed differs on ${disputed}: nothing is taken from then on`,
        );
      }
      const values = [...agreed, ...fomcDecisions(agreed)];
      return { batches: values.length === 0 ? [] : [batchOf(values, chosen.provider)], findings };
    },
    async stored() {},
  };
}

interface Chosen {
  readonly provider: ProviderName;
  readonly values: readonly AcceptedValue[];
}

/** The first route that gives both bounds. */
async function firstOf(ground: RateGround, from: string, findings: string[]): Promise<Chosen | null> {
  for (const provider of ['fred', 'fredgraph'] as const) {
    const answer = await fromFred(ground, provider, from);
    if (answer === null) continue;
    findings.push(...findingsOf(provider, answer));
    const fields = new Set(answer.accepted.map(({ field }) => field));
    if (fields.size === TARGET_SERIES.size) return { provider, values: answer.accepted };
  }
  return null;
}

async function fromFred(
  { line, access, calendar }: RateGround,
  provider: 'fred' | 'fredgraph',
  from: string,
): Promise<LegAnswer | null> {
  const reached = access.get(provider);
  if (reached === undefined) return null;
  const series = [...TARGET_SERIES.keys()];
  if (provider === 'fredgraph') {
    const request = fredgraphRequest({ series, from }, reached);
    return gather([await ask(line, reached, { request, symbols: series, calendar })]);
  }
  const answers: ProviderAnswer[] = [];
  for (const symbol of series) {
    const request = fredRequest({ series: symbol, from }, reached);
    const answer = await ask(line, reached, { request, symbols: [symbol], calendar });
    answers.push(answer);
    if (answer.kind !== 'ok') break;
  }
  return gather(answers);
}

async function fromNyFed(
  { line, access, calendar }: RateGround,
  { from, now }: { readonly from: string; readonly now: Instant },
): Promise<LegAnswer> {
  const reached = access.get('nyfed');
  if (reached === undefined) return gather([]);
  const request = nyFedRequest({ from, to: newYorkDate(now) ?? from }, reached);
  return gather([await ask(line, reached, { request, calendar })]);
}

/** Values up to the first day on which two publishers differ. */
function compare(
  values: readonly AcceptedValue[],
  others: readonly AcceptedValue[],
): { readonly agreed: readonly AcceptedValue[]; readonly disputed: string | null } {
  const second = new Map(others.map(({ field, session, value }) => [`${field} ${session}`, value]));
  const differing = values.filter(({ field, session, value }) => {
    const other = second.get(`${field} ${session}`);
    return other !== undefined && Math.abs(other - value) > SAME;
  });
  const [disputed = null] = differing.map(({ session }) => session).toSorted((a, b) => (a < b ? -1 : 1));
  return { agreed: values.filter(({ session }) => disputed === null || session < disputed), disputed };
}
