import type { Session } from '../../../shared/calendar/calendar.ts';
import type { ProviderAnswer, ProviderRequest } from '../answer.ts';
import { ask } from '../ask.ts';
import { tiingoRequest } from '../tiingo/request.ts';
import { yahooRequest } from '../yahoo/request.ts';
import { gather, isLasting, type LegGround, type PriceLeg, type PriceWant } from './price-leg.ts';

/** The hour allows fifty requests, and other runs want some of them. */
const MOST_TIINGO = 40;
/** A dozen symbols pass for a reader; hundreds draw a wall. */
const MOST_YAHOO = 15;

/** Closes of a few symbols, each asked for by itself, with splits in the row. */
export function tiingoLeg(ground: LegGround, only: ReadonlySet<string>): PriceLeg {
  return singleLeg({ provider: 'tiingo', most: MOST_TIINGO, only }, ground, (symbol, from, to) =>
    tiingoRequest({ symbol, from, to }, ground.access),
  );
}

/** Closes of a few symbols from charts, for those who accept that Yahoo publishes no terms for it. */
export function yahooLeg(ground: LegGround, only: ReadonlySet<string>): PriceLeg {
  return singleLeg({ provider: 'yahoo', most: MOST_YAHOO, only }, ground, (symbol, from, _to, now) =>
    yahooRequest({ symbol, from, now }, ground.access),
  );
}

type RequestFor = (symbol: string, from: Session, to: Session, now: number) => ProviderRequest;

function singleLeg(
  bounds: Omit<PriceLeg, 'ask'>,
  { line, access, calendar }: LegGround,
  requestFor: RequestFor,
): PriceLeg {
  return {
    ...bounds,
    async ask({ symbols, sessions, now }: PriceWant) {
      const answers: ProviderAnswer[] = [];
      const [from, to] = [sessions[0], sessions.at(-1)];
      if (from === undefined || to === undefined) return gather(answers);
      for (const symbol of symbols.slice(0, bounds.most)) {
        const request = requestFor(symbol, from, to, now);
        const answer = await ask(line, access, {
          request,
          symbols: [symbol],
          session: to,
          calendar,
          suspicions: 'pass',
        });
        answers.push(answer);
        if (isLasting(answer)) break;
      }
      return gather(answers);
    },
  };
}
