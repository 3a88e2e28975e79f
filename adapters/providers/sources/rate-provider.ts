import type { Calendar, Instant } from '../../../shared/calendar/calendar.ts';
import type { ObservationSource, SourceAnswer, SourceTerms } from '../../../shared/ports/source.ts';
import { changeJson, readJson } from '../../../shared/service/json-record.ts';
import type { Access } from '../access.ts';
import type { ProviderAnswer } from '../answer.ts';
import { ask, type Line } from '../ask.ts';
import { fredRequest } from '../fred/request.ts';
import { fredgraphRequest } from '../fredgraph/request.ts';
import { newYorkDate } from '../new-york-date.ts';
import { nyFedRequest } from '../nyfed/request.ts';
import { refuseCrossed, TARGET_SERIES } from '../policy-rate.ts';
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

/** Who brings all of history along, once: needs no key, and one of them is enough. */
const HISTORIAN = 'fredgraph';
/** The first day on which the target was a range. */
const FIRST = '2008-12-16';
const DAY_MS = 86_400_000;
const LOOK_BACK_DAYS = 40;
const SERIES = [...TARGET_SERIES.keys()];

/**
 * The range of the policy rate and what each meeting decided in the last weeks, from one publisher, where rules read any
 * of it; the table for everybody brings all of history along once.
 */
export function rateProvider(ground: RateGround, terms: SourceTerms): ObservationSource {
  const { access, line } = ground;
  const { provider } = access;
  const name = `rates/${provider}`;
  let complete = false;
  return {
    name: provider,
    terms,
    async fetch({ levels = [], now }): Promise<SourceAnswer> {
      complete = false;
      if (!levels.some((id) => /^(?:FED|FOMC)\./.test(id))) return { batches: [], findings: [] };
      const told = provider !== HISTORIAN || (await readJson<Stretch>(line.records, name)) !== null;
      // FRED tells each bound by itself: only here do they stand side by side.
      const answer = refuseCrossed(gather(await askRates(ground, stretchAt(now, told))));
      complete = !told && answer.troubles.length === 0;
      const accepted = [...answer.accepted, ...fomcDecisions(answer.accepted)];
      return answerOf(provider, { ...answer, accepted });
    },
    async stored() {
      if (!complete) return;
      const stretch: Stretch = { from: FIRST, to: newYorkDate(line.clock()) ?? FIRST };
      await changeJson<Stretch>(line.records, name, () => stretch);
    },
  };
}

function stretchAt(now: Instant, told: boolean): Stretch {
  const to = newYorkDate(now) ?? FIRST;
  return { from: told ? (newYorkDate(now - LOOK_BACK_DAYS * DAY_MS) ?? FIRST) : FIRST, to };
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
