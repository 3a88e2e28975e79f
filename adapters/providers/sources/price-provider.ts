import type { Calendar, Session } from '../../../shared/calendar/calendar.ts';
import type {
  ObservationSource,
  SessionNeed,
  SourceAnswer,
  SourceTerms,
} from '../../../shared/ports/source.ts';
import { answerOf } from './batch.ts';
import type { PriceLeg } from './price-leg.ts';

const NOTHING: SourceAnswer = { batches: [], findings: [] };

/** A provider of closes as a source: what is lacking first, then as much of what is there already as its quota bears. */
export function priceProvider(leg: PriceLeg, terms: SourceTerms, calendar: Calendar): ObservationSource {
  return {
    name: leg.provider,
    terms,
    async fetch({ needs, again = [], last, now }): Promise<SourceAnswer> {
      const all = [...needs, ...again].filter(({ session }) => session <= last);
      // A list that is cut short loses what is there already, not what is lacking.
      const named = [...new Set(all.flatMap(symbolsIn))];
      const symbols = named.filter((symbol) => leg.only?.has(symbol) ?? true).slice(0, leg.most);
      const sessions = [...new Set(all.map(({ session }) => session))].toSorted((a, b) => (a < b ? -1 : 1));
      const [first] = sessions;
      if (first === undefined || symbols.length === 0) return NOTHING;
      const answer = await leg.ask({ symbols, sessions: withAnchor(first, sessions, calendar), now });
      const wanted = new Set(sessions);
      const accepted = answer.accepted.filter(({ session }) => wanted.has(session));
      return answerOf(leg.provider, { ...answer, accepted });
    },
    async stored() {},
  };
}

function symbolsIn({ series }: SessionNeed): readonly string[] {
  return series.filter((id) => id.endsWith('.close')).map((id) => id.slice(0, -'.close'.length));
}

/** Sessions with the one before them, from which a split onto the first shows. */
function withAnchor(first: Session, sessions: readonly Session[], calendar: Calendar): readonly Session[] {
  const anchor = calendar.previous(first);
  return anchor === undefined ? sessions : [anchor, ...sessions];
}
