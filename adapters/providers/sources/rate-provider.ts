import type { Calendar, Instant } from '../../../shared/calendar/calendar.ts';
import type { ObservationSource, SourceAnswer, SourceTerms } from '../../../shared/ports/source.ts';
import type { Access } from '../access.ts';
import type { ProviderAnswer } from '../answer.ts';
import { ask, type Line } from '../ask.ts';
import { fredRequest } from '../fred/request.ts';
import { fredgraphRequest } from '../fredgraph/request.ts';
import { newYorkDate } from '../new-york-date.ts';
import { nyFedRequest } from '../nyfed/request.ts';
import { TARGET_SERIES } from '../policy-rate.ts';
import { answerOf } from './batch.ts';
import { fomcDecisions } from './fomc.ts';
import { gather } from './price-leg.ts';

/** What a source of the policy rate stands on. */
export interface RateGround {
  readonly line: Line;
  readonly access: Access;
  readonly calendar: Calendar;
}

/** Dates the rate is asked for, both inclusive. */
interface Stretch {
  readonly from: string;
  readonly to: string;
}

const DAY_MS = 86_400_000;
const LOOK_BACK_DAYS = 40;
const SERIES = [...TARGET_SERIES.keys()];

/** The range of the policy rate and what each meeting decided, from one publisher, where rules read any of it. */
export function rateProvider(ground: RateGround, terms: SourceTerms): ObservationSource {
  const { provider } = ground.access;
  return {
    name: provider,
    terms,
    async fetch({ needs, levels = [], now }): Promise<SourceAnswer> {
      if (!levels.some((id) => /^(?:FED|FOMC)\./.test(id))) return { batches: [], findings: [] };
      const answer = gather(await askRates(ground, stretchOf(needs[0]?.session, now)));
      const accepted = [...answer.accepted, ...fomcDecisions(answer.accepted)];
      return answerOf(provider, { ...answer, accepted });
    },
    async stored() {},
  };
}

function stretchOf(oldest: string | undefined, now: Instant): Stretch {
  const recent = newYorkDate(now - LOOK_BACK_DAYS * DAY_MS) ?? '';
  return { from: oldest !== undefined && oldest < recent ? oldest : recent, to: newYorkDate(now) ?? recent };
}

async function askRates(
  { line, access, calendar }: RateGround,
  { from, to }: Stretch,
): Promise<ProviderAnswer[]> {
  if (access.provider === 'fredgraph') {
    const request = fredgraphRequest({ series: SERIES, from }, access);
    return [await ask(line, access, { request, symbols: SERIES, calendar })];
  }
  if (access.provider === 'nyfed') {
    return [await ask(line, access, { request: nyFedRequest({ from, to }, access), calendar })];
  }
  const answers: ProviderAnswer[] = [];
  for (const series of SERIES) {
    const request = fredRequest({ series, from }, access);
    const answer = await ask(line, access, { request, symbols: [series], calendar });
    answers.push(answer);
    if (answer.kind !== 'ok') break;
  }
  return answers;
}
