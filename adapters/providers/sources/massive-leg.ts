import type { AcceptedValue, ProviderAnswer, RefusedValue } from '../answer.ts';
import { ask } from '../ask.ts';
import { massiveRequest } from '../massive/request.ts';
import { looksLikeSplit } from '../splits.ts';
import { gather, isLasting, type LegAnswer, type LegGround, type PriceLeg } from './price-leg.ts';

/** A request for each session, and five a minute: a run takes what it can, the next one goes on. */
const MOST_SESSIONS = 12;
const MOST_SYMBOLS = 2000;

/** Closes of the whole market a session at a time, after midnight; splits show only as jumps, which are held. */
export function massiveLeg({ line, access, calendar }: LegGround): PriceLeg {
  return {
    provider: 'massive',
    most: MOST_SYMBOLS,
    async ask({ symbols, sessions }) {
      const answers: ProviderAnswer[] = [];
      for (const session of sessions.slice(0, MOST_SESSIONS)) {
        const request = massiveRequest(session, access);
        const answer = await ask(line, access, { request, symbols, session, calendar });
        answers.push(answer.basis === undefined ? answer : otherBasis(answer));
        if (isLasting(answer)) break;
      }
      return holdJumps(gather(answers));
    },
  };
}

/** Closes on a later basis are no closes as traded, though they were not asked for that way. */
function otherBasis(answer: ProviderAnswer): ProviderAnswer {
  return {
    ...answer,
    kind: 'schema',
    detail: 'closes came on a later split basis',
    accepted: [],
    refused: [],
  };
}

/** Holds closes from the first jump on that a split would leave. */
function holdJumps(gathered: LegAnswer): LegAnswer {
  const before = new Map<string, number>();
  const held = new Set<string>();
  const accepted: AcceptedValue[] = [];
  const refused: RefusedValue[] = [];
  for (const value of gathered.accepted) {
    const last = before.get(value.instrument);
    if (last !== undefined && looksLikeSplit(last, value.value)) held.add(value.instrument);
    if (held.has(value.instrument)) {
      const { instrument, field, session } = value;
      const detail = 'the close jumps as a split would leave it, and no split is known';
      refused.push({ reason: 'suspected_split', detail, instrument, field, session });
    } else {
      before.set(value.instrument, value.value);
      accepted.push(value);
    }
  }
  return { ...gathered, accepted, refused: [...gathered.refused, ...refused] };
}
