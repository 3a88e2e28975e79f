import type { ProviderAnswer } from '../answer.ts';
import { ask } from '../ask.ts';
import { massiveRequest } from '../massive/request.ts';
import { gather, isLasting, type LegGround, type PriceLeg } from './price-leg.ts';

/** A request for each session, and five a minute: a run takes what it can, the next one goes on. */
const MOST_SESSIONS = 12;
const MOST_SYMBOLS = 2000;

/** Closes of the whole market a session at a time, after midnight; splits show only as jumps. */
export function massiveLeg({ line, access, calendar }: LegGround): PriceLeg {
  return {
    provider: 'massive',
    most: MOST_SYMBOLS,
    only: null,
    async ask({ symbols, sessions }) {
      const answers: ProviderAnswer[] = [];
      // The session before is for those who tell splits; here it would cost a request.
      for (const session of sessions.slice(1, MOST_SESSIONS + 1)) {
        const request = massiveRequest(session, access);
        const answer = await ask(line, access, { request, symbols, session, calendar });
        answers.push(answer.basis === undefined ? answer : otherBasis(answer));
        if (isLasting(answer)) break;
      }
      return gather(answers);
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
